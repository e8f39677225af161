import { BOARD_STAGES, type BoardStage } from '../../core/lead/status-rules.ts'
import type { Money } from '../../lib/decimal.ts'
import { type Histogram, inSteps } from '../../lib/spread.ts'
import type { Db } from '../database.ts'
import { makeValues, type Values } from './card-filter.ts'
import { STAY_STAGES } from './projection-text.ts'

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
 * Leads at one stage: of all, of one source, source label or category, or that were lost for one reason; or those, wherever they are,
 * that have stood at the same stages: bit i of their key is of BOARD_STAGES[i].
 */
export interface StageCell {
  readonly by: 'stage' | 'source' | 'sourceLabel' | 'category' | 'lostReason' | 'reached'
  readonly key: string | null
  readonly stage: string | null
  readonly leads: number
  /** Of these, those of which nothing was reported yet. */
  readonly silent: number
  readonly amount: Money
  /** Of a lead, to the cent. */
  readonly average: Money
}

const WON: BoardStage = 'Won'

type CardKind = 'created' | 'won'

/** Conditions on a card `c` that was created, or won, in the period. The index of what is won knows its stage by name. */
function scopeConditions(scope: StatisticsScope, values: Values, kind: CardKind = 'created'): string {
  const { companyId, from, until, assigneeId, unassigned } = scope
  const at = kind === 'won' ? 'c.closed_at' : 'c.created_at'
  const conditions = [
    `c.company_id = ${values.add(companyId)}::bigint`,
    kind === 'won' ? `c.stage = '${WON}'` : `c.stage = ANY (${values.add(BOARD_STAGES)}::text[])`,
    `${at} >= ${values.add(from)}::timestamptz`,
    `${at} < ${values.add(until)}::timestamptz`,
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
      SELECT c.stage, c.source, c.source_label, c.category, c.lost_reason, c.reached,
        count(*) AS leads, count(*) - count(c.first_contact_step) AS silent,
        coalesce(sum(c.amount), 0) AS amount
      FROM lead_card AS c WHERE ${where} GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT CASE 0 WHEN grouping(source) THEN 'source' WHEN grouping(source_label) THEN 'sourceLabel'
        WHEN grouping(category) THEN 'category' WHEN grouping(lost_reason) THEN 'lostReason'
        WHEN grouping(reached) THEN 'reached' ELSE 'stage' END AS "by",
      coalesce(source, source_label, category, lost_reason, reached::text) AS key, stage,
      sum(leads)::bigint AS leads, sum(silent)::bigint AS silent, sum(amount)::numeric(20, 2) AS amount, round(sum(amount) / sum(leads), 2) AS average
    FROM cell GROUP BY GROUPING SETS
      ((stage), (stage, source), (stage, source_label), (stage, category), (stage, lost_reason), (reached))`
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
  const where = scopeConditions(scope, values, 'won')
  const zone = values.add(timeZone)
  // Where months begin is worked out once a month and not for each lead, which would cost more than all the rest.
  const text = `SELECT to_char(months.month, 'YYYY-MM') AS month, leads, amount FROM (
      SELECT date_trunc('month', min(c.closed_at) AT TIME ZONE ${zone}) AS first, max(c.closed_at) AT TIME ZONE ${zone} AS last
      FROM lead_card AS c WHERE ${where}
    ) AS span CROSS JOIN LATERAL generate_series(first, last, interval '1 month') AS months (month) CROSS JOIN LATERAL (
      SELECT count(*) AS leads, coalesce(sum(c.amount), 0)::numeric(20, 2) AS amount FROM lead_card AS c
      WHERE ${where} AND c.closed_at >= months.month AT TIME ZONE ${zone}
        AND c.closed_at < (months.month + interval '1 month') AT TIME ZONE ${zone}
    ) AS won WHERE leads > 0 ORDER BY months.month`
  return db.query<MonthOfWins>({ text, values: values.all })
}

/*
 * Durations are taken by the minute, and above two days by the hour, in the middle of each: so cards have
 * them. There are few of them to be told, however many leads there are.
 */

/** Columns of a histogram, of rows with a step and how many leads are at it, in no order. */
const HISTOGRAM = 'array_agg(step)::text AS steps, array_agg(leads)::text AS counts'

interface HistogramRow {
  readonly steps: string | null
  readonly counts: string | null
}

/** PostgreSQL's arrays of numbers are read as JSON: there are thousands, and the driver takes each letter by itself. */
function histogramOf({ steps, counts }: HistogramRow): Histogram {
  const numbers = (array: string | null) => JSON.parse(`[${(array ?? '{}').slice(1, -1)}]`) as number[]
  return inSteps(numbers(steps), numbers(counts))
}

export interface StageDurations extends Histogram {
  readonly stage: BoardStage
}

/** How long, in seconds, leads stood at each stage that they left; of each lead its latest `STAYS_MAX` stays. */
export async function durationsByStage(db: Db, scope: StatisticsScope): Promise<StageDurations[]> {
  const values = makeValues()
  // Drawn out in the list of columns: as a table of its own each lead's few stays would be put away before they are read.
  const text = `SELECT place, ${HISTOGRAM} FROM (
      SELECT stay % ${STAY_STAGES} AS place, (stay / ${STAY_STAGES})::bigint * 30 AS step, count(*)::integer AS leads
      FROM (SELECT unnest(c.stays) AS stay FROM lead_card AS c WHERE ${scopeConditions(scope, values)}) AS drawn
      GROUP BY stay
    ) AS counted GROUP BY place`
  const rows = await db.query<HistogramRow & { place: number }>({ text, values: values.all })
  return rows.flatMap(({ place, ...row }) => {
    const stage = BOARD_STAGES[place]
    return stage === undefined ? [] : [{ stage, ...histogramOf(row) }]
  })
}

/** How long, in seconds, leads waited for their first report. */
export async function findFirstContacts(db: Db, scope: StatisticsScope): Promise<Histogram> {
  const values = makeValues()
  const text = `SELECT ${HISTOGRAM} FROM (
      SELECT c.first_contact_step AS step, count(*)::integer AS leads
      FROM lead_card AS c WHERE ${scopeConditions(scope, values)} AND c.first_contact_step IS NOT NULL GROUP BY 1
    ) AS waits`
  const [row] = await db.query<HistogramRow>({ text, values: values.all })
  if (row === undefined) throw new Error('An aggregate has a row.')
  return histogramOf(row)
}
