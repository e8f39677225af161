import { randomUUID } from 'node:crypto'
import { type SigningKey, signAccessToken } from '../../lib/access-token.ts'
import { sha256 } from '../../lib/sha256.ts'
import { insertRateRow } from '../../store/credentials/rate-rows.ts'
import { insertToken } from '../../store/credentials/tokens.ts'
import type { Tx } from '../../store/database.ts'

export interface TokenGrant {
  readonly key: SigningKey
  readonly companyId: number
  readonly name: string
  readonly days: number
  readonly now: Date
}

export interface IssuedToken {
  readonly id: string
  /** Shown once: only its hash is stored. */
  readonly token: string
  /** ISO instant. */
  readonly expiresAt: string
}

const DAY_SECONDS = 86_400

/** Names a token where its calls are counted. */
export function tokenSubject(tokenId: string): string {
  return `token:${tokenId}`
}

/** Makes a token of checked input, inside the transaction of its use case. */
export async function grantToken(tx: Tx, { key, companyId, name, days, now }: TokenGrant): Promise<IssuedToken> {
  const id = randomUUID()
  const issuedAt = Math.floor(now.getTime() / 1000)
  const expiresAt = issuedAt + days * DAY_SECONDS
  const token = await signAccessToken(key, { tokenId: id, companyId, issuedAt, expiresAt })
  const expires = new Date(expiresAt * 1000)
  await insertToken(tx, { id, companyId, name, tokenHash: sha256(token), createdAt: now, expiresAt: expires })
  await insertRateRow(tx, tokenSubject(id))
  return { id, token, expiresAt: expires.toISOString() }
}
