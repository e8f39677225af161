import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { FILE_HEADERS, pageHeaders } from './policy.ts'

export interface PortalOptions {
  /** Where the built portal lies; the pages answer 503 while there is none. */
  readonly folder?: string
}

/** What `npm start` builds. */
const BUILT = path.join(import.meta.dirname, '../../../portal/dist')
/** The addresses that the portal's own router knows; it reads the rest of the path itself. */
const PAGES = [
  '/',
  '/board',
  '/leads',
  '/leads/:leadId',
  '/conflicts',
  '/reports',
  '/settings',
  '/settings/:section',
  '/settings/:section/:item',
  '/operator',
  '/operator/:section',
  '/sign-in',
  '/forgot-password',
  '/reset-password/:token',
  '/invitation/:token',
]
/** Files whose names stay the same from build to build. */
const NAMED_FILES = ['/color-scheme.js', '/manifest.webmanifest']
const NONCE_MARK = '__CSP_NONCE__'
const NOT_BUILT = 'The portal has not been built. npm start builds it; the APIs work without it, see /docs.\n'

/** The portal's pages and files, to be mounted at the root: one page for every address, whose script does the rest. */
export async function portalFace(instance: FastifyInstance, { folder = BUILT }: PortalOptions): Promise<void> {
  await instance.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, suppressWarning: true })
  const hidden = { schema: { hide: true } }
  for (const page of PAGES) instance.get(page, hidden, async (_request, reply) => sendPage(reply, folder))
  for (const file of NAMED_FILES) {
    instance.get(file, hidden, async (_request, reply) =>
      reply.headers(FILE_HEADERS).sendFile(file.slice(1), { cacheControl: true, maxAge: 0 }),
    )
  }
  instance.get<{ Params: { '*': string } }>('/icons/*', hidden, async ({ params }, reply) =>
    reply.headers(FILE_HEADERS).sendFile(`icons/${params['*']}`, { maxAge: '1d' }),
  )
  instance.get<{ Params: { '*': string } }>('/assets/*', hidden, async ({ params }, reply) =>
    // Their names are made of their content, so they never change.
    reply.headers(FILE_HEADERS).sendFile(`assets/${params['*']}`, { immutable: true, maxAge: '365d' }),
  )
}

/** Whether a person has come by a browser; programs ask for JSON, or for anything. */
export function isVisit({ method, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.accept?.includes('text/html') === true
}

/**
 * The page of every address; of one that nobody knows, too, where it says so and offers a way on.
 * Read anew each time: a build may replace it under a running server, and it is small.
 */
export async function sendPage(reply: FastifyReply, folder = BUILT): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString('base64')
  reply.headers(pageHeaders(nonce))
  try {
    const page = await readFile(path.join(folder, 'index.html'), 'utf8')
    return reply.type('text/html; charset=utf-8').send(page.replaceAll(NONCE_MARK, nonce))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
  }
}
