import type { App } from '../app/app.ts'
import { sendDigests } from '../app/digest/send-digests.ts'
import { startLoop } from './loop.ts'

const LOOK_EVERY_MS = 30_000

/** Sends the mails of the morning, as it comes in each company's time zone. Any number of processes may run it. */
export function startDailyDigest(
  app: App,
  { site, log }: { readonly site: string; readonly log: (message: string, fields: Record<string, unknown>) => void },
): { stop(): Promise<void> } {
  let isOver = false
  const loop = startLoop({
    everyMs: LOOK_EVERY_MS,
    onError: (error) => log('the mails of the morning wait', { error: String(error) }),
    run: async () => {
      await sendDigests(app, { site, log, isOver: () => isOver })
      return LOOK_EVERY_MS
    },
  })
  return {
    async stop() {
      isOver = true
      await loop.stop()
    },
  }
}
