import { randomBytes } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { isUuid } from './uuid.ts'

const ALGORITHM = 'HS256'
const TYPE = 'at+jwt'
const ISSUER = 'leadwright'
const CLOCK_TOLERANCE_SECONDS = 5
/** Longer ones were never issued, and need not be hashed. */
const LENGTH_MAX = 2_000

export const TOKEN_AUDIENCES = ['renovationfind', 'native'] as const
export type TokenAudience = (typeof TOKEN_AUDIENCES)[number]

export interface SigningKey {
  readonly id: string
  readonly secret: Uint8Array
}

export interface AccessClaims {
  /** A UUID; names the token's row. */
  readonly tokenId: string
  readonly companyId: number
  /** Seconds since the epoch. */
  readonly issuedAt: number
  readonly expiresAt: number
}

const SALT_BYTES = 16

/**
 * Signs a token for all audiences. The salt is kept nowhere: without it, whoever has a copy of the store could make the
 * very token again, from the signing key and the row that its claims stand in.
 */
export function signAccessToken(key: SigningKey, claims: AccessClaims): Promise<string> {
  return new SignJWT({ salt: randomBytes(SALT_BYTES).toString('base64url') })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.id })
    .setIssuer(ISSUER)
    .setAudience([...TOKEN_AUDIENCES])
    .setSubject(String(claims.companyId))
    .setJti(claims.tokenId)
    .setIssuedAt(claims.issuedAt)
    .setExpirationTime(claims.expiresAt)
    .sign(key.secret)
}

export interface TokenCheck {
  readonly audience: TokenAudience
  readonly nowMs: number
  /** Finds a key by its id, which is nothing but a look-up; null when there is no such key. */
  readonly findKey: (id: string) => Promise<SigningKey | null>
}

/**
 * The claims of a token that passes every check of RFC 8725 which needs no store: fixed algorithm, type, issuer,
 * audience, expiry (5 seconds of tolerance), and that each claim is there in its form. Null for any other text; throws
 * only what `findKey` throws.
 */
export async function readAccessToken(token: string, check: TokenCheck): Promise<AccessClaims | null> {
  if (token.length > LENGTH_MAX) return null
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = typeof kid === 'string' && KEY_ID.test(kid) ? await check.findKey(kid) : null
        if (key === null) throw new errors.JWSInvalid('The key is not known.')
        return key.secret
      },
      {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: check.audience,
        requiredClaims: ['sub', 'jti', 'iat', 'exp'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(check.nowMs),
      },
    )
    return claimsOf(payload)
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}

const KEY_ID = /^[A-Za-z0-9_-]{1,64}$/

function claimsOf({ sub, jti, iat, exp }: JWTPayload): AccessClaims | null {
  if (sub === undefined || !/^[1-9]\d{0,14}$/.test(sub)) return null
  if (jti === undefined || !isUuid(jti) || iat === undefined || exp === undefined) return null
  return { tokenId: jti, companyId: Number(sub), issuedAt: iat, expiresAt: exp }
}
