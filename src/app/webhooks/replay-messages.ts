import { refuse } from '../../core/errors.ts'
import { checkReplay, type Replay } from '../../core/webhooks/replay.ts'
import { instantFromText } from '../../store/database.ts'
import type { EndpointKey, EndpointRow } from '../../store/webhooks/endpoints.ts'
import { type Message, readAttempted, readReminders, readTimeline } from '../../store/webhooks/replays.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import { queueMessages, refuseDisabled } from './queue-messages.ts'
import { requireEndpoint } from './require-endpoint.ts'

/** Messages of one replay at most. */
const MESSAGES_MAX = 100_000
/** Changes that are looked at at most, those that the endpoint does not want included. */
const CHANGES_MAX = 1_000_000
const CHANGES_AT_ONCE = 10_000

type Period = Extract<Replay, { kind: 'period' }>

/**
 * Sends again what was sent before, or everything that happened in a stretch of time: sent before or not, as far as the
 * endpoint's filter lets it through. Resolves to how many messages were queued; those that wait already are not queued
 * twice.
 */
export async function replayMessages(
  app: App,
  key: EndpointKey,
  input: Readonly<Record<string, unknown>>,
): Promise<number> {
  const replay = orRefuse(checkReplay(input, app.clock().toISOString()))
  const endpoint = await requireEndpoint(app.db, key)
  refuseDisabled(endpoint)
  const messages =
    replay.kind === 'attempts' ? await messagesOf(app, key, replay.ids) : await messagesIn(app, key, endpoint, replay)
  return queueMessages(app, key, messages)
}

async function messagesOf(app: App, key: EndpointKey, ids: readonly number[]): Promise<Message[]> {
  const messages = await readAttempted(app.db, key, ids)
  const known = new Set(messages.flatMap((message) => message.ids))
  const missing = ids.find((id) => !known.has(id))
  if (missing === undefined) return messages.map(({ leadId, revision, event, at }) => ({ leadId, revision, event, at }))
  const text = `{attemptIds} names ${missing}, which the endpoint's log does not hold.`
  return refuse('field.invalid', text, { field: 'attemptIds' })
}

async function messagesIn(app: App, key: EndpointKey, endpoint: EndpointRow, period: Period): Promise<Message[]> {
  // What this process has written is in the queue then, and is not told twice.
  await app.feed.settled(key.companyId)
  const events = endpoint.events.length === 0 ? null : endpoint.events
  const changes = await readChanges(app, key.companyId, period, events)
  const wantsReminders = events === null || events.includes('lead.requires_action')
  if (!wantsReminders) return changes
  const limit = MESSAGES_MAX + 1 - changes.length
  const reminders = await readReminders(app.db, key, { ...period, limit })
  if (reminders.length === limit) return refuseTooMany(period)
  if (reminders.length === 0) return changes
  const timed = [...changes, ...reminders].map((message) => ({ message, at: instantFromText(message.at) }))
  return timed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map(({ message }) => message)
}

async function readChanges(
  app: App,
  companyId: number,
  period: Period,
  events: readonly string[] | null,
): Promise<Message[]> {
  const messages: Message[] = []
  const { from, before } = period
  let after = { at: from, leadId: 0, revision: 0 }
  for (let seen = 0; seen < CHANGES_MAX; seen += CHANGES_AT_ONCE) {
    const piece = await readTimeline(app.db, companyId, { after, before, events, limit: CHANGES_AT_ONCE })
    for (const { wanted, ...message } of piece) if (wanted) messages.push(message)
    if (messages.length > MESSAGES_MAX) break
    const last = piece.at(-1)
    if (last === undefined || piece.length < CHANGES_AT_ONCE) return messages
    after = last
  }
  return refuseTooMany(period)
}

function refuseTooMany({ field }: Period): never {
  const text = `{${field}} begins a time of more than ${MESSAGES_MAX.toLocaleString('en')} messages; choose a shorter one.`
  refuse('field.invalid', text, { field })
}
