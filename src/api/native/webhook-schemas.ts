import { Type } from 'typebox'
import { ENDPOINTS_MAX } from '../../core/webhooks/endpoint.ts'
import { ATTEMPT_OUTCOMES } from '../../core/webhooks/events.ts'
import { Id } from './contract/parts.ts'
import {
  AddedWebhookEndpoint,
  NewWebhookEndpoint,
  ReplayedWebhooks,
  RotatedWebhookSecret,
  WebhookAttempt,
  WebhookAttemptDetail,
  WebhookAttempts,
  WebhookEndpoint,
  WebhookEndpointEdit,
  WebhookEndpoints,
  WebhookReplay,
  WebhookTest,
} from './contract/webhooks.ts'
import { operation, problem, problems, success } from './describe.ts'

export const ATTEMPT_LIMIT = { fallback: 50, max: 100 } as const

const TAG_HEADER = { ETag: Type.String({ description: 'The version of the endpoint.', examples: ['"3"'] }) }
const IF_MATCH = Type.Optional(Type.String({ description: 'The ETag of the endpoint as the client knows it, or *.' }))
const ENDPOINT = Type.Object({ id: Id })
const { event } = WebhookAttempt.properties

export const listSchema = operation(
  'List the webhook endpoints',
  'Each with its health, in the order of their making.',
  {
    response: { 200: success('The endpoints.', WebhookEndpoints), ...problems(403) },
  },
)
export const addSchema = operation(
  'Add a webhook endpoint',
  `It is told of every change from then on that its events name. At most ${ENDPOINTS_MAX} a company. The secret is shown this once.`,
  {
    body: NewWebhookEndpoint,
    response: {
      201: success('The endpoint with its secret.', AddedWebhookEndpoint, TAG_HEADER),
      ...problems(400, 403, 409, 413, 415),
    },
  },
)
export const showSchema = operation('Show a webhook endpoint', 'With its health, of which the ETag says nothing.', {
  params: ENDPOINT,
  response: { 200: success('The endpoint.', WebhookEndpoint, TAG_HEADER), ...problems(400, 403, 404) },
})
export const editSchema = operation(
  'Change a webhook endpoint',
  'Only the parts sent change. Switched off it is told nothing, and what waits is kept; switched on it is told that first. With If-Match, only an endpoint that is still as the client knows it.',
  {
    params: ENDPOINT,
    headers: Type.Object({ 'If-Match': IF_MATCH }),
    body: WebhookEndpointEdit,
    response: {
      200: success('The endpoint.', WebhookEndpoint, TAG_HEADER),
      ...problems(400, 403, 404, 413, 415),
      412: problem('The endpoint has another version than If-Match names.'),
    },
  },
)
export const removeSchema = operation('Delete a webhook endpoint', 'With its secrets, its queue and its log.', {
  params: ENDPOINT,
  response: { 204: Type.Null({ description: 'Deleted.' }), ...problems(400, 403, 404) },
})
export const rotateSchema = operation(
  'Give a webhook endpoint a new secret',
  'Shown this once. The old one signs beside it for 24 hours: each message then carries a signature by either.',
  {
    params: ENDPOINT,
    response: { 200: success('The new secret.', RotatedWebhookSecret), ...problems(400, 403, 404, 409) },
  },
)
export const testSchema = operation(
  'Send a test message',
  'Of the type webhook.test, whatever events the endpoint has. It comes through the queue, as every message does.',
  {
    params: ENDPOINT,
    response: { 202: success('The message is queued.', WebhookTest), ...problems(400, 403, 404, 409) },
  },
)
export const replaySchema = operation(
  'Send messages again',
  'Those of some attempts (attemptIds), or everything since a time, or from one time to another: sent before or not, as far as the endpoint’s events let it through. At most 100,000 messages. Each has the webhook-id that it had before.',
  {
    params: ENDPOINT,
    body: WebhookReplay,
    response: {
      202: success('The messages are queued.', ReplayedWebhooks),
      ...problems(400, 403, 404, 409, 413, 415),
    },
  },
)
export const attemptsSchema = operation(
  'List the calls to a webhook endpoint',
  'Newest first, kept for 30 days. A page can be short, even empty, while nextCursor goes on.',
  {
    params: ENDPOINT,
    querystring: Type.Object({
      outcome: Type.Optional(
        Type.String({ description: `One or more of ${ATTEMPT_OUTCOMES.join(', ')}, parted by commas.` }),
      ),
      event: Type.Optional(event),
      leadId: Type.Optional(Id),
      cursor: Type.Optional(Type.String({ description: 'nextCursor of the page before.' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: ATTEMPT_LIMIT.max, default: ATTEMPT_LIMIT.fallback })),
    }),
    response: { 200: success('A page of calls.', WebhookAttempts), ...problems(400, 403, 404) },
  },
)
export const attemptSchema = operation(
  'Show a call to a webhook endpoint',
  'With what was sent, but for the signature, and how the answer began.',
  {
    params: Type.Object({ id: Id, attemptId: Id }),
    response: { 200: success('The call.', WebhookAttemptDetail), ...problems(400, 403, 404) },
  },
)
