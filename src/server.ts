import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import Fastify, { type ConnectionError, type FastifyInstance, LogController } from 'fastify'
import { renderRefusal as renderConstructionOnline } from './api/constructiononline/errors.ts'
import { constructionOnlineFace } from './api/constructiononline/face.ts'
import { canonicalPath } from './api/constructiononline/paths.ts'
import { formsFace } from './api/forms/face.ts'
import { type RenderedRefusal, refusalOf, sendRefusal } from './api/kit/face.ts'
import { addHealthRoutes } from './api/kit/health.ts'
import { collectOpenApi, serveOpenApi } from './api/kit/openapi.ts'
import { renderProblem } from './api/kit/problem.ts'
import { nativeFace } from './api/native/face.ts'
import type { NativeOptions } from './api/native/options.ts'
import { isVisit, portalFace, sendPage } from './api/portal/face.ts'
import { renderRefusal as renderRenovationFind } from './api/renovationfind/errors.ts'
import { renovationFindFace } from './api/renovationfind/face.ts'
import type { App } from './app/app.ts'
import type { Config } from './config.ts'
import { type Refusal, refusal } from './core/errors.ts'
import { beginInTurns } from './request-turns.ts'

const RENOVATIONFIND_PREFIX = '/rest-api-v1'
const CONSTRUCTIONONLINE_PREFIX = '/api'
/** Time for a client to send a whole request: an attachment may come over a slow line. */
const REQUEST_TIMEOUT_MS = 300_000

/** The HTTP server with every face mounted; not yet listening. It is ready only once `isStarted` says so. */
export async function buildServer(config: Config, app: App, isStarted: () => boolean): Promise<FastifyInstance> {
  const server = makeServer(config)
  beginInTurns(server.server)
  // gzip when asked, never br: a documented client advertises br without being able to read it.
  await server.register(compress, {
    globalDecompression: false,
    encodings: ['gzip', 'deflate', 'identity'],
    threshold: 2048,
  })
  await collectOpenApi(server)
  addHealthRoutes(server, app, isStarted)
  const { renovationFindLimits, constructionOnlineLimits, attachmentBytesMax } = config
  await server.register(renovationFindFace, {
    prefix: RENOVATIONFIND_PREFIX,
    app,
    limits: renovationFindLimits,
    attachmentBytesMax,
  })
  await server.register(constructionOnlineFace, {
    prefix: CONSTRUCTIONONLINE_PREFIX,
    app,
    limits: constructionOnlineLimits,
  })
  await server.register(nativeFace, { prefix: '/v1', ...nativeOptions(config, app) })
  await server.register(formsFace, { prefix: '/forms', app, site: config.publicUrl })
  await server.register(async (pages) => {
    // For what a browser shows; the APIs set the few headers that mean something there.
    await pages.register(helmet, { contentSecurityPolicy: false })
    await serveOpenApi(pages)
  })
  await server.register(portalFace, {})
  return server
}

function nativeOptions(config: Config, app: App): NativeOptions {
  const { attachmentBytesMax, tokenDays, constructionOnlineLimits, publicUrl } = config
  return {
    app,
    attachmentBytesMax,
    tokenDays,
    keyLimits: constructionOnlineLimits,
    allowPrivateWebhooks: config.webhookAllowPrivateAddresses,
    allowPrivateUpstreams: config.syncAllowPrivateAddresses,
    publicUrl: publicUrl === null ? null : new URL(publicUrl),
    sessionLife: { idleMinutes: config.sessionIdleMinutes, days: config.sessionDays },
  }
}

function makeServer(config: Config): FastifyInstance {
  const server = Fastify({
    logger: {
      level: config.logLevel,
      // Standard output is for the operator's eyes and for --json.
      stream: process.stderr,
      redact: ['req.headers.authorization', 'req.headers.apikey', 'req.headers.cookie'],
    },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: makeRequestIds(),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    // A proxy in front sets this; kept in the log so that both can be matched.
    requestIdHeader: 'x-request-id',
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_TIMEOUT_MS,
    rewriteUrl: (request) => canonicalPath(request.url ?? '/'),
    // Long enough that an id of any length meets the rule for ids, and not the router.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
    clientErrorHandler: answerUnreadable,
    // A URL that cannot be decoded never reaches a face, yet its client expects that face's form.
    frameworkErrors: (_error, request, reply) => {
      const fault = refusal('request.id-invalid', 'The URL cannot be decoded.')
      return sendRefusal(reply, rendererOf(request.url)(fault))
    },
  })
  server.setNotFoundHandler(async (request, reply) => {
    if (isVisit(request)) return sendPage(reply.code(404))
    const fault = refusal('request.not-found', `There is no ${request.method} ${request.url.split('?', 1)[0]}.`)
    return sendRefusal(reply, renderProblem(fault))
  })
  server.setErrorHandler(async (error, request, reply) => {
    const fault = refusalOf(error)
    if (fault.code === 'server.error') request.log.error({ err: error }, 'unexpected fault')
    return sendRefusal(reply, renderProblem(fault))
  })
  return server
}

/**
 * What is not HTTP reaches no face. It is answered in plain HTTP and not logged with its bytes, among which may be
 * credentials.
 */
function answerUnreadable(this: FastifyInstance, error: ConnectionError, socket: Socket): void {
  this.log.debug({ code: error.code }, 'unreadable request')
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, text] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'The headers are too large.']
      : ['400 Bad Request', 'The request is not HTTP.']
  const body = JSON.stringify({ success: false, error: text, Message: text })
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close`
  socket.end(`${head}\r\n\r\n${body}`)
}

/** Ids for the log: other ones in every process, and cheaper than random ones. */
function makeRequestIds(): () => string {
  const start = randomUUID().slice(0, 8)
  let count = 0
  return () => {
    count += 1
    return `${start}-${count.toString(36)}`
  }
}

function rendererOf(url: string): (fault: Refusal) => RenderedRefusal {
  if (url.startsWith(`${RENOVATIONFIND_PREFIX}/`)) return renderRenovationFind
  if (url.startsWith(`${CONSTRUCTIONONLINE_PREFIX}/`)) return renderConstructionOnline
  return renderProblem
}
