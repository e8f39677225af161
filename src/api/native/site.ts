import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Client } from '../../app/sessions/session.ts'
import { refuse } from '../../core/errors.ts'

/** Where the portal is reached from outside; null: wherever a request came to. */
export type PublicUrl = URL | null

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses a write that the page of another site may have sent in the user's name. Browsers say where a request comes
 * from; a client that says nothing is refused too where a cookie is its credential, as `strict` asks.
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: PublicUrl, { strict }: { strict: boolean }): void {
  if (READS.includes(request.method)) return
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const isOwn =
    site === undefined
      ? origin === undefined
        ? !strict
        : isOwnOrigin(request, publicUrl, origin)
      : site === 'same-origin' || site === 'none'
  if (isOwn) return
  const rule = 'it needs Sec-Fetch-Site: same-origin, or an Origin that is this address'
  refuse('request.cross-site', `A write with a session must come from a page of this site: ${rule}.`)
}

function isOwnOrigin(request: FastifyRequest, publicUrl: PublicUrl, origin: string): boolean {
  if (!URL.canParse(origin)) return false
  const { host } = new URL(origin)
  return host === request.host || host === publicUrl?.host
}

/** True when the browser's own connection is encrypted, be it by a proxy in front. */
function isSecure(request: FastifyRequest, publicUrl: PublicUrl): boolean {
  if (request.protocol === 'https') return true
  return publicUrl !== null && publicUrl.protocol === 'https:' && publicUrl.host === request.host
}

/** The address of this site without a slash at its end: the public one, else the one that the request came to. */
export function siteOf(request: FastifyRequest, publicUrl: PublicUrl): string {
  return publicUrl?.href.replace(/\/$/, '') ?? `${request.protocol}://${request.host}`
}

const COOKIE = 'leadwright_session'
const DAY_SECONDS = 86_400

function cookieName(secure: boolean): string {
  // A browser takes the prefix from an encrypted answer of this very host only.
  return secure ? `__Host-${COOKIE}` : COOKIE
}

/** The session token that the browser sent. */
export function readSessionCookie(request: FastifyRequest, publicUrl: PublicUrl): string | undefined {
  return request.cookies[cookieName(isSecure(request, publicUrl))]
}

export interface CookieOptions {
  readonly publicUrl: PublicUrl
  readonly days: number
}

export function setSessionCookie(reply: FastifyReply, token: string, { publicUrl, days }: CookieOptions): void {
  const secure = isSecure(reply.request, publicUrl)
  reply.setCookie(cookieName(secure), token, { ...COOKIE_RULES, secure, maxAge: days * DAY_SECONDS })
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: PublicUrl): void {
  const secure = isSecure(reply.request, publicUrl)
  reply.clearCookie(cookieName(secure), { ...COOKIE_RULES, secure })
}

const COOKIE_RULES = { httpOnly: true, sameSite: 'lax', path: '/' } as const

export function clientOf(request: FastifyRequest): Client {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? '' }
}
