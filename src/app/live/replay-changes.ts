import { listRecentChanges } from '../../store/pipeline/recent-changes.ts'
import type { App, Principal } from '../app.ts'
import type { LiveChange } from '../feed.ts'

/** A change is told after its instant was taken, so one may be told late: what is told twice does no harm. */
const OVERLAP_MS = 5_000
const CHANGES_MAX = 1_000

/**
 * What a listener missed who heard everything up to an instant, and a little of what it heard. null when that is more
 * than is worth telling: it must then ask for everything again.
 */
export async function replayChanges(app: App, caller: Principal, heardAt: string): Promise<LiveChange[] | null> {
  await app.feed.settled(caller.companyId)
  const since = new Date(Date.parse(heardAt) - OVERLAP_MS).toISOString()
  const { changes, rows } = await listRecentChanges(app.db, caller.companyId, { since, limit: CHANGES_MAX + 1 })
  return rows > CHANGES_MAX ? null : [...changes]
}
