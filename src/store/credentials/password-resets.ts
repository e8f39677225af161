import type { Db, Tx } from '../database.ts'

export async function insertPasswordReset(
  db: Db,
  { tokenHash, userId, expiresAt }: { readonly tokenHash: Buffer; readonly userId: number; readonly expiresAt: Date },
): Promise<void> {
  await db.query({
    text: 'INSERT INTO password_reset (token_hash, user_id, expires_at) VALUES ($1, $2, $3)',
    values: [tokenHash, userId, expiresAt],
  })
}

/** The active user of a link that is not over. */
export async function findPasswordReset(db: Db, tokenHash: Buffer, now: Date): Promise<number | null> {
  const [row] = await db.query<{ userId: number }>({
    text: `SELECT u.id AS "userId" FROM password_reset r JOIN app_user u ON u.id = r.user_id
      WHERE r.token_hash = $1 AND r.expires_at > $2 AND u.active`,
    values: [tokenHash, now],
  })
  return row?.userId ?? null
}

/** Uses a link up; false when it was used meanwhile. */
export async function deletePasswordReset(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const rows = await tx.query({
    text: 'DELETE FROM password_reset WHERE token_hash = $1 RETURNING 1',
    values: [tokenHash],
  })
  return rows.length > 0
}
