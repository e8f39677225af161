import type { Db, Tx } from '../database.ts'
import type { UserRole } from './users.ts'

export interface NewSessionRow {
  readonly tokenHash: Buffer
  readonly userId: number
  readonly at: Date
  readonly expiresAt: Date
  readonly userAgent: string
  readonly clientNetwork: string
}

export async function insertSession(db: Db, session: NewSessionRow): Promise<void> {
  await db.query({
    text: `WITH seen AS (UPDATE app_user SET last_seen_at = $3 WHERE id = $2)
      INSERT INTO app_session (token_hash, user_id, created_at, last_seen_at, expires_at, user_agent, client_network)
      VALUES ($1, $2, $3, $3, $4, $5, $6)`,
    values: [
      session.tokenHash,
      session.userId,
      session.at,
      session.expiresAt,
      session.userAgent,
      session.clientNetwork,
    ],
  })
}

/** The user of a session, as they are now. */
export interface SessionRow {
  readonly userId: number
  readonly companyId: number | null
  readonly name: string
  readonly email: string
  readonly role: UserRole
  readonly twoFactor: boolean
  /** ISO instant. */
  readonly expiresAt: string
}

/** A session that is not over, of a user who is active. */
export async function findLiveSession(
  db: Db,
  tokenHash: Buffer,
  { now, seenSince }: { readonly now: Date; readonly seenSince: Date },
): Promise<SessionRow | null> {
  const [row] = await db.query<SessionRow>({
    name: 'find-live-session',
    text: `SELECT u.id AS "userId", u.company_id AS "companyId", u.name, u.email, u.role,
        u.totp_confirmed_at IS NOT NULL AS "twoFactor", s.expires_at AS "expiresAt"
      FROM app_session s JOIN app_user u ON u.id = s.user_id
      WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3 AND u.active`,
    values: [tokenHash, now, seenSince],
  })
  return row ?? null
}

/** Notes that a session is in use, at most once a minute however many processes see it. */
export async function touchSession(db: Db, tokenHash: Buffer, at: Date): Promise<void> {
  await db.query({
    text: `WITH seen AS (
        UPDATE app_session SET last_seen_at = $2
          WHERE token_hash = $1 AND last_seen_at <= $2::timestamptz - interval '1 minute' RETURNING user_id)
      UPDATE app_user SET last_seen_at = $2 FROM seen WHERE id = seen.user_id`,
    values: [tokenHash, at],
  })
}

/** Gives the user whose session it was; null when there is none. */
export async function deleteSession(db: Db, tokenHash: Buffer): Promise<number | null> {
  const [row] = await db.query<{ userId: number }>({
    text: 'DELETE FROM app_session WHERE token_hash = $1 RETURNING user_id AS "userId"',
    values: [tokenHash],
  })
  return row?.userId ?? null
}

/** Ends every session of a user, and whatever was about to become one or to change the password. */
export async function deleteSessionsOf(tx: Tx, userId: number): Promise<void> {
  await tx.query({
    text: `WITH challenges AS (DELETE FROM login_challenge WHERE user_id = $1),
        resets AS (DELETE FROM password_reset WHERE user_id = $1)
      DELETE FROM app_session WHERE user_id = $1`,
    values: [userId],
  })
}
