import { DELETED_STAGE } from '../../core/lead/board-stage.ts'
import { BOARD_STAGES, type BoardStage } from '../../core/lead/status-rules.ts'
import type { Money } from '../../lib/decimal.ts'
import type { Db } from '../database.ts'
import { makeValues, type Values } from './card-filter.ts'

/** Whose leads are told of: created, or won, in a period, and of one assignee, of nobody, or of all. */
export interface StatisticsScope {
  readonly companyId: number
  /** Instants: from the first on, before the second. */
  readonly from: string
  readonly until: string
  readonly assigneeId: number | null
  readonly unassigned: boolean
}

/**
 * Leads at one stage: of all, of one source or category, or that were lost for one reason; or those, wherever they are,
 * that have stood at the same stages: bit i of their key is of BOARD_STAGES[i].
 */
export interface StageCell {
  readonly by: 'stage' | 'source' | 'category' | 'lostReason' | 'reached'
  readonly key: string | null
  readonly stage: string | null
  readonly leads: number
  readonly amount: Money
  /** Of a lead, to the cent. */
  readonly average: Money
}

const CREATED = { stages: BOARD_STAGES, at: 'created_at' } as const
const WON = { stages: ['Won'], at: 'closed_at' } as const

function scopeConditions(
  scope: StatisticsScope,
  values: Values,
  { stages, at }: { stages: readonly BoardStage[]; at: 'created_at' | 'closed_at' } = CREATED,
): string {
  const { companyId, from, until, assigneeId, unassigned } = scope
  const conditions = [
    `c.company_id = ${values.add(companyId)}::bigint`,
    `c.stage = ANY (${values.add(stages)}::text[])`,
    `c.${at} >= ${values.add(from)}::timestamptz`,
    `c.${at} < ${values.add(until)}::timestamptz`,
  ]
  if (assigneeId !== null) conditions.push(`c.assignee_id = ${values.add(assigneeId)}::bigint`)
  if (unassigned) conditions.push('c.assignee_id IS NULL')
  return conditions.join(' AND ')
}

/** All that is counted of the cards themselves, in one reading. */
export function countByStage(db: Db, scope: StatisticsScope): Promise<StageCell[]> {
  const values = makeValues()
  const where = scopeConditions(scope, values)
  const text = `WITH cell AS MATERIALIZED (
      SELECT c.stage, c.source, c.category, c.lost_reason, c.reached,
        count(*) AS leads, coalesce(sum(c.amount), 0) AS amount
      FROM lead_card AS c WHERE ${where} GROUP BY 1, 2, 3, 4, 5)
    SELECT CASE grouping(source, category, lost_reason, reached)
        WHEN 7 THEN 'source' WHEN 11 THEN 'category' WHEN 13 THEN 'lostReason' WHEN 14 THEN 'reached'
        ELSE 'stage' END AS "by",
      coalesce(source, category, lost_reason, reached::text) AS key, stage,
      sum(leads)::bigint AS leads, sum(amount)::numeric(20, 2) AS amount, round(sum(amount) / sum(leads), 2) AS average
    FROM cell GROUP BY GROUPING SETS
      ((stage), (stage, source), (stage, category), (stage, lost_reason), (reached))`
  return db.query<StageCell>({ text, values: values.all })
}

export interface MonthOfWins {
  /** YYYY-MM, of the company's calendar. */
  readonly month: string
  readonly leads: number
  readonly amount: Money
}

/** Months with a win, the first first. What was won in the period counts, whenever its lead was created. */
export function winsByMonth(db: Db, scope: StatisticsScope, timeZone: string): Promise<MonthOfWins[]> {
  const values = makeValues()
  const where = scopeConditions(scope, values, WON)
  const text = `SELECT to_char(c.closed_at AT TIME ZONE ${values.add(timeZone)}, 'YYYY-MM') AS month,
      count(*) AS leads, coalesce(sum(c.amount), 0)::numeric(20, 2) AS amount
    FROM lead_card AS c WHERE ${where} GROUP BY 1 ORDER BY 1`
  return db.query<MonthOfWins>({ text, values: values.all })
}

/** A spread of durations in seconds. */
export interface Spread {
  readonly count: number
  readonly median: number | null
  readonly p90: number | null
}

/*
 * Durations are taken by the minute, and above two days by the hour, in the middle of each. So there are few of them, to
 * be sorted and counted, however many leads there are; the middle one and the ninth of ten are found among them as
 * percentile_cont finds them.
 */
