import type { Db } from '../database.ts'

/** Sessions, challenges and links that are over. */
const TABLES = ['app_session', 'login_challenge', 'password_reset', 'invitation'] as const

/** Deletes what opens nothing any more. */
export async function deleteExpired(db: Db, now: Date): Promise<void> {
  for (const table of TABLES) {
    await db.query({ text: `DELETE FROM ${table} WHERE expires_at <= $1`, values: [now] })
  }
}
