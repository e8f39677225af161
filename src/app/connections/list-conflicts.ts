import { isCustomerVisible, leadName, NO_CUSTOMER } from '../../core/lead/visible.ts'
import { encodeCursor } from '../../lib/cursor.ts'
import { findLeads } from '../../store/leads.ts'
import { type ConflictRow, countOpenConflicts, listConflicts as select } from '../../store/sync/conflicts.ts'
import type { App } from '../app.ts'
import { readPlace } from './list-runs.ts'

/** Waiting conflicts are counted so far. */
const COUNT_MAX = 1000

export interface ConflictInList extends ConflictRow {
  readonly leadName: string
}

export interface ConflictPage {
  readonly conflicts: readonly ConflictInList[]
  readonly nextCursor: string | null
  /** All that wait for somebody, whatever the filter; 1,000 at most. */
  readonly openCount: number
}

export interface ConflictWish {
  readonly leadId: number | null
  readonly open: boolean
  readonly cursor: string | null
  readonly limit: number
}

/** The conflicts of a company's leads with its upstream accounts, newest first. */
export async function listConflicts(app: App, companyId: number, wish: ConflictWish): Promise<ConflictPage> {
  const { leadId, open, cursor, limit } = wish
  const beforeId = cursor === null ? Number.MAX_SAFE_INTEGER : readPlace({ conflictsOf: leadId, open }, cursor)
  const [found, openCount] = await Promise.all([
    select(app.db, { companyId, leadId, open }, { beforeId, limit: limit + 1 }),
    countOpenConflicts(app.db, companyId, COUNT_MAX),
  ])
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const isMore = found.length > limit && last !== undefined
  return {
    conflicts: await named(app, companyId, shown),
    nextCursor: isMore ? encodeCursor({ conflictsOf: leadId, open }, [last.id]) : null,
    openCount,
  }
}

/** Each with the name of its lead, and nothing of a customer who may not be seen. */
export async function named(app: App, companyId: number, rows: readonly ConflictRow[]): Promise<ConflictInList[]> {
  if (rows.length === 0) return []
  const ids = [...new Set(rows.map(({ leadId }) => leadId))]
  const found = await findLeads(
    app.db,
    ids.map((leadId) => ({ companyId, leadId })),
  )
  const leads = new Map(found.map((lead) => [lead.id, lead]))
  return rows.map((row) => {
    const lead = leads.get(row.leadId)
    const isHidden = (lead === undefined || !isCustomerVisible(lead)) && Object.hasOwn(NO_CUSTOMER, row.field)
    const values = isHidden ? { base: null, ours: null, theirs: null } : {}
    return { ...row, ...values, leadName: lead === undefined ? `Lead ${row.leadId}` : leadName(lead) }
  })
}
