import { refuse } from '../../core/errors.ts'
import { type AnsweredAttemptRow, findAttempt } from '../../store/webhooks/attempts.ts'
import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { App } from '../app.ts'
import { buildMessage, MESSAGE_HEADERS } from './message.ts'
import { requireEndpoint } from './require-endpoint.ts'

export interface AttemptDetail extends AnsweredAttemptRow {
  /** What was sent, made again: the log does not keep it. The signature, which took a secret, is left out. */
  readonly request: {
    readonly headers: readonly { readonly name: string; readonly value: string }[]
    /** null when the lead is not there any more. */
    readonly body: string | null
  }
}

/** One call to an endpoint, with what was sent and how the answer began. */
export async function showAttempt(app: App, key: EndpointKey, attemptId: number): Promise<AttemptDetail> {
  await requireEndpoint(app.db, key)
  const attempt = await findAttempt(app.db, key, attemptId)
  if (attempt === null) refuse('request.not-found', 'The endpoint has no such attempt in its log.')
  const { leadId, revision, event, eventAt, messageId, at } = attempt
  const message = await buildMessage(app, { companyId: key.companyId, leadId, revision, event, at: eventAt })
  const headers = {
    ...MESSAGE_HEADERS,
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(Date.parse(at) / 1000)),
  }
  return {
    ...attempt,
    request: {
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      body: message?.body ?? null,
    },
  }
}
