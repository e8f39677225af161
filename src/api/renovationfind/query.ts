import type { FastifyRequest } from 'fastify'
import type { LeadListInput } from '../../app/leads/list-leads.ts'
import { refuse } from '../../core/errors.ts'
import { OFFER_ACTIONS, type OfferAction } from '../../core/lead/lead.ts'
import { FIRST_STATUS, type LeadStatus, REPORT_STATUSES } from '../../core/lead/status-rules.ts'
import { readInstant } from '../../lib/instant.ts'

export const LIMIT_MAX = 200
export const LIMIT_DEFAULT = 50
/** The statuses that a lead can have: those of the request and the first one, which only answers show. */
export const LEAD_STATUSES: readonly LeadStatus[] = [FIRST_STATUS, ...REPORT_STATUSES]

/**
 * The query's parameters by name. One that the operation does not have, or that is given twice, is refused by name: a
 * misspelt filter must not show everything.
 */
function readQuery<Name extends string>(
  request: FastifyRequest,
  known: readonly Name[],
): Partial<Record<Name, string>> {
  const read: Partial<Record<Name, string>> = {}
  for (const [name, value] of Object.entries(request.query as Record<string, unknown>)) {
    const match = known.find((candidate) => candidate === name)
    if (match === undefined) invalid(`There is no parameter ${shown(name)}; the parameters are ${known.join(', ')}.`)
    if (typeof value !== 'string') invalid(`${match} is given more than once.`)
    read[match] = value
  }
  return read
}

/** The query of the list (our choice throughout). */
export function readListQuery(request: FastifyRequest): LeadListInput {
  const query = readQuery(request, ['cursor', 'limit', 'status', 'action', 'modifiedSince'])
  return {
    cursor: query.cursor ?? null,
    limit: query.limit === undefined ? LIMIT_DEFAULT : readLimit(query.limit),
    statuses: query.status === undefined ? null : readStatuses(query.status),
    action: query.action === undefined ? null : readAction(query.action),
    modifiedSince: query.modifiedSince === undefined ? null : readModifiedSince(query.modifiedSince),
  }
}

/** Documented: `skipDuplicates`, a boolean that defaults to true. */
export function readSkipDuplicates(request: FastifyRequest): boolean {
  const { skipDuplicates = 'true' } = readQuery(request, ['skipDuplicates'])
  if (skipDuplicates !== 'true' && skipDuplicates !== 'false') invalid('skipDuplicates must be true or false.')
  return skipDuplicates === 'true'
}

function readLimit(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return limit >= 1 && limit <= LIMIT_MAX ? limit : invalid(`limit must be a whole number from 1 to ${LIMIT_MAX}.`)
}

function readStatuses(text: string): LeadStatus[] {
  const wanted = new Set<LeadStatus>()
  for (const part of text.split(',')) {
    const status = LEAD_STATUSES.find((candidate) => candidate === part)
    if (status === undefined) invalid(`status must be one or more of ${LEAD_STATUSES.join(', ')}, parted by commas.`)
    wanted.add(status)
  }
  return [...wanted]
}

function readAction(text: string): OfferAction {
  return (
    OFFER_ACTIONS.find((action) => action === text) ?? invalid(`action must be one of ${OFFER_ACTIONS.join(', ')}.`)
  )
}

function readModifiedSince(text: string): string {
  return (
    readInstant(text) ??
    invalid('modifiedSince must be a date (2026-03-01) or a date-time with its zone (2026-03-01T12:00:00Z).')
  )
}

/** A name of the client's own making, safe to repeat in an error text. */
function shown(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name).replace(/[{}]/g, '')
}

function invalid(text: string): never {
  refuse('request.parameter-invalid', text)
}
