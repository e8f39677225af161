import { randomBytes } from 'node:crypto'
import { sha256 } from '../../lib/sha256.ts'
import { insertApiKey } from '../../store/credentials/api-keys.ts'
import { insertRateRow } from '../../store/credentials/rate-rows.ts'
import type { Tx } from '../../store/database.ts'

export interface ApiKeyGrant {
  readonly companyId: number
  readonly name: string
  readonly now: Date
}

export interface IssuedApiKey {
  readonly id: number
  /** Shown once: only its hash is stored. */
  readonly key: string
  /** The first characters of the key. */
  readonly hint: string
}

const PREFIX = 'lwk_'
const KEY_BYTES = 32
const HINT_LENGTH = 8

/** Names a key where its calls are counted. */
export function apiKeySubject(apiKeyId: number): string {
  return `apikey:${apiKeyId}`
}

/** Makes a key of checked input, inside the transaction of its use case. */
export async function grantApiKey(tx: Tx, { companyId, name, now }: ApiKeyGrant): Promise<IssuedApiKey> {
  const key = PREFIX + randomBytes(KEY_BYTES).toString('base64url')
  const hint = key.slice(0, HINT_LENGTH)
  const id = await insertApiKey(tx, { companyId, name, keyHash: sha256(key), hint, createdAt: now })
  await insertRateRow(tx, apiKeySubject(id))
  return { id, key, hint }
}
