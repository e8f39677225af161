import type { Db } from '../database.ts'

export interface OutboxLag {
  /** Changes that lists do not show yet, counted up to the limit. */
  readonly depth: number
  /** Seconds since the oldest of them; 0 when there is none. */
  readonly seconds: number
}

/** What waits in the outbox; quiet history has no age, as its instants are long past. */
export async function findOutboxLag(db: Db, limit: number): Promise<OutboxLag> {
  const [row] = await db.query<OutboxLag>({
    name: 'find-outbox-lag',
    text: `SELECT count(*)::integer AS depth,
        coalesce(extract(epoch FROM now() - min(at) FILTER (WHERE NOT quiet)), 0)::float8 AS seconds
      FROM (SELECT at, quiet FROM outbox ORDER BY id LIMIT $1) AS oldest`,
    values: [limit],
  })
  return row ?? { depth: 0, seconds: 0 }
}
