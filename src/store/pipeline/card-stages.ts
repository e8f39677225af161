import type { CardStage } from '../../core/lead/board-stage.ts'
import { type Db, instantFromText } from '../database.ts'
import type { Place } from './list-walk.ts'

/** Since when a lead stands at the stage that its card shows. */
export interface StandingCard {
  readonly id: number
  readonly stage: CardStage
  readonly since: string
}

/** The card of a row of a column, as the order of columns is that of when their leads came (`BOARD_ORDER`). */
export function standingAt(stage: CardStage, { id, key }: Place): StandingCard {
  return { id, stage, since: instantFromText(key) }
}

/** The cards of these leads, by the index of their keys alone. */
export function findStandings(db: Db, companyId: number, ids: readonly number[]): Promise<StandingCard[]> {
  return db.query<StandingCard>({
    name: 'find-standings',
    text: `SELECT card.lead_id AS id, card.stage, card.stage_since AS since FROM unnest($2::bigint[]) AS hit (lead_id)
      CROSS JOIN LATERAL (
        SELECT * FROM lead_card WHERE company_id = $1 AND lead_id = hit.lead_id LIMIT 1) AS card`,
    values: [companyId, ids],
  })
}
