import { DELETED_STAGE } from '../../core/lead/board-stage.ts'
import type { BoardStage } from '../../core/lead/status-rules.ts'
import type { Db } from '../database.ts'
import { dueCondition, makeValues } from './card-filter.ts'

/** The first of a list, and how long it is. */
export interface ListHead {
  readonly ids: readonly number[]
  /** Counted up to `countMax`. */
  readonly count: number
  /** False where there are more than that. */
  readonly countIsExact: boolean
}

/** Whose leads; null or absent: everybody's. */
interface Assigned {
  readonly assigneeId?: number | null
}

export interface HeadSize {
  readonly limit: number
  readonly countMax: number
}

interface HeadRow {
  readonly ids: readonly (string | number)[]
  readonly count: number
}

async function head(db: Db, text: string, values: readonly unknown[], countMax: number): Promise<ListHead> {
  const rows = await db.query<HeadRow>({ text, values })
  const count = rows[0]?.count ?? 0
  return { ids: (rows[0]?.ids ?? []).map(Number), count: Math.min(count, countMax), countIsExact: count <= countMax }
}

/**
 * Leads that require action, the longest overdue first; those at the stages of `but` are left out. Of one assignee, when
 * one is named.
 */
export function findLongestDue(
  db: Db,
  { companyId, now, but, assigneeId = null }: { companyId: number; now: string; but: readonly BoardStage[] } & Assigned,
  { limit, countMax }: HeadSize,
): Promise<ListHead> {
  const values = makeValues()
  const from = `FROM lead_card AS c WHERE c.company_id = ${values.add(companyId)}::bigint
    ${assigneeId === null ? '' : `AND c.assignee_id = ${values.add(assigneeId)}::bigint`}
    AND ${dueCondition(now, values)} AND c.stage <> ALL (${values.add([...but, DELETED_STAGE])}::text[])`
  const text = `SELECT ARRAY(
      SELECT c.lead_id ${from} ORDER BY c.action_due_at, c.lead_id LIMIT ${values.add(limit)}) AS ids,
    (SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${values.add(countMax + 1)}) AS found) AS count`
  return head(db, text, values.all, countMax)
}

/** Leads whose next action is due on `today` or was before, the oldest date first; of one assignee, when one is named. */
export function findNextActions(
  db: Db,
  { companyId, today, assigneeId = null }: { companyId: number; today: string } & Assigned,
  { limit, countMax }: HeadSize,
): Promise<ListHead> {
  const from = `FROM lead_search WHERE company_id = $1 AND next_action_date <= $2::date AND NOT deleted
    AND ($5::bigint IS NULL OR assignee_id = $5)`
  const text = `SELECT ARRAY(SELECT lead_id ${from} ORDER BY next_action_date, lead_id LIMIT $3) AS ids,
    (SELECT count(*) FROM (SELECT 1 ${from} LIMIT $4) AS found) AS count`
  return head(db, text, [companyId, today, limit, countMax + 1, assigneeId], countMax)
}

/** The offers that wait longest for their answer. */
export async function findLongestOffered(db: Db, companyId: number, limit: number): Promise<number[]> {
  const rows = await db.query<{ id: number }>({
    name: 'find-longest-offered',
    text: `SELECT lead_id AS id FROM lead_card WHERE company_id = $1 AND stage = 'Offered'
      ORDER BY created_at, lead_id LIMIT $2`,
    values: [companyId, limit],
  })
  return rows.map(({ id }) => id)
}