function step(seconds: string): string {
  return `CASE WHEN ${seconds} < 172800 THEN floor(${seconds} / 60) * 60 + 30 ELSE floor(${seconds} / 3600) * 3600 + 1800 END`
}

function percentile(share: number): string {
  const place = `(${share} * (max(total) - 1))`
  const at = (rounded: string) => `min(step) FILTER (WHERE upto > ${rounded})`
  // The aggregate's own place is the same for each of its rows, so it is worked out beside them.
  return `${at(`floor(${share} * (total - 1))`)} * (ceil(${place}) - ${place} + (floor(${place}) = ${place})::integer)
    + ${at(`ceil(${share} * (total - 1))`)} * (${place} - floor(${place}))`
}

/** The spread of `steps` (columns grp, step and leads) within each group. */
function spreads(steps: string): string {
  return `SELECT grp, max(total)::bigint AS count, (${percentile(0.5)})::float8 AS median, (${percentile(0.9)})::float8 AS p90
    FROM (
      SELECT grp, step, sum(leads) OVER (PARTITION BY grp ORDER BY step) AS upto, sum(leads) OVER (PARTITION BY grp) AS total
      FROM (${steps}) AS steps
    ) AS running GROUP BY grp`
}

export interface StageSpread extends Spread {
  /** The stage. */
  readonly grp: string
}

/** How long leads stood at each stage that they left. */
export function spreadByStage(db: Db, scope: StatisticsScope): Promise<StageSpread[]> {
  const values = makeValues()
  const { companyId, from, until, assigneeId, unassigned } = scope
  const company = `${values.add(companyId)}::bigint`
  // The moves know nothing of assignees. All else they say themselves, which spares the cards.
  const ofScope =
    assigneeId === null && !unassigned
      ? `m.lead_id NOT IN (SELECT lead_id FROM lead_card WHERE company_id = ${company} AND stage = '${DELETED_STAGE}')`
      : `m.lead_id IN (SELECT c.lead_id FROM lead_card AS c WHERE ${scopeConditions(scope, values)})`
  const [first, end] = [`${values.add(from)}::timestamptz`, `${values.add(until)}::timestamptz`]
  const steps = `SELECT m.from_stage AS grp, ${step('m.seconds')} AS step, count(*) AS leads FROM stage_move AS m
    WHERE m.company_id = ${company} AND m.at >= ${first} AND m.created_at >= ${first} AND m.created_at < ${end}
      AND m.from_stage <> '${DELETED_STAGE}' AND m.seconds IS NOT NULL AND ${ofScope}
    GROUP BY 1, 2`
  return db.query<StageSpread>({ text: spreads(steps), values: values.all })
}

export interface FirstContacts extends Spread {
  /** Leads by their band: the first below the first limit, the last from the last limit on. */
  readonly bands: readonly number[]
  /** Accepted leads of which nothing was reported yet. */
  readonly without: number
}

/** How long leads waited for their first report; `limits` are hours that part the bands. */
export async function findFirstContacts(
  db: Db,
  scope: StatisticsScope,
  limits: readonly number[],
): Promise<FirstContacts> {
  const values = makeValues()
  const where = scopeConditions(scope, values)
  const seconds = "date_part('epoch', c.first_contact_at - c.created_at)"
  const band = `width_bucket(step / 3600, ${values.add(limits)}::float8[])`
  const text = `WITH steps AS MATERIALIZED (
      SELECT 0 AS grp, ${step(seconds)} AS step, count(*) AS leads,
        count(*) FILTER (WHERE c.stage NOT IN ('Offered', 'Declined')) AS accepted
      FROM lead_card AS c WHERE ${where} GROUP BY 2),
    spread AS (${spreads('SELECT grp, step, leads FROM steps WHERE step IS NOT NULL')}),
    bands AS (SELECT ${band} AS band, sum(leads) AS leads FROM steps WHERE step IS NOT NULL GROUP BY 1)
    SELECT coalesce(max(spread.count), 0) AS count, max(median) AS median, max(p90) AS p90,
      ARRAY(SELECT coalesce((SELECT leads FROM bands WHERE band = n), 0)::float8
        FROM generate_series(0, cardinality(${values.add(limits)}::float8[])) AS n ORDER BY n) AS bands,
      (SELECT coalesce(sum(accepted), 0)::bigint FROM steps WHERE step IS NULL) AS without
    FROM spread`
  const rows = await db.query<FirstContacts>({ text, values: values.all })
  const [row] = rows
  if (row === undefined) throw new Error('An aggregate has a row.')
  return row
}
