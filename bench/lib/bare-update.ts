import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import type { DatabaseAddress } from './cluster.ts'
import type { PgbenchResult } from './pgbench.ts'
import { drawTarget, FIRST_LEAD_ID, FIRST_WORKED_KIND, KINDS, roundSize, type Shape } from './shape.ts'

/*
 * The baseline: a status report as PostgreSQL does it best with one transaction a request, which is one statement. It
 * updates the lead under the rules' conditions, writes the timeline row with old and new values and the outbox row, and
 * gives the whole lead back. Its outbox is a table of its own, so that no server of the same run works for it. It does no authentication, rate window, Idempotency-Key or HTTP, so it does less.
 */

const STATUSES =
  "ARRAY['HOMEOWNER_CONTACTED', 'MEETUP_SCHEDULED', 'QUOTE_SENT', 'JOB_PENDING_DECISION', 'REACHED_OUT_TO_HOMEOWNER', 'CONTACT_MADE', 'ESTIMATE_PROVIDED', 'LEAD_LOST']"
const REASONS =
  "ARRAY['Called in the morning, no answer yet.', 'Homeowner would like to see samples before deciding.', 'Left a message and sent an e-mail with our references.', 'Asked for a second quote with quartz counters.', 'Meeting at the house went well; the quote follows this week.']"
export const BARE_OUTBOX = 'bench_outbox'
export const MAKE_BARE_OUTBOX = `DROP TABLE IF EXISTS ${BARE_OUTBOX}; CREATE TABLE ${BARE_OUTBOX} (LIKE outbox INCLUDING ALL)`
/** Behind the measured time, for the lists of the servers that work on the same store. */
export const TELL_BARE_UPDATES = `INSERT INTO outbox (company_id, lead_id, revision, event, at)
  SELECT company_id, lead_id, revision, event, at FROM ${BARE_OUTBOX} ORDER BY id`
const STATUS_COUNT = 8
const REASON_COUNT = 5

interface Parameters {
  readonly company: string
  readonly lead: string
  /** 1 to 8. */
  readonly status: string
  /** 1 to 5. */
  readonly reason: string
}

function updateSql({ company, lead, status, reason }: Parameters): string {
  return `WITH changed AS (
    UPDATE lead SET revision = revision + 1, modified_at = now(), status_at = now(),
      status = (${STATUSES})[${status}::integer], reason = (${REASONS})[${reason}::integer],
      meeting_date = CASE WHEN ${status}::integer = 2 THEN date '2026-06-15' ELSE meeting_date END,
      job_amount = NULL, start_date = NULL, completion_date = NULL, start_date_tbd = NULL, completion_date_tbd = NULL,
      contact_method = CASE WHEN ${status}::integer IN (5, 6) THEN 'PHONE_CALL' END,
      estimate_type = CASE WHEN ${status}::integer = 7 THEN 'EMAILED_ESTIMATE' END,
      lost_reason = CASE WHEN ${status}::integer = 8 THEN 'PRICE' END,
      last_open = CASE WHEN ${status}::integer = 8 THEN jsonb_build_object('status', status, 'reason', reason) END,
      action_due_at = now() + interval '7 days'
    WHERE company_id = ${company} AND id = ${lead} AND action = 'ACCEPTED' AND deleted_at IS NULL
      AND status NOT IN ('JOB_WON', 'LEAD_WON')
    RETURNING old.status AS old_status, old.reason AS old_reason, new.*
  ), told AS (
    INSERT INTO timeline (company_id, lead_id, revision, at, event, face, actor_kind, actor_id, actor_name, changes)
    SELECT company_id, id, revision, modified_at, 'lead.status_changed', 'renovationfind', 'token',
      '00000000-0000-4000-8000-000000000000', 'Measuring',
      json_build_object('status', json_build_object('old', old_status, 'new', status),
        'reason', json_build_object('old', old_reason, 'new', reason))
    FROM changed
  ), announced AS (
    INSERT INTO ${BARE_OUTBOX} (company_id, lead_id, revision, event, at)
    SELECT company_id, id, revision, 'lead.status_changed', modified_at FROM changed
  )
  SELECT * FROM changed`
}

/** The pgbench script: draws a lead by the shape's arithmetic, then the one statement. */
export function bareUpdateScript(): string {
  const statement = updateSql({ company: ':company', lead: ':lead', status: ':status', reason: ':reason' })
  return [
    '\\set place random(0, :size - 1)',
    `\\set kind random(${FIRST_WORKED_KIND}, ${KINDS - 1})`,
    `\\set round ${KINDS} * random(0, :cycles - 1) + mod(:kind - :place + ${KINDS} * :size, ${KINDS})`,
    '\\set company :first_company + case when :place < :big then 0 else :place - :big + 1 end',
    `\\set lead ${FIRST_LEAD_ID} + :round * :size + :place`,
    `\\set status random(1, ${STATUS_COUNT})`,
    `\\set reason random(1, ${REASON_COUNT})`,
    `${statement};`,
  ].join('\n')
}

/** What the script expects to be defined. */
export function bareUpdateDefines(shape: Shape, firstCompanyId: number): Record<string, number> {
  const { cycles, bigLeads } = shape
  return { size: roundSize(shape), cycles, big: bigLeads, first_company: firstCompanyId }
}

export interface BareUpdateOptions {
  readonly address: DatabaseAddress
  readonly shape: Shape
  readonly firstCompanyId: number
  readonly clients: number
  readonly seconds: number
}

/** The same statement from this process, for a machine without pgbench. The client costs more, so it understates. */
export async function runBareUpdates(options: BareUpdateOptions): Promise<PgbenchResult> {
  const { address, shape, firstCompanyId, clients, seconds } = options
  const pool = new pg.Pool({ ...address, max: clients })
  const text = updateSql({ company: '$1::bigint', lead: '$2::bigint', status: '$3', reason: '$4' })
  const sessions = await Promise.all(Array.from({ length: clients }, () => pool.connect()))
  const startsAt = performance.now()
  const endsAt = startsAt + seconds * 1000
  let transactions = 0
  const work = async (session: pg.PoolClient, number: number) => {
    const random = makeSeededRandom(startsAt * 1000 + number)
    while (performance.now() < endsAt) {
      const { company, leadId } = drawTarget(shape, random.integer)
      const values = [
        firstCompanyId + company,
        leadId,
        random.integer(1, STATUS_COUNT),
        random.integer(1, REASON_COUNT),
      ]
      await session.query({ name: 'bare-update', text, values })
      transactions += 1
    }
    session.release()
  }
  await Promise.all(sessions.map(work))
  const elapsedSeconds = (performance.now() - startsAt) / 1000
  await pool.end()
  const transactionsPerSecond = transactions / elapsedSeconds
  return { transactionsPerSecond, latencyMs: (1000 * clients) / transactionsPerSecond, transactions }
}
