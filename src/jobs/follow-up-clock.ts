import type { App } from '../app/app.ts'
import { findNextLook, hintDueLeads, lockFollowUpClock } from '../store/pipeline/follow-up-clock.ts'
import { startLoop } from './loop.ts'

/** Another process, or the relay, may have set the clock meanwhile: it is asked at least so often. */
const ASK_EVERY_MS = 2_000
/** A look takes no more than this share of the time, however many leads are due on a day. */
const REST_PER_LOOK = 20
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
      await lookForDueLeads(app)
      return Math.max(REST_MIN_MS, (performance.now() - since) * REST_PER_LOOK)
    },
  })
}

/** One look, unless another process is at it; resolves to the number of leads that were found. */
export async function lookForDueLeads(app: App): Promise<number> {
  return app.db.transaction(async (tx) => ((await lockFollowUpClock(tx)) ? hintDueLeads(tx) : 0))
}
