import { FIRST_STATUS } from '../../core/lead/status-rules.ts'
import { bitOf, CARD_COLUMNS, isClosed, SEARCH_COLUMNS, STAGE } from './projection-text.ts'

/*
 * Lists and totals made from the leads as they stand, many at once and without the outbox: for leads that were loaded
 * past it, into tables that do not have them. What only the history of a lead could say is taken from its last step.
 * `where` is a condition over a row named `lead`, such as `lead.company_id = $1`; true for all.
 */

/** When the lead came to where it stands, as far as the lead itself knows. */
const SINCE = 'greatest(lead.created_at, lead.action_at, lead.status_at, lead.deleted_at)'

/** What is due already is history: the office is told of what becomes due from then on. */
const TOLD_DUE = 'CASE WHEN lead.action_due_at <= statement_timestamp() THEN lead.action_due_at END'

/** Where it stands, and where it must have stood before: an accepted lead was new, and one answered later was offered. */
const REACHED = `${bitOf('place.stage')}
    | CASE WHEN lead.action = 'ACCEPTED' THEN ${bitOf("'New'")} ELSE 0 END
    | CASE WHEN lead.action_at > lead.created_at THEN ${bitOf("'Offered'")} ELSE 0 END`

const OWN = Object.entries(CARD_COLUMNS)
const SEARCH = Object.entries(SEARCH_COLUMNS)

/** `stays`: SQL of the stays that each lead is known to have had. */
export function insertCardsText(where: string, stays = 'NULL::integer[]'): string {
  return `INSERT INTO lead_card (company_id, lead_id, revision, stage, stage_since, reached, first_contact_at, closed_at,
      stays, told_due_at, ${OWN.map(([column]) => column).join(', ')})
    SELECT lead.company_id, lead.id, lead.revision, place.stage, place.since, ${REACHED},
      CASE WHEN lead.status <> '${FIRST_STATUS}' THEN coalesce(lead.status_at, lead.created_at) END,
      CASE WHEN ${isClosed('place.stage')} THEN place.since END, ${stays}, ${TOLD_DUE}, ${OWN.map(([, text]) => text).join(', ')}
    FROM lead CROSS JOIN LATERAL (SELECT ${STAGE} AS stage, ${SINCE} AS since) AS place WHERE ${where}`
}

export function insertSearchText(where: string): string {
  return `INSERT INTO lead_search (company_id, lead_id, ${SEARCH.map(([column]) => column).join(', ')})
    SELECT lead.company_id, lead.id, ${SEARCH.map(([, text]) => text).join(', ')} FROM lead WHERE ${where}`
}

/** All totals from all cards; `stage_total` is empty before. */
export const INSERT_TOTALS = `INSERT INTO stage_total (company_id, stage, leads, amount)
  SELECT company_id, stage, count(*), coalesce(sum(amount), 0) FROM lead_card GROUP BY company_id, stage`
