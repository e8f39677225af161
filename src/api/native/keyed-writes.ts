import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema, RouteOptions } from 'fastify'
import { type TProperties, Type } from 'typebox'
import type { App } from '../../app/app.ts'
import { claimKey } from '../../app/keyed/claim-key.ts'
import {
  type KeyedAnswer,
  type KeyedRequest,
  keepAnswer,
  leaveUnknown,
  releaseKey,
} from '../../app/keyed/keep-answer.ts'
import type { RefusalCode } from '../../core/errors.ts'
import { callerOf, refusalOf } from '../kit/face.ts'
import { keyOf } from '../kit/idempotency.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { type Access, accessOf, userOf } from './access.ts'
import { KEY_HEADER, problem, problems } from './describe.ts'

interface Claim {
  readonly keyed: KeyedRequest
  /** Why the request was not carried out, or seems not to have been. */
  fault: RefusalCode | null
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that this request holds until its answer is kept. */
    claim: Claim | null
  }
}

/**
 * Of logging in there is nobody yet whose key it could be, and what people do about their own log-in is answered with a
 * new session cookie, which is kept nowhere.
 */
const KEYLESS: ReadonlySet<Access> = new Set(['open', 'visitor', 'person'])
/** What belongs to one user, and so do the keys. */
const PERSONAL: ReadonlySet<Access> = new Set(['member', 'operator'])
const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
/** After these nobody knows whether the request was carried out: the store may have gone away as it committed. */
const UNKNOWN: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['server.error', 'server.unavailable'])
/** Of operators, who belong to none. */
const NO_COMPANY = 0
const HELD = 'A request with this Idempotency-Key is under way, or nobody knows how it ended.'
const KEPT_HEADERS = ['content-type', 'etag'] as const

/**
 * Has every write that is added from then on heed Idempotency-Key: claimed first, carried out, and its answer kept before
 * it is sent. A route that describes the header itself heeds it itself, in the transaction of its effect. Call it before
 * the routes are added.
 */
export function heedKeys(instance: FastifyInstance, app: App): void {
  instance.decorateRequest('claim', null)
  instance.addHook('onRoute', (route) => {
    if (!takesKey(route)) return
    route.schema = withKey(route.schema ?? {})
    const { handler } = route
    route.handler = async function (request, reply) {
      const kept = await claim(app, request)
      if (kept !== null) return sendKept(reply, kept)
      try {
        return await handler.call(this, request, reply)
      } catch (error) {
        if (request.claim !== null) request.claim.fault = refusalOf(error).code
        throw error
      }
    }
    // The first of them: what comes after may compress the answer.
    const keep = (request: FastifyRequest, reply: FastifyReply, payload: unknown) =>
      settle(app, request, reply, payload)
    route.onSend = [keep, ...[route.onSend ?? []].flat()]
  })
}

function takesKey({ method, schema = {}, config = {} }: RouteOptions): boolean {
  const isWrite = [method].flat().some((one) => WRITES.has(one))
  if (!isWrite || schema.hide === true || KEYLESS.has(config.access ?? 'company')) return false
  return !('Idempotency-Key' in headersOf(schema))
}

function headersOf({ headers }: FastifySchema): TProperties {
  return (headers as { readonly properties?: TProperties } | undefined)?.properties ?? {}
}

function withKey(schema: FastifySchema): FastifySchema {
  const response = schema.response as Record<number, { readonly description: string }> | undefined
  const own = response?.[409]
  const conflict = problem(own === undefined ? HELD : `${own.description} Or: ${HELD}`)
  return {
    ...schema,
    headers: Type.Object({ ...headersOf(schema), ...KEY_HEADER.properties }),
    response: { ...problems(400, 422), ...response, 409: conflict },
  }
}

/** Claims the request's key, where it has one; gives the answer that is kept under it. */
async function claim(app: App, request: FastifyRequest): Promise<KeyedAnswer | null> {
  const key = keyOf(request, [bytesOf(request)])
  if (key === undefined) return null
  const keyed = { ...scopeOf(request), ...key }
  const kept = await claimKey(app, keyed)
  if (kept === null) request.claim = { keyed, fault: null }
  return kept
}

/** Whose the key is: the company's, as with the writes of leads, or one user's. */
function scopeOf(request: FastifyRequest): Pick<KeyedRequest, 'companyId' | 'face'> {
  if (!PERSONAL.has(accessOf(request))) return { companyId: callerOf(request).companyId, face: 'native' }
  const { companyId, userId } = userOf(request)
  return { companyId: companyId ?? NO_COMPANY, face: `native/user/${userId}` }
}

/** Ends the claim of a request that is about to be answered. */
async function settle(app: App, request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const held = request.claim
  if (held === null) return payload
  request.claim = null
  const { keyed, fault } = held
  try {
    if (fault === null) await keepAnswer(app, keyed, answerOf(reply, payload))
    else if (UNKNOWN.has(fault)) await leaveUnknown(app, keyed)
    else await releaseKey(app, keyed)
  } catch (error) {
    // The answer is right all the same; a repetition will be told that nobody knows it.
    request.log.error({ err: error }, 'the answer of a keyed request is not kept')
  }
  return payload
}

function answerOf(reply: FastifyReply, payload: unknown): KeyedAnswer {
  if (typeof payload !== 'string' && payload !== undefined && payload !== null) {
    throw new TypeError('Only an answer of text can be kept.')
  }
  const headers: Record<string, string> = {}
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name)
    if (typeof value === 'string') headers[name] = value
  }
  return { status: reply.statusCode, headers, body: payload ?? null }
}

function sendKept(reply: FastifyReply, { status, headers, body }: KeyedAnswer): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .header('idempotency-replayed', 'true')
    .send(body ?? undefined)
}
