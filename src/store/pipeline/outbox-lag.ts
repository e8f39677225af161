import type { Db } from '../database.ts'

export interface OutboxLag {
  /** Changes that lists do not show yet, counted up to the limit. */
  readonly depth: number
  /** Seconds since the oldest of them; 0 when there is none. */
  readonly seconds: number
}

/** Rows of all companies among which those of one are looked for: at the oldest end, as the relay takes them. */
const LOOKED_THROUGH = 20_000

/** The same of one company, looked for among the oldest rows only. */
export async function findCompanyLag(db: Db, companyId: number): Promise<OutboxLag> {
  const [row] = await db.query<OutboxLag>({
    name: 'find-company-lag',
    text: `SELECT count(*)::integer AS depth,
        coalesce(extract(epoch FROM now() - min(at) FILTER (WHERE NOT quiet)), 0)::float8 AS seconds
      FROM (SELECT company_id, at, quiet FROM outbox ORDER BY id LIMIT ${LOOKED_THROUGH}) AS oldest
      WHERE company_id = $1`,
    values: [companyId],
  })
  return row ?? { depth: 0, seconds: 0 }
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
