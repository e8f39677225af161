import type { App, Caller } from '../../app/app.ts'
import { tokenSubject } from '../../app/credentials/grant-token.ts'
import { noteTokenUse } from '../../app/credentials/note-use.ts'
import { isTokenLive, refuseToken, type VerifiedToken, verifyToken } from '../../app/credentials/verify-token.ts'
import { refuse } from '../../core/errors.ts'
import type { WindowLimit } from '../../core/rate-windows.ts'
import type { TokenAudience } from '../../lib/access-token.ts'
import { sha256 } from '../../lib/sha256.ts'
import { makeCredentialCache } from './credential-cache.ts'
import { makeCredentialMemo } from './credential-memo.ts'
import { whenThere } from './when-there.ts'

const CAPACITY = 10_000

export interface TokenAuthOptions {
  /** The face that the token must be meant for. */
  readonly face: TokenAudience
  /** Windows that each request counts against; empty for none. */
  readonly limits: readonly WindowLimit[]
}

/** Turns an Authorization header into its caller, or refuses with `credentials.missing` or `credentials.invalid`. */
export type TokenAuth = (authorization: string | undefined) => Caller | Promise<Caller>

interface Proof {
  readonly verified: VerifiedToken
  readonly caller: Caller
}

/**
 * Bearer tokens of one face. A token is verified in full once and then held until it expires; its row is asked again
 * every three seconds, so a revocation acts within five seconds in every process.
 */
export function makeTokenAuth(app: App, { face, limits }: TokenAuthOptions): TokenAuth {
  const cache = makeCredentialCache<string, Proof>({
    capacity: CAPACITY,
    now: () => app.clock().getTime(),
    prove: async (token) => {
      const verified = await verifyToken(app, { token, audience: face }, app.clock().getTime())
      return { verified, caller: callerOf(verified, face, limits) }
    },
    isLive: ({ verified }) => isTokenLive(app, verified),
    expiresAtMs: ({ verified }) => verified.expiresAtMs,
    noteUse: ({ verified }) => noteTokenUse(app, verified.tokenId),
  })
  app.revocations.listen((revoked) => {
    if (revoked.kind === 'token') cache.forget(({ verified }) => verified.tokenId === revoked.id)
  })
  const read = makeCredentialMemo((authorization: string | undefined) => {
    const token = readBearer(authorization)
    return { token, key: sha256(token).toString('base64') }
  })
  return (authorization) => {
    const { token, key } = read(authorization)
    return whenThere(cache.find(key, token), ({ caller }) => caller)
  }
}

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i

function readBearer(authorization: string | undefined): string {
  if (authorization === undefined || authorization.trim() === '') {
    return refuse('credentials.missing', 'A bearer token is required in the Authorization header.')
  }
  return BEARER.exec(authorization)?.[1] ?? refuseToken()
}

function callerOf(
  { tokenId, companyId, name }: VerifiedToken,
  face: TokenAudience,
  limits: readonly WindowLimit[],
): Caller {
  const principal = { companyId, actor: { kind: 'token', id: tokenId, name, face } } as const
  return limits.length === 0 ? principal : { ...principal, charge: { subject: tokenSubject(tokenId), limits } }
}
