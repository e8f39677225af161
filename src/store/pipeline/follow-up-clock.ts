import { DELETED_STAGE } from '../../core/lead/board-stage.ts'
import { REQUIRES_ACTION } from '../../core/lead/events.ts'
import type { Db, Tx } from '../database.ts'

/** Any fixed number: it only has to be the same in every process, and no other lock's. */
const CLOCK_LOCK = '7233914'
/**
 * A pass of the relay that runs while we look may leave a due time to us that we cannot see yet. Whatever fell due so
 * long before the last look is looked at once more; a pass takes no longer.
 */
const OVERLAP = "interval '2 minutes'"
/** After days without a server what fell due is told in pieces. */
const STRETCH_MAX = "interval '6 hours'"
/** However far the next due time, as one may come nearer. */
const PAUSE_MAX = "interval '30 seconds'"

/** Milliseconds until it is worth looking for due times; below 0 when it was before. */
export async function findNextLook(db: Db): Promise<number> {
  const [row] = await db.query<{ milliseconds: number }>({
    name: 'find-next-look',
    text: `SELECT (extract(epoch FROM next_look_at - clock_timestamp()) * 1000)::float8 AS milliseconds
      FROM follow_up_clock`,
  })
  return row?.milliseconds ?? 0
}

/** True when no other process looks for due times; it then does not until the transaction ends. */
export async function lockFollowUpClock(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>({
    name: 'lock-follow-up-clock',
    text: 'SELECT pg_try_advisory_xact_lock($1::bigint) AS locked',
    values: [CLOCK_LOCK],
  })
  return row?.locked === true
}

/** Cards of one company that fall due within the look or before the next; by the index, so that no table is read whole. */
const OF_COMPANY = `SELECT lead_id, revision, stage, action_due_at, told_due_at FROM lead_card AS card
    WHERE card.company_id = company.id AND card.action_due_at > span.since
      AND card.action_due_at <= span.until + ${PAUSE_MAX}
    OFFSET 0`

/** What one look came to. */
export interface ClockLook {
  readonly hints: number
  /** There is more to look through, of the time that no server ran. */
  readonly isBehind: boolean
}

/**
 * Looks for leads whose due time has come and was not told, and hints at each with a row of the outbox: the relay's pass
 * that takes it decides, and tells. Hinting twice does no harm.
 */
export async function hintDueLeads(tx: Tx): Promise<ClockLook> {
  const [row] = await tx.query<ClockLook>({
    name: 'hint-due-leads',
    text: `WITH span AS MATERIALIZED (
        SELECT looked_until - ${OVERLAP} AS since, least(statement_timestamp(), looked_until + ${STRETCH_MAX}) AS until
        FROM follow_up_clock
      ), card AS MATERIALIZED (
        SELECT company.id AS company_id, card.* FROM span CROSS JOIN company CROSS JOIN LATERAL (${OF_COMPANY}) AS card
        WHERE card.stage <> '${DELETED_STAGE}'
          AND card.told_due_at IS DISTINCT FROM card.action_due_at
      ), hints AS (
        INSERT INTO outbox (company_id, lead_id, revision, event, at, stage, search)
        SELECT company_id, lead_id, revision, '${REQUIRES_ACTION}', statement_timestamp(), stage, false
        FROM card, span WHERE action_due_at <= span.until ORDER BY action_due_at
        RETURNING 1
      ), looked AS (
        UPDATE follow_up_clock SET looked_until = span.until, next_look_at = least(span.until + ${PAUSE_MAX},
          (SELECT min(action_due_at) FROM card, span WHERE action_due_at > span.until))
        FROM span
      )
      SELECT (SELECT count(*) FROM hints) AS hints, until < statement_timestamp() AS "isBehind" FROM span`,
  })
  return row ?? { hints: 0, isBehind: false }
}
