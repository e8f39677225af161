import type { FastifyRequest } from 'fastify'
import type { App, Caller } from '../../app/app.ts'
import type { SessionLife, SignedIn } from '../../app/sessions/session.ts'
import { isSessionLive, noteSessionUse, verifySession } from '../../app/sessions/verify-session.ts'
import { refuse } from '../../core/errors.ts'
import { sha256 } from '../../lib/sha256.ts'
import { makeCredentialCache } from '../kit/credential-cache.ts'
import { makeTokenAuth } from '../kit/token-auth.ts'
import { accessOf, checkToken, checkUser } from './access.ts'
import type { NativeOptions } from './options.ts'
import { readSessionCookie, refuseCrossSite } from './site.ts'

const CAPACITY = 10_000

/**
 * Proves who calls, by bearer token or session cookie, and that they may call this route. Gives the caller within a
 * company; null for an operator and where a route asks for no credentials. Refuses with `credentials.missing`,
 * `credentials.invalid`, `session.ended`, `permission.denied` and `request.cross-site`.
 */
export function makeNativeAuth({
  app,
  sessionLife,
  publicUrl,
}: NativeOptions): (request: FastifyRequest) => Promise<Caller | null> {
  const authenticateToken = makeTokenAuth(app, { face: 'native', limits: [] })
  const findSession = makeSessionAuth(app, sessionLife)
  return async (request) => {
    const access = accessOf(request)
    if (access === 'visitor') refuseCrossSite(request, publicUrl, { strict: false })
    if (access === 'visitor' || access === 'open') return null
    const { authorization } = request.headers
    if (authorization !== undefined && authorization.trim() !== '') {
      const caller = await authenticateToken(authorization)
      checkToken(access)
      return caller
    }
    const cookie = readSessionCookie(request, publicUrl)
    if (cookie === undefined) {
      refuse('credentials.missing', 'Sign in, or send a bearer token in the Authorization header.')
    }
    refuseCrossSite(request, publicUrl, { strict: true })
    const signedIn = await findSession(cookie, isAttended(request))
    checkUser(access, signedIn)
    request.signedIn = signedIn
    return callerOf(signedIn)
  }
}

/**
 * False for what a page asks of its own accord: a call that says that nobody has touched the page for a while, and the
 * stream of events, which a browser opens again by itself. A client can only shorten its own session by it.
 */
function isAttended({ headers, routeOptions }: FastifyRequest): boolean {
  return headers['x-leadwright-unattended'] !== 'true' && routeOptions.config.unattended !== true
}

/**
 * Sessions by their cookie. The store is asked again every three seconds, so that an end acts within five. Only what is
 * attended puts the end by idleness off.
 */
function makeSessionAuth(
  app: App,
  life: SessionLife,
): (token: string, isAttended: boolean) => SignedIn | Promise<SignedIn> {
  const cache = makeCredentialCache<string, SignedIn>({
    capacity: CAPACITY,
    now: () => app.clock().getTime(),
    prove: (token) => verifySession(app, token, life),
    isLive: (signedIn) => isSessionLive(app, signedIn, life),
    expiresAtMs: ({ expiresAt }) => Date.parse(expiresAt),
    noteUse: (signedIn) => noteSessionUse(app, signedIn),
  })
  app.revocations.listen((revoked) => {
    if (revoked.kind === 'user') cache.forget(({ userId }) => userId === revoked.id)
  })
  return (token, isAttended) => cache.find(sha256(token).toString('base64'), token, isAttended)
}

function callerOf({ companyId, userId, name }: SignedIn): Caller | null {
  if (companyId === null) return null
  return { companyId, actor: { kind: 'user', id: String(userId), name, face: 'native' } }
}
