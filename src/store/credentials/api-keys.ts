import type { Db } from '../database.ts'

export interface NewApiKeyRow {
  readonly companyId: number
  readonly name: string
  readonly keyHash: Buffer
  readonly hint: string
  readonly createdAt: Date
}

export async function insertApiKey(db: Db, key: NewApiKeyRow): Promise<number> {
  const [row] = await db.query<{ id: number }>({
    text: `INSERT INTO api_key (company_id, name, key_hash, hint, created_at)
      VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    values: [key.companyId, key.name, key.keyHash, key.hint, key.createdAt],
  })
  if (row === undefined) throw new Error('INSERT INTO api_key returned no row.')
  return row.id
}

export interface LiveApiKeyRow {
  readonly id: number
  readonly companyId: number
}

export async function findLiveApiKey(db: Db, keyHash: Buffer): Promise<LiveApiKeyRow | null> {
  const [row] = await db.query<LiveApiKeyRow>({
    name: 'find-live-api-key',
    text: 'SELECT id, company_id AS "companyId" FROM api_key WHERE key_hash = $1 AND revoked_at IS NULL',
    values: [keyHash],
  })
  return row ?? null
}

export interface LoginPair {
  readonly userId: number
  readonly emailKey: string
  readonly passwordHash: string
  readonly apiKeyId: number
}

/** True while a pair that was verified once still holds: same address and stored password, both parts in force. */
export async function isPairLive(db: Db, pair: LoginPair): Promise<boolean> {
  const rows = await db.query({
    name: 'is-pair-live',
    text: `SELECT 1 FROM app_user u JOIN api_key k ON k.company_id = u.company_id
      WHERE u.id = $1 AND u.email_key = $2 AND u.password_hash = $3 AND u.active
        AND k.id = $4 AND k.revoked_at IS NULL`,
    values: [pair.userId, pair.emailKey, pair.passwordHash, pair.apiKeyId],
  })
  return rows.length > 0
}

/** What an office may see of a key; the key itself is nowhere. Instants are ISO text. */
export interface ApiKeyInfo {
  readonly id: number
  readonly name: string
  /** The first characters of the key. */
  readonly hint: string
  readonly createdAt: string
  readonly revokedAt: string | null
  readonly lastUsedAt: string | null
}

/** The newest 1,000 keys of a company, revoked ones included. */
export function listApiKeys(db: Db, companyId: number): Promise<ApiKeyInfo[]> {
  return db.query<ApiKeyInfo>({
    text: `SELECT id, name, hint, created_at AS "createdAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"
      FROM api_key WHERE company_id = $1 ORDER BY id DESC LIMIT 1000`,
    values: [companyId],
  })
}

/** False when the company has no such key. A second revocation keeps the time of the first. */
export async function revokeApiKey(db: Db, companyId: number, id: number, at: Date): Promise<boolean> {
  const rows = await db.query({
    text: `UPDATE api_key SET revoked_at = coalesce(revoked_at, $3)
      WHERE id = $1 AND company_id = $2 RETURNING id`,
    values: [id, companyId, at],
  })
  return rows.length > 0
}

/** Notes a use, at most once a minute however many processes see the key. */
export async function touchApiKey(db: Db, id: number, at: Date): Promise<void> {
  await db.query({
    text: `UPDATE api_key SET last_used_at = $2
      WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $2::timestamptz - interval '1 minute')`,
    values: [id, at],
  })
}
