import { TOLD_EVENTS, type ToldEvent } from '../lead/events.ts'

/** What an endpoint may be told of: everything that happens to a lead, and that the office owes it a step. */
export const WEBHOOK_EVENTS = TOLD_EVENTS
export type WebhookEvent = ToldEvent

/** Sent on request, so that a receiver can be tried; of no lead, and whatever the endpoint's filter says. */
export const WEBHOOK_TEST = 'webhook.test'

/** What came of one attempt. After `failed` another follows by itself; after `given-up`, and `gone` (410), none does. */
export const ATTEMPT_OUTCOMES = ['delivered', 'failed', 'given-up', 'gone'] as const
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number]

/** Why an endpoint is sent nothing: the office said so, it answered 410, or it failed for days. */
export const DISABLED_REASONS = ['office', 'gone', 'failing'] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]
