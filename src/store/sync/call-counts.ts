import type { WindowLimit } from '../../core/rate-windows.ts'
import { type CallCounts, type CallPurpose, type CallTaken, takeCall } from '../../core/sync/call-budget.ts'
import type { Database, Tx } from '../database.ts'

export interface CountedCall {
  readonly companyId: number
  readonly id: number
  /** Who must hold the connection; null: a call that a request makes, beside whatever run there is. */
  readonly owner: string | null
  readonly purpose: CallPurpose
  readonly limits: readonly WindowLimit[]
  readonly nowMs: number
}

/**
 * Counts a call before it is made, so that a call which nobody lived to tell of is counted too. Exact between processes
 * by the row's lock. null: the connection is paused, gone, or held by somebody else, and the call must not be made.
 */
export function countUpstreamCall(db: Database, call: CountedCall): Promise<CallTaken | null> {
  return db.transaction(async (tx) => {
    const counts = await lockCounts(tx, call)
    if (counts === null) return null
    const taken = takeCall(counts, call.limits, call)
    if (taken.taken) await saveCounts(tx, call, taken.counts)
    return taken
  })
}

async function lockCounts(tx: Tx, { companyId, id, owner }: CountedCall): Promise<CallCounts | null> {
  const [row] = await tx.query<{ windows: CallCounts }>({
    name: 'lock-call-counts',
    text: `SELECT windows FROM connection
      WHERE company_id = $1 AND id = $2 AND enabled AND ($3::uuid IS NULL OR owner = $3) FOR NO KEY UPDATE`,
    values: [companyId, id, owner],
  })
  return row?.windows ?? null
}

async function saveCounts(tx: Tx, { companyId, id }: CountedCall, counts: CallCounts): Promise<void> {
  await tx.query({
    name: 'save-call-counts',
    text: 'UPDATE connection SET windows = $3 WHERE company_id = $1 AND id = $2',
    values: [companyId, id, JSON.stringify(counts)],
  })
}
