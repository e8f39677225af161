import type { FastifyRequest } from 'fastify'
import type { LeadListInput } from '../../app/leads/list-leads.ts'
import { OFFER_ACTIONS, type OfferAction } from '../../core/lead/lead.ts'
import { FIRST_STATUS, type LeadStatus, REPORT_STATUSES } from '../../core/lead/status-rules.ts'
import { readInstant } from '../../lib/instant.ts'
import { readLimit, readQuery, refuseParameter } from '../kit/query.ts'

export const LIMIT_MAX = 200
export const LIMIT_DEFAULT = 50
/** The statuses that a lead can have: those of the request and the first one, which only answers show. */
export const LEAD_STATUSES: readonly LeadStatus[] = [FIRST_STATUS, ...REPORT_STATUSES]

/** How much of each lead the list shows. */
export const LIST_VIEWS = ['lite', 'full'] as const
export type ListView = (typeof LIST_VIEWS)[number]

/** The query of the list (our choice throughout). */
export function readListQuery(request: FastifyRequest): LeadListInput & { readonly view: ListView } {
  const query = readQuery(request, ['cursor', 'limit', 'status', 'action', 'modifiedSince', 'view'])
  return {
    view: query.view === undefined ? 'lite' : readView(query.view),
    cursor: query.cursor ?? null,
    limit: readLimit(query.limit, { fallback: LIMIT_DEFAULT, max: LIMIT_MAX }),
    statuses: query.status === undefined ? null : readStatuses(query.status),
    action: query.action === undefined ? null : readAction(query.action),
    modifiedSince: query.modifiedSince === undefined ? null : readModifiedSince(query.modifiedSince),
  }
}

/** Documented: `skipDuplicates`, a boolean that defaults to true. */
export function readSkipDuplicates(request: FastifyRequest): boolean {
  const { skipDuplicates = 'true' } = readQuery(request, ['skipDuplicates'])
  if (skipDuplicates !== 'true' && skipDuplicates !== 'false') refuseParameter('skipDuplicates must be true or false.')
  return skipDuplicates === 'true'
}

function readStatuses(text: string): LeadStatus[] {
  const wanted = new Set<LeadStatus>()
  for (const part of text.split(',')) {
    const status = LEAD_STATUSES.find((candidate) => candidate === part)
    if (status === undefined)
      refuseParameter(`status must be one or more of ${LEAD_STATUSES.join(', ')}, parted by commas.`)
    wanted.add(status)
  }
  return [...wanted]
}

function readAction(text: string): OfferAction {
  return (
    OFFER_ACTIONS.find((action) => action === text) ??
    refuseParameter(`action must be one of ${OFFER_ACTIONS.join(', ')}.`)
  )
}

function readView(text: string): ListView {
  return LIST_VIEWS.find((view) => view === text) ?? refuseParameter(`view must be one of ${LIST_VIEWS.join(', ')}.`)
}

function readModifiedSince(text: string): string {
  return (
    readInstant(text) ??
    refuseParameter('modifiedSince must be a date (2026-03-01) or a date-time with its zone (2026-03-01T12:00:00Z).')
  )
}
