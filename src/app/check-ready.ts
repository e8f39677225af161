import { beat } from '../store/heartbeat.ts'
import type { App } from './app.ts'

const FRESH_MS = 100

/**
 * Proves that a write would work by writing. Resolves to null, or to the reason in one sentence. The answer is shared
 * for a tenth of a second, so that eager probes cost nothing. Before `isStarted` nothing is written and the answer is no.
 */
export function makeReadyCheck(app: App, isStarted: () => boolean): () => Promise<string | null> {
  let last: { at: number; answer: Promise<string | null> } | null = null
  // A slow store must not be asked by one connection more with every probe.
  let running: Promise<string | null> | null = null
  return async () => {
    if (!isStarted()) return 'The server is still starting.'
    const now = app.clock().getTime()
    if (running === null && (last === null || now - last.at > FRESH_MS || now < last.at)) {
      running = check(app).finally(() => {
        running = null
      })
      last = { at: now, answer: running }
    }
    return last?.answer ?? null
  }
}

async function check(app: App): Promise<string | null> {
  try {
    await beat(app.db, app.clock().toISOString())
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
