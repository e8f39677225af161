import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App, Caller, Principal } from '../../app/app.ts'
import { countCall } from '../../app/count-call.ts'
import { type Refusal, RefusalError, refusal, refuse } from '../../core/errors.ts'
import { whenThere } from './when-there.ts'

/** A refusal in a face's own form. */
export interface RenderedRefusal {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface FaceOptions {
  readonly app: App
  /** Null for a request that needs no credentials, or whose caller is of no company: its route asks for no caller. */
  readonly authenticate: (request: FastifyRequest) => Caller | null | Promise<Caller | null>
  readonly render: (refusal: Refusal) => RenderedRefusal
  /** What the face says in every answer to known credentials, and to nobody else. */
  readonly headers?: Readonly<Record<string, string>>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the credentials are proven. */
    caller: Caller | null
  }
}

/**
 * What both wire APIs share: credentials are proven before a body is read, each authenticated call is counted exactly
 * once, and whatever goes wrong is answered in the face's own form.
 */
export function installFace(instance: FastifyInstance, options: FaceOptions): void {
  const { authenticate, headers = {} } = options
  instance.decorateRequest('caller', null)
  instance.addHook('onRequest', (request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store')
    const admitted = whenThere(authenticate(request), (caller) => {
      request.caller = caller
      reply.headers(headers)
      refuseEncoded(request)
    })
    if (admitted instanceof Promise) admitted.then(() => done(), done)
    else done()
  })
  instance.setErrorHandler((error: FastifyError, request, reply) => answerError(options, error, request, reply))
  // Thrown, so that it is counted like any other refusal.
  instance.setNotFoundHandler(async (request) => {
    refuse('request.not-found', `There is no ${request.method} ${pathOf(request)}.`)
  })
  // Schemas document the routes; the core's rule tables check the values, in one place for every door.
  instance.setValidatorCompiler(() => () => true)
}

function refuseEncoded({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    refuse('body.type-unsupported', 'A body under a Content-Encoding is not taken; send it uncompressed.')
  }
}

/** The caller of an authenticated request. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('The route is outside of its face.')
  return request.caller
}

/**
 * The caller for a use case that counts the call in its own transaction. The charge changes hands when the use case
 * reads it, which it does as it writes: a refusal before that leaves it to the error handler, one after it does not.
 */
export function chargedCaller(request: FastifyRequest): Caller {
  const { companyId, actor, charge } = callerOf(request)
  return charge === undefined ? { companyId, actor } : new ChargedCaller(request, { companyId, actor }, charge)
}

/**
 * A class, as its getter stands on the prototype: one in an object literal makes a new layout for each object, which lies
 * in old memory and keeps the whole request there until the next full collection.
 */
class ChargedCaller implements Caller {
  readonly companyId: Caller['companyId']
  readonly actor: Caller['actor']
  readonly #request: FastifyRequest
  readonly #charge: NonNullable<Caller['charge']>

  constructor(request: FastifyRequest, { companyId, actor }: Principal, charge: NonNullable<Caller['charge']>) {
    this.companyId = companyId
    this.actor = actor
    this.#request = request
    this.#charge = charge
  }

  get charge(): NonNullable<Caller['charge']> {
    this.#request.caller = { companyId: this.companyId, actor: this.actor }
    return this.#charge
  }
}

/** Counts a call whose use case does not; throws when a rate window is full. */
export async function chargeNow(app: App, request: FastifyRequest): Promise<Caller> {
  const { charge, ...caller } = chargedCaller(request)
  if (charge !== undefined) await countCall(app, charge)
  return caller
}

/**
 * Reads while the call is being counted, so that neither waits for the other. Should a rate window be full, that is the
 * answer, whatever the read came to.
 */
export async function readCounted<T>(
  app: App,
  request: FastifyRequest,
  read: (caller: Principal) => Promise<T>,
): Promise<T> {
  const { charge, ...caller } = chargedCaller(request)
  const reading = read(caller)
  if (charge === undefined) return reading
  reading.catch(() => undefined)
  await countCall(app, charge)
  return reading
}

async function answerError(
  { app, render }: FaceOptions,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  let fault = refusalOf(error)
  if (request.caller?.charge !== undefined) {
    // Refused before the use case could count it: a bad request is a request all the same.
    fault = await chargeNow(app, request).then(
      () => fault,
      (full) => refusalOf(full),
    )
  }
  if (fault.code === 'server.error') request.log.error({ err: error }, 'unexpected fault')
  else request.log.debug({ code: fault.code }, 'refused')
  return sendRefusal(reply, render(fault))
}

export function sendRefusal(reply: FastifyReply, { status, body, headers }: RenderedRefusal): FastifyReply {
  reply.code(status).type('application/json; charset=utf-8').header('x-content-type-options', 'nosniff')
  if (headers !== undefined) reply.headers(headers)
  return reply.send(JSON.stringify(body))
}

/** Any thrown thing as a refusal; what is not known is an internal fault and says nothing of its cause. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusalError) return error.refusal
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refusal('body.type-unsupported', 'The Content-Type of this request is not supported.')
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refusal('body.too-large', 'The body is too large.')
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ECONNRESET':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return refusal('body.invalid', 'The body ended before its announced length.')
    default:
      if (isClientFault(error)) return refusal('body.invalid', 'The request cannot be read as it was sent.')
      return refusal('server.error', 'An unexpected fault happened; the request was not carried out.')
  }
}

/** What the HTTP layer itself refuses, such as a Content-Encoding that the bytes do not have. */
function isClientFault(error: unknown): boolean {
  if (!(error instanceof Error) || !('statusCode' in error)) return false
  return typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url
}

/** Retry-After for refusals that say when to come back. */
export function retryHeaders({ retryAfterSeconds }: Refusal): Record<string, string> {
  return retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
}
