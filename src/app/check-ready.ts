import { beat } from '../store/heartbeat.ts'
import type { App } from './app.ts'

const FRESH_MS = 500

/**
 * Proves that a write would work by writing. Resolves to null, or to the reason in one sentence. The answer is shared
 * for half a second, so that eager probes cost nothing.
 */
export function makeReadyCheck(app: App): () => Promise<string | null> {
  let last: { at: number; answer: Promise<string | null> } | null = null
  return () => {
    const now = app.clock().getTime()
    if (last === null || now - last.at > FRESH_MS || now < last.at) last = { at: now, answer: check(app) }
    return last.answer
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
