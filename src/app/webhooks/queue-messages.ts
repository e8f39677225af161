import { refuse } from '../../core/errors.ts'
import type { EndpointKey, EndpointRow } from '../../store/webhooks/endpoints.ts'
import { queueMessages as insert, leaveOutQueued, lockQueue, type Message } from '../../store/webhooks/replays.ts'
import type { App } from '../app.ts'

/** The relay waits while a piece is written, so it is a short one. */
const MESSAGES_AT_ONCE = 1000

/**
 * Puts messages at the end of an endpoint's queue, but for those that are in it; resolves to how many that were. What is
 * cut short by a fault may be asked for again: a message that is sent twice has the same id.
 */
export async function queueMessages(app: App, key: EndpointKey, messages: readonly Message[]): Promise<number> {
  let queued = 0
  for (let from = 0; from < messages.length; from += MESSAGES_AT_ONCE) {
    const piece = await leaveOutQueued(app.db, key, messages.slice(from, from + MESSAGES_AT_ONCE))
    if (piece.length === 0) continue
    await app.db.transaction(async (tx) => {
      // Nothing else is locked meanwhile: a sender must not wait for the relay.
      await lockQueue(tx)
      await insert(tx, key, piece)
    })
    queued += piece.length
  }
  return queued
}

/** Refuses an endpoint that is switched off: nothing is sent to it, so nothing more is queued. */
export function refuseDisabled({ disabledAt }: EndpointRow): void {
  if (disabledAt === null) return
  refuse('webhook.disabled', 'The endpoint is switched off; switch it on first.')
}
