import type { App } from '../app/app.ts'
import { findNextLook, hintDueLeads, lockFollowUpClock } from '../store/pipeline/follow-up-clock.ts'
import { startLoop } from './loop.ts'

/** Another process, or the relay, may have set the clock meanwhile: it is asked at least so often. */
const ASK_EVERY_MS = 2_000
/** A look takes no more than this share of the time, however many leads are due on a day; a larger one while it is behind. */
const REST_PER_LOOK = 20
const REST_PER_LOOK_BEHIND = 1
const REST_MIN_MS = 250

/**
 * Finds the leads whose due time comes, so that the relay tells of them. Every server runs one; at each time one of them
 * looks, and which of them it is makes no difference, as the place up to which was looked is in the store.
 */
export function startFollowUpClock(
  app: App,
  log: (message: string, fields: Record<string, unknown>) => void,
): { stop(): Promise<void> } {
  return startLoop({
    everyMs: ASK_EVERY_MS,
    onError: (error) => log('due follow-ups are not found at the moment', { error: String(error) }),
    async run() {
      const waitMs = await findNextLook(app.db)
      if (waitMs > 0) return Math.min(ASK_EVERY_MS, waitMs)
      const since = performance.now()
      const isBehind = await lookForDueLeads(app)
      const tookMs = performance.now() - since
      return isBehind ? tookMs * REST_PER_LOOK_BEHIND : Math.max(REST_MIN_MS, tookMs * REST_PER_LOOK)
    },
  })
}

/** One look, unless another process is at it; true when there is more to look through at once. */
async function lookForDueLeads(app: App): Promise<boolean> {
  return app.db.transaction(async (tx) => (await lockFollowUpClock(tx)) && (await hintDueLeads(tx)).isBehind)
}
