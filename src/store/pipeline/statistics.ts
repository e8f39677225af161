import { DELETED_STAGE } from '../../core/lead/board-stage.ts'
import { BOARD_STAGES, type BoardStage } from '../../core/lead/status-rules.ts'
import type { Money } from '../../lib/decimal.ts'
import type { Histogram } from '../../lib/spread.ts'
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
 * Leads at one stage: of all, of one source, source label or category, or that were lost for one reason; or those, wherever they are,
 * that have stood at the same stages: bit i of their key is of BOARD_STAGES[i].
 */
export interface StageCell {
  readonly by: 'stage' | 'source' | 'sourceLabel' | 'category' | 'lostReason' | 'reached'
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
      SELECT c.stage, c.source, c.source_label, c.category, c.lost_reason, c.reached,
        count(*) AS leads, coalesce(sum(c.amount), 0) AS amount
      FROM lead_card AS c WHERE ${where} GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT CASE 0 WHEN grouping(source) THEN 'source' WHEN grouping(source_label) THEN 'sourceLabel'
        WHEN grouping(category) THEN 'category' WHEN grouping(lost_reason) THEN 'lostReason'
        WHEN grouping(reached) THEN 'reached' ELSE 'stage' END AS "by",
      coalesce(source, source_label, category, lost_reason, reached::text) AS key, stage,
      sum(leads)::bigint AS leads, sum(amount)::numeric(20, 2) AS amount, round(sum(amount) / sum(leads), 2) AS average
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
  const where = scopeConditions(scope, values, WON)
  // The month's name is made once a month, and not for each lead.
  const text = `SELECT to_char(month, 'YYYY-MM') AS month, leads, amount FROM (
      SELECT date_trunc('month', c.closed_at AT TIME ZONE ${values.add(timeZone)}) AS month,
        count(*) AS leads, coalesce(sum(c.amount), 0)::numeric(20, 2) AS amount
      FROM lead_card AS c WHERE ${where} GROUP BY 1
    ) AS months ORDER BY months.month`
  return db.query<MonthOfWins>({ text, values: values.all })
}

/*
 * Durations are taken by the minute, and above two days by the hour, in the middle of each. So there are few of them to
 * be told, however many leads there are. A card has its time to the first contact in such steps.
 */
function step(seconds: string): string {
  return `(CASE WHEN ${seconds} < 172800 THEN floor(${seconds} / 60) * 60 + 30
    ELSE floor(${seconds} / 3600) * 3600 + 1800 END)::integer`
}

/** Columns of a histogram, of rows with a step and how many leads are at it. */
const HISTOGRAM = `coalesce(array_agg(step ORDER BY step), '{}') AS steps, coalesce(array_agg(leads ORDER BY step), '{}') AS counts`

export interface StageDurations extends Histogram {
  readonly stage: string
}

/** How long, in seconds, leads stood at each stage that they left. */
export function durationsByStage(db: Db, scope: StatisticsScope): Promise<StageDurations[]> {
  const values = makeValues()
  const { companyId, from, until, assigneeId, unassigned } = scope
  const company = `${values.add(companyId)}::bigint`
  // The moves know nothing of assignees. All else they say themselves, which spares the cards.
  const ofScope =
    assigneeId === null && !unassigned
      ? `m.lead_id NOT IN (SELECT lead_id FROM lead_card WHERE company_id = ${company} AND stage = '${DELETED_STAGE}')`
      : `m.lead_id IN (SELECT c.lead_id FROM lead_card AS c WHERE ${scopeConditions(scope, values)})`
  const [first, end] = [`${values.add(from)}::timestamptz`, `${values.add(until)}::timestamptz`]
  // By bytes: the names of stages are ours, and comparing them as words of a language costs more than all the rest.
  const text = `WITH stays AS MATERIALIZED (
      SELECT m.from_stage COLLATE "C" AS stage, ${step('m.seconds')} AS step, count(*)::integer AS leads
      FROM stage_move AS m
      WHERE m.company_id = ${company} AND m.at >= ${first} AND m.created_at >= ${first} AND m.created_at < ${end}
        AND m.from_stage <> '${DELETED_STAGE}' AND m.seconds IS NOT NULL AND ${ofScope}
      GROUP BY 1, 2)
    SELECT stage, ${HISTOGRAM} FROM stays GROUP BY stage`
  return db.query<StageDurations>({ text, values: values.all })
}

export interface FirstContacts extends Histogram {
  /** Accepted leads of which nothing was reported yet. */
  readonly without: number
}

/** How long, in seconds, leads waited for their first report. */
export async function findFirstContacts(db: Db, scope: StatisticsScope): Promise<FirstContacts> {
  const values = makeValues()
  const text = `WITH waits AS MATERIALIZED (
      SELECT c.first_contact_step AS step, count(*)::integer AS leads,
        count(*) FILTER (WHERE c.stage NOT IN ('Offered', 'Declined')) AS accepted
      FROM lead_card AS c WHERE ${scopeConditions(scope, values)} GROUP BY 1)
    SELECT ${HISTOGRAM}, (SELECT coalesce(sum(accepted), 0)::bigint FROM waits WHERE step IS NULL) AS without
    FROM waits WHERE step IS NOT NULL`
  const [row] = await db.query<FirstContacts>({ text, values: values.all })
  if (row === undefined) throw new Error('An aggregate has a row.')
  return row
}
