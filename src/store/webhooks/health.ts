import type { AttemptOutcome } from '../../core/webhooks/events.ts'
import type { Db } from '../database.ts'

/** How far the queue of an endpoint has grown, counted up to a bound. */
export interface QueueHealth {
  readonly endpointId: number
  readonly waiting: number
  /** When the oldest of those that were counted happened. */
  readonly oldestAt: string | null
}

/** The queue of each endpoint of a company; at most `bound` rows of each are counted. */
export function measureQueues(db: Db, companyId: number, bound: number): Promise<QueueHealth[]> {
  return db.query<QueueHealth>({
    name: 'measure-webhook-queues',
    text: `SELECT endpoint.id AS "endpointId", queue.waiting, queue.oldest AS "oldestAt"
      FROM webhook_endpoint AS endpoint CROSS JOIN LATERAL (
        SELECT count(*) AS waiting, min(at) AS oldest FROM (
          (SELECT at FROM webhook_delivery AS fresh
            WHERE fresh.company_id = endpoint.company_id AND fresh.endpoint_id = endpoint.id AND NOT waiting
            ORDER BY id LIMIT $2)
          UNION ALL
          (SELECT at FROM webhook_delivery AS held
            WHERE held.company_id = endpoint.company_id AND held.endpoint_id = endpoint.id AND waiting
            ORDER BY lead_id, id LIMIT $2)
        ) AS counted
      ) AS queue
      WHERE endpoint.company_id = $1`,
    values: [companyId, bound],
  })
}

/** What came of the calls of late. */
export interface CallHealth {
  readonly endpointId: number
  readonly delivered: number
  readonly failed: number
  /** When the oldest call that was counted began; null when none was. */
  readonly firstAt: string | null
  /** The last call of all, however long ago. */
  readonly lastAt: string | null
  readonly lastOutcome: AttemptOutcome | null
  readonly lastStatus: number | null
}

/** The newest calls to each endpoint of a company since an instant, at most `bound` of each. */
export function measureCalls(
  db: Db,
  companyId: number,
  { since, bound }: { readonly since: Date; readonly bound: number },
): Promise<CallHealth[]> {
  return db.query<CallHealth>({
    name: 'measure-webhook-calls',
    text: `SELECT endpoint.id AS "endpointId", late.delivered, late.failed, late.first AS "firstAt",
        last.at AS "lastAt", last.outcome AS "lastOutcome", last.status AS "lastStatus"
      FROM webhook_endpoint AS endpoint
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE outcome = 'delivered') AS delivered,
          count(*) FILTER (WHERE outcome <> 'delivered') AS failed, min(at) AS first
        FROM (
          SELECT at, outcome FROM webhook_attempt AS attempt
          WHERE attempt.company_id = endpoint.company_id AND attempt.endpoint_id = endpoint.id
          ORDER BY id DESC LIMIT $3) AS newest
        WHERE at >= $2
      ) AS late
      LEFT JOIN LATERAL (
        SELECT at, outcome, status FROM webhook_attempt AS attempt
        WHERE attempt.company_id = endpoint.company_id AND attempt.endpoint_id = endpoint.id
        ORDER BY id DESC LIMIT 1
      ) AS last ON true
      WHERE endpoint.company_id = $1`,
    values: [companyId, since, bound],
  })
}
