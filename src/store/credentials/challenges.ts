import type { Db } from '../database.ts'
import type { UserRole } from './users.ts'

export interface NewChallengeRow {
  readonly tokenHash: Buffer
  readonly userId: number
  readonly passwordHash: string
  readonly expiresAt: Date
}

export async function insertChallenge(db: Db, challenge: NewChallengeRow): Promise<void> {
  await db.query({
    text: `INSERT INTO login_challenge (token_hash, user_id, password_hash, expires_at) VALUES ($1, $2, $3, $4)`,
    values: [challenge.tokenHash, challenge.userId, challenge.passwordHash, challenge.expiresAt],
  })
}

/** Whose code is awaited. */
export interface ChallengeRow {
  readonly userId: number
  readonly role: UserRole
  readonly totpSecret: Buffer
}

/** A challenge that is not over, of an active user whose password and second factor are still those. */
export async function findChallenge(db: Db, tokenHash: Buffer, now: Date): Promise<ChallengeRow | null> {
  const [row] = await db.query<ChallengeRow>({
    text: `SELECT u.id AS "userId", u.role, u.totp_secret AS "totpSecret"
      FROM login_challenge c JOIN app_user u ON u.id = c.user_id
      WHERE c.token_hash = $1 AND c.expires_at > $2 AND u.active AND u.password_hash = c.password_hash
        AND u.totp_confirmed_at IS NOT NULL`,
    values: [tokenHash, now],
  })
  return row ?? null
}

/** False when the challenge was used meanwhile: of two answers at once, one opens a session. */
export async function deleteChallenge(db: Db, tokenHash: Buffer): Promise<boolean> {
  const rows = await db.query({
    text: 'DELETE FROM login_challenge WHERE token_hash = $1 RETURNING 1',
    values: [tokenHash],
  })
  return rows.length > 0
}
