import type { WebhookAttempt, WebhookEndpoint, WebhookEvent } from '../../../api/types.ts'

export type Outcome = WebhookAttempt['outcome']
export type MessageType = WebhookAttempt['event']

/** What an event is, as an office says it. */
export const EVENT_WORDS: { readonly [E in MessageType]: string } = {
  'lead.created': 'Lead created',
  'lead.offered': 'Lead offered',
  'lead.accepted': 'Offer accepted',
  'lead.declined': 'Offer declined',
  'lead.status_changed': 'Status reported',
  'lead.updated': 'Lead changed',
  'lead.attachment_added': 'File attached',
  'lead.deleted': 'Lead deleted',
  'lead.restored': 'Lead restored',
  'lead.requires_action': 'Lead requires action',
  'webhook.test': 'Test message',
}

export const EVENTS = (Object.keys(EVENT_WORDS) as MessageType[]).filter(
  (event): event is WebhookEvent => event !== 'webhook.test',
)

export const OUTCOME_WORDS: { readonly [O in Outcome]: string } = {
  delivered: 'Delivered',
  failed: 'Failed',
  'given-up': 'Given up',
  gone: 'Gone',
}

export const OUTCOME_COLORS: { readonly [O in Outcome]: string } = {
  delivered: 'leaf',
  failed: 'amber',
  'given-up': 'brick',
  gone: 'brick',
}

/** How an endpoint stands, in a word, and its colour. */
export function standingOf({ enabled, disabledReason, failingSince }: WebhookEndpoint): {
  word: string
  color: string
} {
  if (!enabled) return { word: 'Off', color: disabledReason === 'office' ? 'gray' : 'brick' }
  return failingSince === null ? { word: 'On', color: 'leaf' } : { word: 'Failing', color: 'amber' }
}

/** "All events", "Lead created, Lead deleted", "Lead created and 4 more". */
export function filterWords(events: readonly WebhookEvent[]): string {
  if (events.length === 0) return 'All events'
  const words = events.map((event) => EVENT_WORDS[event])
  return words.length <= 3 ? words.join(', ') : `${words.slice(0, 2).join(', ')} and ${words.length - 2} more`
}

/** How a call ended, in a few words: the status, or why there was none. */
export function answerWords({ status, error }: Pick<WebhookAttempt, 'status' | 'error'>): string {
  if (status !== null) return `Answered ${status}`
  return error ?? 'No answer'
}

/** "340 ms", "2.1 s". */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}
