import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Written } from '../../app/leads/write-lead.ts'
import { refuse } from '../../core/errors.ts'
import type { Lead } from '../../core/lead/lead.ts'

/** What a use case needs to keep a keyed answer; matches the writer's IdempotencyKey. */
export interface KeyedRequest {
  readonly key: string
  readonly requestHash: Buffer
  readonly present: (lead: Lead) => { readonly status: number; readonly body: string }
}

const KEY = /^[\x21-\x7e]{1,255}$/

/**
 * The request's Idempotency-Key with what makes the request the same: method, path and query, and `parts` (the body's
 * bytes). Undefined without the header; a malformed key is refused.
 */
export function keyOf(
  request: FastifyRequest,
  parts: readonly (string | Buffer)[],
): Pick<KeyedRequest, 'key' | 'requestHash'> | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !KEY.test(key)) {
    refuse('idempotency.key-invalid', 'Idempotency-Key must have 1 to 255 visible ASCII characters.')
  }
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`)
  for (const part of parts) hash.update(part)
  return { key, requestHash: hash.digest() }
}

/** As `keyOf`, with the answer that is to be kept for a change of a lead. */
export function idempotencyOf(
  request: FastifyRequest,
  parts: readonly (string | Buffer)[],
  present: (lead: Lead) => { status: number; body: string },
): KeyedRequest | undefined {
  const key = keyOf(request, parts)
  return key === undefined ? undefined : { ...key, present }
}

/** Sends what a write came to: the fresh answer, or the stored one of the first request with the same key. */
export function sendWritten(
  reply: FastifyReply,
  written: Written,
  present: (lead: Lead) => { status: number; body: string },
): FastifyReply {
  const answer = written.kind === 'replayed' ? written.answer : present(written.lead)
  if (written.kind === 'replayed') reply.header('idempotency-replayed', 'true')
  return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
}
