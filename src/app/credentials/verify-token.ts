import { timingSafeEqual } from 'node:crypto'
import { refuse } from '../../core/errors.ts'
import { readAccessToken, type TokenAudience } from '../../lib/access-token.ts'
import { sha256 } from '../../lib/sha256.ts'
import { findSigningKey } from '../../store/credentials/signing-keys.ts'
import { findLiveToken } from '../../store/credentials/tokens.ts'
import type { App } from '../app.ts'

/** A token whose signature and claims hold until it expires; whether it was revoked is asked again and again. */
export interface VerifiedToken {
  readonly tokenId: string
  readonly companyId: number
  readonly name: string
  readonly expiresAtMs: number
  /** SHA-256 of the whole token, which its row must equal. */
  readonly hash: Buffer
}

/**
 * Checks a bearer token in full: signature, type, issuer, audience, expiry, then its row. Every fault is the one
 * refusal `credentials.invalid`.
 */
export async function verifyToken(
  app: App,
  { token, audience }: { readonly token: string; readonly audience: TokenAudience },
  nowMs: number,
): Promise<VerifiedToken> {
  const findKey = (id: string) => findSigningKey(app.db, id)
  const claims = await readAccessToken(token, { audience, nowMs, findKey })
  if (claims === null) return refuseToken()
  const hash = sha256(token)
  const name = await nameOfLive(app, claims.tokenId, claims.companyId, hash)
  if (name === null) return refuseToken()
  const { tokenId, companyId, expiresAt } = claims
  return { tokenId, companyId, name, expiresAtMs: expiresAt * 1000, hash }
}

/** Asks the store again about a verified token, at the price of one look-up by primary key. */
export async function isTokenLive(app: App, { tokenId, companyId, hash }: VerifiedToken): Promise<boolean> {
  return (await nameOfLive(app, tokenId, companyId, hash)) !== null
}

async function nameOfLive(app: App, tokenId: string, companyId: number, hash: Buffer): Promise<string | null> {
  const row = await findLiveToken(app.db, tokenId)
  const isSame = row !== null && row.companyId === companyId && timingSafeEqual(row.tokenHash, hash)
  return isSame ? row.name : null
}

/** One text for every fault of a token, so that it tells nothing about which one it was. */
export function refuseToken(): never {
  return refuse('credentials.invalid', 'The token is not valid, has expired or was revoked.')
}
