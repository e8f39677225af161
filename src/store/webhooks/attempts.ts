import type { AttemptOutcome } from '../../core/webhooks/events.ts'
import type { Db } from '../database.ts'
import type { EndpointKey } from './endpoints.ts'

/** One call to an endpoint, as the log keeps it. Instants are ISO text. */
export interface AttemptRow {
  readonly id: number
  readonly at: string
  readonly messageId: string
  /** 0 for a message of no lead. */
  readonly leadId: number
  readonly revision: number
  readonly event: string
  readonly eventAt: string
  readonly attempt: number
  readonly outcome: AttemptOutcome
  readonly status: number | null
  readonly error: string | null
  readonly milliseconds: number
  readonly nextAt: string | null
}

export interface AnsweredAttemptRow extends AttemptRow {
  readonly answer: string | null
}

const COLUMNS = `id, at, message_id AS "messageId", lead_id AS "leadId", revision, event, event_at AS "eventAt",
  attempt, outcome, status, error, milliseconds, next_at AS "nextAt"`

/** Which attempts are wanted; null: all. */
export interface AttemptFilter {
  readonly outcomes: readonly AttemptOutcome[] | null
  readonly event: string | null
  readonly leadId: number | null
}

export interface AttemptWalk {
  readonly beforeId: number
  readonly limit: number
  /** Rows of the log that are looked at, at most: a filter that lets few through must not read 30 days at once. */
  readonly scan: number
}

export interface WalkedAttempts {
  readonly attempts: readonly AttemptRow[]
  /** Where the walk has come to when it is not at the end of the log; else null. */
  readonly lastId: number | null
}

/** The attempts of an endpoint below an id that a filter lets through, newest first. */
export async function walkAttempts(
  db: Db,
  { companyId, endpointId }: EndpointKey,
  { outcomes, event, leadId }: AttemptFilter,
  { beforeId, limit, scan }: AttemptWalk,
): Promise<WalkedAttempts> {
  // Failures, and what was said of one lead, have an index of their own: then the walk meets little else.
  const onlyBad = outcomes === null || outcomes.includes('delivered') ? '' : `AND outcome <> 'delivered'`
  const rows = await db.query<AttemptRow & { fits: boolean; n: number }>({
    text: `SELECT ${COLUMNS}, fits, n FROM (
        SELECT *, ($4::text[] IS NULL OR outcome = ANY ($4)) AND ($5::text IS NULL OR event = $5) AS fits,
          row_number() OVER (ORDER BY id DESC) AS n
        FROM (
          SELECT * FROM webhook_attempt
          WHERE company_id = $1 AND endpoint_id = $2 AND id < $3 AND ($6::bigint IS NULL OR lead_id = $6) ${onlyBad}
          ORDER BY id DESC LIMIT $7) AS seen
      ) AS walked
      WHERE fits OR n = $7 ORDER BY id DESC LIMIT $8`,
    values: [companyId, endpointId, beforeId, outcomes, event, leadId, scan, limit + 1],
  })
  const found = rows.filter(({ fits }) => fits).map(({ fits: _, n: __, ...row }) => row)
  const attempts = found.slice(0, limit)
  if (found.length > limit) return { attempts, lastId: attempts.at(-1)?.id ?? null }
  return { attempts, lastId: rows.find(({ n }) => n === scan)?.id ?? null }
}

/** One attempt with the start of what was answered. */
export async function findAttempt(db: Db, key: EndpointKey, id: number): Promise<AnsweredAttemptRow | null> {
  const [row] = await db.query<AnsweredAttemptRow>({
    text: `SELECT ${COLUMNS}, answer FROM webhook_attempt WHERE company_id = $1 AND endpoint_id = $2 AND id = $3`,
    values: [key.companyId, key.endpointId, id],
  })
  return row ?? null
}
