import type { Db } from '../database.ts'

export interface NewTokenRow {
  readonly id: string
  readonly companyId: number
  readonly name: string
  readonly tokenHash: Buffer
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function insertToken(db: Db, token: NewTokenRow): Promise<void> {
  await db.query({
    text: `INSERT INTO api_token (id, company_id, name, token_hash, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [token.id, token.companyId, token.name, token.tokenHash, token.createdAt, token.expiresAt],
  })
}

export interface LiveTokenRow {
  readonly companyId: number
  readonly name: string
  readonly tokenHash: Buffer
}

/** A token that is not revoked. Whether it has expired is its own signed claim. */
export async function findLiveToken(db: Db, id: string): Promise<LiveTokenRow | null> {
  const [row] = await db.query<LiveTokenRow>({
    name: 'find-live-token',
    text: `SELECT company_id AS "companyId", name, token_hash AS "tokenHash"
      FROM api_token WHERE id = $1 AND revoked_at IS NULL`,
    values: [id],
  })
  return row ?? null
}

/** What an office may see of a token; the token itself is nowhere. Instants are ISO text. */
export interface TokenInfo {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly revokedAt: string | null
  readonly lastUsedAt: string | null
}

/** The newest 1,000 tokens of a company, revoked ones included. */
export function listTokens(db: Db, companyId: number): Promise<TokenInfo[]> {
  return db.query<TokenInfo>({
    text: `SELECT id, name, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt",
        last_used_at AS "lastUsedAt"
      FROM api_token WHERE company_id = $1 ORDER BY created_at DESC, id LIMIT 1000`,
    values: [companyId],
  })
}

/** False when the company has no such token. A second revocation keeps the time of the first. */
export async function revokeToken(db: Db, companyId: number, id: string, at: Date): Promise<boolean> {
  const rows = await db.query({
    text: `UPDATE api_token SET revoked_at = coalesce(revoked_at, $3)
      WHERE id = $1 AND company_id = $2 RETURNING id`,
    values: [id, companyId, at],
  })
  return rows.length > 0
}

/** Notes a use, at most once a minute however many processes see the token. */
export async function touchToken(db: Db, id: string, at: Date): Promise<void> {
  await db.query({
    text: `UPDATE api_token SET last_used_at = $2
      WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $2::timestamptz - interval '1 minute')`,
    values: [id, at],
  })
}
