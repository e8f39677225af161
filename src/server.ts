import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'
import { constructionOnlineFace } from './api/constructiononline/face.ts'
import { canonicalPath } from './api/constructiononline/paths.ts'
import { addHealthRoutes } from './api/kit/health.ts'
import { renovationFindFace } from './api/renovationfind/face.ts'
import type { App } from './app/app.ts'
import type { Config } from './config.ts'

/** The HTTP server with every face mounted; not yet listening. */
export async function buildServer(config: Config, app: App): Promise<FastifyInstance> {
  const server = Fastify({
    logger: {
      level: config.logLevel,
      redact: ['req.headers.authorization', 'req.headers.apikey', 'req.headers.cookie'],
    },
    disableRequestLogging: true,
    genReqId: () => randomUUID(),
    // A proxy in front sets this; kept in the log so that both can be matched.
    requestIdHeader: 'x-request-id',
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
    rewriteUrl: (request) => canonicalPath(request.url ?? '/'),
    routerOptions: { ignoreTrailingSlash: true },
  })
  await server.register(helmet, { contentSecurityPolicy: false })
  // gzip when asked, never br: a documented client advertises br without being able to read it.
  await server.register(compress, { encodings: ['gzip', 'deflate', 'identity'], threshold: 2048 })
  addHealthRoutes(server, app)
  await server.register(renovationFindFace, { prefix: '/rest-api-v1', app, limits: config.renovationFindLimits })
  await server.register(constructionOnlineFace, { prefix: '/api', app, limits: config.constructionOnlineLimits })
  return server
}
