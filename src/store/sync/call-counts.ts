import type { WindowLimit } from '../../core/rate-windows.ts'
import { type CallCounts, type CallPurpose, type CallTaken, takeCall } from '../../core/sync/call-budget.ts'
import type { Database, Tx } from '../database.ts'

export interface CountedCall {
  readonly companyId: number
  readonly id: number
  /** Who must hold the connection; null: a call that a request makes, beside whatever run there is, unless it rests. */
  readonly owner: string | null
  readonly purpose: CallPurpose
  readonly limits: readonly WindowLimit[]
  readonly nowMs: number
}

/** The account is left alone: by the upstream's own wish (`limited`), or as it failed (`broken`). */
export interface AccountRests {
  readonly taken: false
  readonly rests: 'limited' | 'broken'
  readonly untilMs: number
}

/**
 * Counts a call before it is made, so that a call which nobody lived to tell of is counted too. Exact between processes
 * by the row's lock. null: the connection is paused, gone, or held by somebody else, and the call must not be made.
 */
export function countUpstreamCall(db: Database, call: CountedCall): Promise<CallTaken | AccountRests | null> {
  return db.transaction(async (tx) => {
    const account = await lockCounts(tx, call)
    if (account === null) return null
    // A run began when the account did not rest.
    const rest = call.owner === null ? restOf(account, call.nowMs) : null
    if (rest !== null) return rest
    const taken = takeCall(account.windows, call.limits, call)
    if (taken.taken) await saveCounts(tx, call, taken.counts)
    return taken
  })
}

interface LockedAccount {
  readonly windows: CallCounts
  readonly limitedUntil: string | null
  readonly brokenUntil: string | null
}

async function lockCounts(tx: Tx, { companyId, id, owner }: CountedCall): Promise<LockedAccount | null> {
  const [row] = await tx.query<LockedAccount>({
    name: 'lock-call-counts',
    text: `SELECT windows, limited_until AS "limitedUntil", broken_until AS "brokenUntil" FROM connection
      WHERE company_id = $1 AND id = $2 AND enabled AND ($3::uuid IS NULL OR owner = $3) FOR NO KEY UPDATE`,
    values: [companyId, id, owner],
  })
  return row ?? null
}

function restOf({ limitedUntil, brokenUntil }: LockedAccount, nowMs: number): AccountRests | null {
  const limitedMs = limitedUntil === null ? 0 : Date.parse(limitedUntil)
  const brokenMs = brokenUntil === null ? 0 : Date.parse(brokenUntil)
  const untilMs = Math.max(limitedMs, brokenMs)
  return untilMs <= nowMs ? null : { taken: false, rests: limitedMs >= brokenMs ? 'limited' : 'broken', untilMs }
}

async function saveCounts(tx: Tx, { companyId, id }: CountedCall, counts: CallCounts): Promise<void> {
  await tx.query({
    name: 'save-call-counts',
    text: 'UPDATE connection SET windows = $3 WHERE company_id = $1 AND id = $2',
    values: [companyId, id, JSON.stringify(counts)],
  })
}
