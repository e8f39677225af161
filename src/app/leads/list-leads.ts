import { refuse } from '../../core/errors.ts'
import type { Lead, OfferAction } from '../../core/lead/lead.ts'
import type { LeadStatus } from '../../core/lead/status-rules.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { readInstant } from '../../lib/instant.ts'
import { type LeadFilter, listChangedLeads, listNewestLeads } from '../../store/lead-lists.ts'
import type { App, Principal } from '../app.ts'

export interface LeadListInput {
  readonly statuses: readonly LeadStatus[] | null
  readonly action: OfferAction | null
  /** ISO instant in UTC; null lists by age instead of by change. */
  readonly modifiedSince: string | null
  readonly cursor: string | null
  /** Leads on a page. */
  readonly limit: number
}

export interface LeadPage {
  readonly leads: readonly Lead[]
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null
}

/**
 * One page of the company's leads: newest first, or, with `modifiedSince`, in the order of their last change from that
 * instant on. A cursor counts only together with the filters that it came with.
 */
export async function listLeads(app: App, caller: Principal, input: LeadListInput): Promise<LeadPage> {
  const { statuses, action, modifiedSince, cursor, limit } = input
  const filters = { statuses: statuses === null ? null : [...statuses].sort(), action, modifiedSince }
  const filter: LeadFilter = { companyId: caller.companyId, statuses, action }
  // One more than the page shows whether another page follows, without counting.
  const wanted = limit + 1
  if (modifiedSince === null) {
    const beforeId = cursor === null ? Number.MAX_SAFE_INTEGER : idPlace(filters, cursor)
    const leads = await listNewestLeads(app.db, filter, { beforeId, limit: wanted })
    return page(leads, limit, (last) => encodeCursor(filters, [last.id]))
  }
  const place = cursor === null ? { modifiedAt: modifiedSince, id: 0 } : changePlace(filters, cursor)
  const leads = await listChangedLeads(app.db, filter, { ...place, limit: wanted })
  return page(leads, limit, (last) => encodeCursor(filters, [last.modifiedAt, last.id]))
}

function page(found: readonly Lead[], limit: number, cursorAfter: (last: Lead) => string): LeadPage {
  const leads = found.slice(0, limit)
  const last = leads.at(-1)
  return { leads, nextCursor: found.length > limit && last !== undefined ? cursorAfter(last) : null }
}

function idPlace(filters: unknown, cursor: string): number {
  const [id, ...rest] = decodeCursor(filters, cursor) ?? []
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || rest.length > 0) refuseCursor()
  return id
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

function changePlace(filters: unknown, cursor: string): { modifiedAt: string; id: number } {
  const [modifiedAt, id, ...rest] = decodeCursor(filters, cursor) ?? []
  const isInstant = typeof modifiedAt === 'string' && INSTANT.test(modifiedAt) && readInstant(modifiedAt) === modifiedAt
  if (!isInstant || typeof id !== 'number' || !Number.isSafeInteger(id) || rest.length > 0) refuseCursor()
  return { modifiedAt, id }
}

function refuseCursor(): never {
  refuse('request.parameter-invalid', 'cursor is not one that this list gave with the same filters.')
}
