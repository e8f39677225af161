import { Type } from 'typebox'
import { PER_SECOND_MAX } from '../../../core/webhooks/endpoint.ts'
import { ATTEMPT_OUTCOMES, DISABLED_REASONS, WEBHOOK_EVENTS, WEBHOOK_TEST } from '../../../core/webhooks/events.ts'
import { Count, choice, Flag, Id, Instant, InstantOrNull, NextCursor, nullable, Text, TextOrNull } from './parts.ts'

export const WebhookEvent = choice(WEBHOOK_EVENTS)
/** What a message may be about: an event of a lead, or a test. */
const MessageType = choice([...WEBHOOK_EVENTS, WEBHOOK_TEST])
const PerSecond = nullable(Type.Integer({ minimum: 1, maximum: PER_SECOND_MAX }))

/** One call to an endpoint, as the list shows it. */
export const WebhookAttempt = Type.Object({
  id: Id,
  at: Instant,
  /** The header webhook-id: the same for each attempt at one message. */
  messageId: Text,
  event: MessageType,
  /** Null for a test. */
  leadId: nullable(Id),
  revision: nullable(Count),
  /** When the lead changed. */
  eventAt: Instant,
  /** 1 for the first. */
  attempt: Count,
  /** After `failed` another attempt follows by itself, at `nextAt`; after `given-up`, and `gone` (410), none does. */
  outcome: choice(ATTEMPT_OUTCOMES),
  nextAt: InstantOrNull,
  /** Status of the answer; null when there was none. */
  status: nullable(Type.Integer()),
  /** Why there was no good answer. */
  error: TextOrNull,
  milliseconds: Count,
})
/** `GET /v1/webhook-endpoints/{id}/attempts`: newest first, kept for 30 days. */
export const WebhookAttempts = Type.Object({ attempts: Type.Array(WebhookAttempt), nextCursor: NextCursor })
/** One attempt with what was sent, but for the signature, and how the answer began. */
export const WebhookAttemptDetail = Type.Object({
  ...WebhookAttempt.properties,
  request: Type.Object({
    headers: Type.Array(Type.Object({ name: Text, value: Text })),
    /** Null when the lead is no longer there. */
    body: TextOrNull,
  }),
  /** The first 1,000 characters at most; null when there was no answer. */
  answer: TextOrNull,
})

export const WebhookHealth = Type.Object({
  /** Messages that wait to be sent, those that wait to be tried again included; up to 10,000 are counted. */
  waiting: Count,
  waitingIsExact: Flag,
  /** When the oldest of them happened. */
  oldestAt: InstantOrNull,
  /** Of the last hour's attempts, or of the newest 10,000 where there were more. */
  delivered: Count,
  failed: Count,
  deliveredPerMinute: Type.Number(),
  lastAttempt: nullable(
    Type.Object({ at: Instant, outcome: choice(ATTEMPT_OUTCOMES), status: nullable(Type.Integer()) }),
  ),
})

export const WebhookEndpoint = Type.Object({
  id: Id,
  url: Text,
  description: TextOrNull,
  /** Empty: all. */
  events: Type.Array(WebhookEvent),
  /** Calls a second at most; null: no limit. */
  perSecond: PerSecond,
  enabled: Flag,
  disabledAt: InstantOrNull,
  /** `office`: switched off by hand; `gone`: it answered 410; `failing`: no call went well for days. */
  disabledReason: nullable(choice(DISABLED_REASONS)),
  /** Since when no call went well; null when the last one did. */
  failingSince: InstantOrNull,
  createdAt: Instant,
  /** Of what is set: its ETag, for If-Match. */
  version: Type.Integer(),
  /** When the present secret was made, and until when the one before it signs too; null: it does no longer. */
  secretCreatedAt: Instant,
  previousSecretExpiresAt: InstantOrNull,
  health: WebhookHealth,
})
export const WebhookEndpoints = Type.Object({ endpoints: Type.Array(WebhookEndpoint) })

/** Body of `POST /v1/webhook-endpoints`; `events` empty or absent: all. */
export const NewWebhookEndpoint = Type.Object({
  url: Text,
  events: Type.Optional(Type.Array(WebhookEvent)),
  description: Type.Optional(TextOrNull),
  perSecond: Type.Optional(PerSecond),
})
/** `secret` is shown this once. */
export const AddedWebhookEndpoint = Type.Object({ ...WebhookEndpoint.properties, secret: Text })
/** Body of `PATCH /v1/webhook-endpoints/{id}`: any part. */
export const WebhookEndpointEdit = Type.Partial(
  Type.Object({
    url: Text,
    events: Type.Array(WebhookEvent),
    description: TextOrNull,
    perSecond: PerSecond,
    enabled: Flag,
  }),
)
/** The new secret is shown this once; the one before it signs beside it until `previousSecretExpiresAt`. */
export const RotatedWebhookSecret = Type.Object({ secret: Text, previousSecretExpiresAt: Instant })

/** A message that was put in the queue. */
export const WebhookTest = Type.Object({ messageId: Text })
/**
 * Body of `POST /v1/webhook-endpoints/{id}/replay`: the messages of some attempts, or whatever happened `since` a time,
 * or `from` one `to` another, tried before or not.
 */
export const WebhookReplay = Type.Partial(
  Type.Object({
    attemptIds: Type.Array(Id, { maxItems: 1000 }),
    since: Instant,
    from: Instant,
    to: Instant,
  }),
)
export const ReplayedWebhooks = Type.Object({
  /** Messages that were put in the queue; those that wait in it already are not put there twice. */
  queued: Count,
})
