import { CLOSED_STAGES, DELETED_STAGE, STAGE_OF_STATUS } from '../../core/lead/board-stage.ts'
import { BOARD_STAGES, FIRST_STATUS } from '../../core/lead/status-rules.ts'

/*
 * What of a lead's columns makes a card and a search entry, as SQL over a row named `lead`. The statement of the relay and
 * the one that makes everything again are put together from these, so that they cannot differ. The stages come from
 * the core's table when the texts are made: nothing here knows which status belongs to which stage.
 */

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function literals(texts: readonly string[]): string {
  return texts.map(literal).join(', ')
}

/** Where the lead stands, as `cardStageOf` says it. */
export const STAGE = `CASE WHEN lead.deleted_at IS NOT NULL THEN ${literal(DELETED_STAGE)}
    WHEN lead.action = 'NONE' THEN 'Offered' WHEN lead.action = 'DECLINED' THEN 'Declined'
    ELSE CASE lead.status ${STAGE_OF_STATUS.map(([status, stage]) => `WHEN ${literal(status)} THEN ${literal(stage)}`).join(' ')} END END`

const FIRST_STAGE = STAGE_OF_STATUS.find(([status]) => status === FIRST_STATUS)?.[1]
const REPORTED_STAGES = [...new Set(STAGE_OF_STATUS.map(([, stage]) => stage))].filter((one) => one !== FIRST_STAGE)

/** True of a stage that only a report can have brought a lead to. */
export function isReported(stage: string): string {
  return `${stage} IN (${literals(REPORTED_STAGES)})`
}

/** The bit of a stage in `lead_card.reached`; 0 for a place that is not on the board. */
export function bitOf(stage: string): string {
  return `CASE ${stage} ${BOARD_STAGES.map((name, i) => `WHEN ${literal(name)} THEN ${2 ** i}`).join(' ')} ELSE 0 END`
}

/** Of a lead's stays, those that its card keeps: the latest. */
export const STAYS_MAX = 16
/** A stay is one number: this many times its half minutes, and the stage by its place in `BOARD_STAGES`. */
export const STAY_STAGES = 16
const STAY_HALF_MINUTES_MAX = 105_192_000

/**
 * A stay of so long (an interval) at a stage, as `lead_card.stays` keeps it: by the minute, above two days by the hour, in
 * the middle of each. NULL of a stage that is not on the board, and of none.
 */
export function stayAt(stage: string, interval: string): string {
  const seconds = `greatest(0, date_part('epoch', ${interval}))`
  return `CASE WHEN ${seconds} < 172800 THEN floor(${seconds} / 60) * 2 + 1
      ELSE least(floor(${seconds} / 3600) * 120 + 60, ${STAY_HALF_MINUTES_MAX}) END::integer * ${STAY_STAGES}
    + CASE ${stage} ${BOARD_STAGES.map((name, i) => `WHEN ${literal(name)} THEN ${i}`).join(' ')} END`
}

/** True of a stage whose leads are won or lost. */
export function isClosed(stage: string): string {
  return `${stage} IN (${literals(CLOSED_STAGES)})`
}

/** Columns of the card that are the lead's own: card column → SQL. */
export const CARD_COLUMNS: Readonly<Record<string, string>> = {
  status: 'lead.status',
  amount: 'coalesce(lead.job_amount, lead.value)',
  source: 'lead.source',
  source_label: 'lead.source_label',
  category: 'lead.category',
  assignee_id: 'lead.assignee_id',
  lost_reason: 'lead.lost_reason',
  quality: 'lead.quality',
  created_at: 'lead.created_at',
  action_due_at: 'lead.action_due_at',
}

const NAMES = "concat_ws(' ', lead.first_name, lead.middle_name, lead.last_name)"
const PARTS = [
  'lead.display_name',
  `CASE WHEN ${NAMES} IS DISTINCT FROM lead.display_name THEN nullif(${NAMES}, '') END`,
  'lead.customer_company',
  'lead.email',
  "nullif(regexp_replace(lead.phone, '[^0-9]', '', 'g'), '')",
  "nullif(regexp_replace(lead.mobile_phone, '[^0-9]', '', 'g'), '')",
  'lead.address',
  'lead.city',
  'lead.zip',
]
const CUSTOMER_NAMES = [
  'lead.display_name',
  `nullif(${NAMES}, '')`,
  'lead.customer_company',
  'lead.email',
  'lead.phone',
  'lead.mobile_phone',
]

/** What `leadName` shows: no customer that may not be seen, and so may not be found by either. */
const SHOWN_NAME = `coalesce(CASE WHEN lead.action = 'ACCEPTED' THEN coalesce(${CUSTOMER_NAMES.join(', ')})
    ELSE lead.category END, 'lead ' || lead.id)`

/** Columns of the search entry: search column → SQL. */
export const SEARCH_COLUMNS: Readonly<Record<string, string>> = {
  // An index holds no key of more than some 2,700 bytes.
  sort_name: `lower(left(${SHOWN_NAME}, 200))`,
  text: `CASE WHEN lead.action = 'ACCEPTED'
    THEN lower(regexp_replace(concat_ws(' ', ${PARTS.join(', ')}), '\\s+', ' ', 'g')) ELSE '' END`,
  category: 'lead.category',
  assignee_id: 'lead.assignee_id',
  next_action_date: 'lead.next_action_date',
  deleted: 'lead.deleted_at IS NOT NULL',
}
