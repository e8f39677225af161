import type { CardStage } from '../../core/lead/board-stage.ts'
import type { Db } from '../database.ts'

/** Since when a lead stands at the stage that its card shows. */
export interface StandingCard {
  readonly id: number
  readonly stage: CardStage
  readonly since: string
}

/**
 * The cards of these leads. The revision is read for nothing but the plan: an index by stages has all the rest, and for a
 * company that PostgreSQL takes to be of middling size it would read that from end to end for each lead.
 */
export function findStandings(db: Db, companyId: number, ids: readonly number[]): Promise<StandingCard[]> {
  return db.query<StandingCard>({
    name: 'find-standings',
    text: `SELECT card.lead_id AS id, card.stage, card.stage_since AS since, card.revision FROM unnest($2::bigint[]) AS hit (lead_id)
      CROSS JOIN LATERAL (
        SELECT * FROM lead_card WHERE company_id = $1 AND lead_id = hit.lead_id LIMIT 1) AS card`,
    values: [companyId, ids],
  })
}
