import type { Db } from '../database.ts'

/** Removes up to `limit` rows of the log of calls from before an instant; gives how many. */
export async function deleteOldAttempts(db: Db, before: Date, limit: number): Promise<number> {
  const rows = await db.query({
    text: `DELETE FROM webhook_attempt WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM webhook_attempt WHERE at < $1 LIMIT $2)) RETURNING 1`,
    values: [before, limit],
  })
  return rows.length
}

/** Removes secrets that have stopped signing. */
export async function deleteExpiredSecrets(db: Db, now: Date): Promise<void> {
  await db.query({ text: 'DELETE FROM webhook_secret WHERE expires_at <= $1', values: [now] })
}

/**
 * What a deleted endpoint may leave behind, as a pass of the relay or a call may have been under way; each with the
 * condition of an index that begins with the endpoint.
 */
const LEFT_BEHIND = [
  ['webhook_delivery', 'NOT waiting'],
  ['webhook_delivery', 'waiting'],
  ['webhook_attempt', 'true'],
] as const

/** Removes up to `limit` rows each of endpoints that are not there any more; true when there may be more. */
export async function deleteLeftBehind(db: Db, limit: number): Promise<boolean> {
  let isFull = false
  for (const [table, condition] of LEFT_BEHIND) {
    const rows = await db.query({
      // The endpoints that rows tell of are found one by one, by walking the index from each to the next.
      text: `WITH RECURSIVE told AS (
          (SELECT company_id, endpoint_id FROM ${table} WHERE ${condition} ORDER BY company_id, endpoint_id LIMIT 1)
          UNION ALL
          SELECT next.company_id, next.endpoint_id FROM told CROSS JOIN LATERAL (
            SELECT company_id, endpoint_id FROM ${table}
            WHERE ${condition} AND (company_id, endpoint_id) > (told.company_id, told.endpoint_id)
            ORDER BY company_id, endpoint_id LIMIT 1) AS next
        ), orphaned AS (
          SELECT * FROM told WHERE NOT EXISTS (
            SELECT 1 FROM webhook_endpoint AS one WHERE one.company_id = told.company_id AND one.id = told.endpoint_id)
        )
        DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
          SELECT left_behind.place FROM orphaned CROSS JOIN LATERAL (
            SELECT ctid AS place FROM ${table}
            WHERE ${condition} AND company_id = orphaned.company_id AND endpoint_id = orphaned.endpoint_id
            LIMIT $1) AS left_behind
          LIMIT $1))
        RETURNING 1`,
      values: [limit],
    })
    isFull ||= rows.length === limit
  }
  return isFull
}
