import type { Db } from './database.ts'

/** Deletes up to `limit` stored answers made before an instant; resolves to how many there were. */
export async function forgetAnswers(db: Db, before: string, limit: number): Promise<number> {
  const rows = await db.query<{ n: number }>({
    text: `WITH old AS (
        SELECT company_id, face, key FROM idempotency WHERE created_at < $1
        ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM idempotency USING old
        WHERE idempotency.company_id = old.company_id AND idempotency.face = old.face AND idempotency.key = old.key
        RETURNING 1
      )
      SELECT count(*) AS n FROM gone`,
    values: [before, limit],
  })
  return rows[0]?.n ?? 0
}
