import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from './app.ts'

const FRESH_MS = 100
/** A probe that takes longer says no: who waits for a server wants to know, and one stuck write must not hold all. */
const DEADLINE_MS = 3000

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
  const deadline = new AbortController()
  const late = sleep(DEADLINE_MS, 'The store does not answer in time.', { signal: deadline.signal, ref: false })
  try {
    return await Promise.race([app.writer.probe().then(() => null), late])
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    late.catch(() => undefined)
    deadline.abort()
  }
}
