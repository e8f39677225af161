import type { CardStage } from '../../core/lead/board-stage.ts'
import type { Money } from '../../lib/decimal.ts'
import type { Db } from '../database.ts'

export interface StageTotal {
  readonly stage: CardStage
  readonly leads: number
  readonly amount: Money
}

/** How many leads stand at each stage, and what they come to; a stage that no lead ever had is absent. */
export function findStageTotals(db: Db, companyId: number): Promise<StageTotal[]> {
  return db.query<StageTotal>({
    name: 'find-stage-totals',
    text: 'SELECT stage, leads, amount FROM stage_total WHERE company_id = $1',
    values: [companyId],
  })
}

const COUNTED = 'stage, count(*) AS leads, coalesce(sum(amount), 0)::numeric(20, 2) AS amount'

/** The same of one user's leads. */
export function countAssigned(db: Db, companyId: number, assigneeId: number): Promise<StageTotal[]> {
  return db.query<StageTotal>({
    text: `SELECT ${COUNTED} FROM lead_card WHERE company_id = $1 AND assignee_id = $2 GROUP BY stage`,
    values: [companyId, assigneeId],
  })
}

/** The same of the leads that nobody has: of all without those that somebody has, for whom there is an index. */
export function countUnassigned(db: Db, companyId: number): Promise<StageTotal[]> {
  return db.query<StageTotal>({
    text: `SELECT every.stage, every.leads - coalesce(taken.leads, 0) AS leads,
        every.amount - coalesce(taken.amount, 0) AS amount
      FROM stage_total AS every LEFT JOIN (
        SELECT ${COUNTED} FROM lead_card WHERE company_id = $1 AND assignee_id IS NOT NULL GROUP BY stage
      ) AS taken ON taken.stage = every.stage
      WHERE every.company_id = $1`,
    values: [companyId],
  })
}
