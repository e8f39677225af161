import type { FastifyRequest } from 'fastify'
import { isSessionLive } from '../../app/sessions/verify-session.ts'
import { RefusalError } from '../../core/errors.ts'
import { makeTokenAuth } from '../kit/token-auth.ts'
import type { NativeOptions } from './options.ts'

/**
 * Whether the credentials of a request that is still being answered hold. An open stream is no use of a session: one
 * that nobody works in ends all the same. A store that cannot say leaves things as they are.
 */
export function makeLiveCheck({ app, sessionLife }: NativeOptions): (request: FastifyRequest) => Promise<boolean> {
  const authenticateToken = makeTokenAuth(app, { face: 'native', limits: [] })
  return async ({ signedIn, headers }) => {
    try {
      if (signedIn === null) return (await authenticateToken(headers.authorization)) !== null
      return Date.parse(signedIn.expiresAt) > app.clock().getTime() && (await isSessionLive(app, signedIn, sessionLife))
    } catch (error) {
      return !(error instanceof RefusalError) || error.refusal.code.startsWith('server.')
    }
  }
}
