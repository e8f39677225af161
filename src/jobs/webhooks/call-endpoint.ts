import { createHmac, type KeyObject } from 'node:crypto'
import { MESSAGE_HEADERS, type Message } from '../../app/webhooks/message.ts'
import { signatureHeader, signedText } from '../../core/webhooks/signature.ts'
import { retryAfterSeconds } from '../../lib/retry-after.ts'
import { outboundError } from '../outbound/errors.ts'
import type { OutboundClient } from '../outbound/http-client.ts'

export const CALL_TIMEOUT_MS = 15_000
/** Of an answer the log keeps its start. */
const ANSWER_LENGTH_MAX = 1000
/** A character of UTF-8 has four bytes at most. */
const ANSWER_BYTES_MAX = 4 * ANSWER_LENGTH_MAX

/** What one call came to. */
export interface CallResult {
  /** `gone`: the endpoint wants nothing any more. `aborted`: given up by ourselves, nothing is known of it. */
  readonly outcome: 'delivered' | 'failed' | 'gone' | 'aborted'
  /** ISO instant at which it began. */
  readonly at: string
  readonly status: number | null
  readonly answer: string | null
  readonly error: string | null
  readonly milliseconds: number
  readonly retryAfterSeconds: number | null
}

export interface EndpointCall {
  readonly url: string
  /** What signs, the current secret first. */
  readonly keys: readonly KeyObject[]
  readonly message: Message
  readonly signal: AbortSignal
}

/** Tells an endpoint one message, as the Standard Webhooks convention has it. */
export async function callEndpoint(client: OutboundClient, call: EndpointCall, now: Date): Promise<CallResult> {
  const began = performance.now()
  const base = { at: now.toISOString(), status: null, answer: null, retryAfterSeconds: null }
  const took = () => Math.round(performance.now() - began)
  if (call.keys.length === 0) {
    const error = 'No secret of the endpoint can be read by this server; see SECRET_KEY.'
    return { ...base, outcome: 'failed', error, milliseconds: 0 }
  }
  try {
    const { status, headers, body } = await client.call({
      method: 'POST',
      url: call.url,
      headers: signedHeaders(call, now),
      body: call.message.body,
      timeoutMs: CALL_TIMEOUT_MS,
      bodyBytesMax: ANSWER_BYTES_MAX,
      signal: call.signal,
    })
    const answer = startOf(body)
    const retryAfter = retryAfterSeconds(headers['retry-after'], now.getTime())
    const judged = { ...base, ...judge(status), status, answer, milliseconds: took() }
    return { ...judged, retryAfterSeconds: retryAfter }
  } catch (cause) {
    const { fault, message } = outboundError(cause)
    return { ...base, outcome: fault === 'aborted' ? 'aborted' : 'failed', error: message, milliseconds: took() }
  }
}

function signedHeaders({ keys, message }: EndpointCall, now: Date): Record<string, string> {
  const seconds = Math.floor(now.getTime() / 1000)
  const text = signedText(message.id, seconds, message.body)
  const macs = keys.map((key) => createHmac('sha256', key).update(text).digest('base64'))
  return {
    ...MESSAGE_HEADERS,
    'webhook-id': message.id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatureHeader(macs),
  }
}

/** The status is the answer, whatever becomes of its body. */
function judge(status: number): Pick<CallResult, 'outcome' | 'error'> {
  if (status >= 200 && status < 300) return { outcome: 'delivered', error: null }
  if (status === 410) return { outcome: 'gone', error: 'The endpoint says that it is gone for good.' }
  if (status >= 300 && status < 400)
    return { outcome: 'failed', error: 'The answer is a redirect, which is not followed.' }
  return { outcome: 'failed', error: `The endpoint answered ${status}.` }
}

/** The store takes no text with a zero in it. */
function startOf(body: Buffer): string {
  return [...body.toString('utf8').replaceAll('\u0000', '\ufffd')].slice(0, ANSWER_LENGTH_MAX).join('')
}
