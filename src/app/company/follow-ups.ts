import { DEFAULT_FOLLOW_UPS, type FollowUpTimes, followUpTimes } from '../../core/lead/follow-ups.ts'
import { findFollowUps } from '../../store/company-settings.ts'
import type { Database } from '../../store/database.ts'

/** The follow-up times of companies, as the decisions about their leads want them. */
export interface FollowUps {
  /** At the price of one look-up in memory, but for the first time in a few seconds. */
  of(companyId: number): FollowUpTimes | Promise<FollowUpTimes>
  /** Makes the next question ask the store. */
  forget(companyId: number): void
}

/** A change in another process acts here within this time. */
const FRESH_MS = 5_000
const CAPACITY = 10_000

export function makeFollowUps(db: Database, clock: () => Date): FollowUps {
  const known = new Map<number, { readonly times: FollowUpTimes; readonly readAtMs: number }>()

  async function read(companyId: number, readAtMs: number): Promise<FollowUpTimes> {
    const row = await findFollowUps(db, companyId)
    const times = row === null ? DEFAULT_FOLLOW_UPS : followUpTimes(row.offerAnswerHours, row.followUpHours)
    if (known.size >= CAPACITY) known.clear()
    known.set(companyId, { times, readAtMs })
    return times
  }

  return {
    of(companyId) {
      const nowMs = clock().getTime()
      const entry = known.get(companyId)
      const isFresh = entry !== undefined && Math.abs(nowMs - entry.readAtMs) < FRESH_MS
      return isFresh ? entry.times : read(companyId, nowMs)
    },
    forget: (companyId) => void known.delete(companyId),
  }
}
