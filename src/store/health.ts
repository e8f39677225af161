import type { ConnectionStanding } from '../core/sync/connection-state.ts'
import type { Db } from './database.ts'

export interface QueueDepth {
  /** Deliveries that wait, of each endpoint counted up to the bound. */
  readonly waiting: number
  /** Those of them that have failed and are to be tried again, or stand behind such a one. */
  readonly held: number
  /** Seconds since the oldest of those that were counted happened; 0 when none waits. */
  readonly seconds: number
}

/** The queues of all endpoints in force, each by its index: what waits at one that is switched off is in no hurry. */
export async function measureAllQueues(db: Db, bound: number): Promise<QueueDepth> {
  const [row] = await db.query<QueueDepth>({
    name: 'measure-all-queues',
    text: `SELECT coalesce(sum(fresh.n + held.n), 0)::integer AS waiting, coalesce(sum(held.n), 0)::integer AS held,
        coalesce(extract(epoch FROM now() - least(min(fresh.oldest), min(held.oldest))), 0)::float8 AS seconds
      FROM webhook_endpoint AS endpoint
      CROSS JOIN LATERAL (
        SELECT count(*) AS n, min(at) AS oldest FROM (
          SELECT at FROM webhook_delivery AS one
          WHERE one.company_id = endpoint.company_id AND one.endpoint_id = endpoint.id AND NOT waiting
          ORDER BY id LIMIT $1) AS these
      ) AS fresh
      CROSS JOIN LATERAL (
        SELECT count(*) AS n, min(at) AS oldest FROM (
          SELECT at FROM webhook_delivery AS one
          WHERE one.company_id = endpoint.company_id AND one.endpoint_id = endpoint.id AND waiting
          ORDER BY lead_id, id LIMIT $1) AS these
      ) AS held
      WHERE endpoint.disabled_at IS NULL`,
    values: [bound],
  })
  return row ?? { waiting: 0, held: 0, seconds: 0 }
}

/** How many endpoints are in force, and how many are switched off for which reason. */
export function countEndpointStates(db: Db): Promise<{ readonly state: string; readonly count: number }[]> {
  return db.query({
    name: 'count-endpoint-states',
    text: `SELECT CASE WHEN disabled_reason IS NOT NULL THEN disabled_reason
          WHEN failing_since IS NOT NULL THEN 'in-trouble' ELSE 'on' END AS state, count(*)::integer AS count
      FROM webhook_endpoint GROUP BY 1`,
  })
}

/** What tells how each connection of the installation is doing. */
export function listStandings(db: Db): Promise<ConnectionStanding[]> {
  return db.query<ConnectionStanding>({
    name: 'list-standings',
    text: `SELECT kind, enabled, imported_at AS "importedAt", next_run_at AS "nextRunAt", failures,
        broken_until AS "brokenUntil", limited_until AS "limitedUntil", last_error AS "lastError"
      FROM connection`,
  })
}
