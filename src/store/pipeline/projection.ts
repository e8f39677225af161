import { DELETED_STAGE } from '../../core/lead/board-stage.ts'
import { REQUIRES_ACTION } from '../../core/lead/events.ts'
import type { NamedStatement } from '../lead-writer/statements.ts'
import { QUEUED_DELIVERIES } from '../webhooks/fan-out.ts'
import {
  bitOf,
  CARD_COLUMNS,
  isClosed,
  isReported,
  SEARCH_COLUMNS,
  STAGE,
  STAYS_MAX,
  stayAt,
} from './projection-text.ts'

/*
 * One pass of the relay as one statement: what it takes from the outbox, and everything that follows from it. Each part
 * below is a common table expression, and all of them see the store as it was before the pass. Whoever else must be
 * told of the changes (a webhook's deliveries, say) is one part more that reads `news`: it then cannot miss one.
 */

/** Rows of one pass at most; enough that a pass is cheap a change, and short enough to wait for. */
export const PASS_ROWS_MAX = 1000
/** Where passes are announced to every process of the installation. */
export const LIVE_CHANNEL = 'leadwright_live'
/** Bytes of one notification at most: PostgreSQL takes less than 8000, and one line and the head go over the edge. */
const PAYLOAD_BYTES = 7500
/** Notifications that a listener can still resume from. */
const LOG_ROWS_KEPT = 10_000

/** The oldest rows above $1. Found before they are deleted, so that the index is read in its order. */
const TAKEN = `taken AS (
  DELETE FROM outbox WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM outbox WHERE id > $1::bigint ORDER BY id LIMIT ${PASS_ROWS_MAX}))
  RETURNING id, company_id, lead_id, revision, event, at, stage, search, quiet
)`

/**
 * One row a lead: its changes in order. A lead's rows are written under its lock, so their ids follow its revisions;
 * those of the follow-up clock only say where to look (`HINTED`).
 */
const TOLD = `told AS (
  SELECT company_id, lead_id, max(id) AS last_id, count(*)::integer AS n, bool_or(search) AS search,
    bool_and(quiet) AS quiet, array_agg(revision ORDER BY id) AS revisions, array_agg(event ORDER BY id) AS events,
    array_agg(at ORDER BY id) AS ats, array_agg(stage ORDER BY id) AS stages
  FROM taken WHERE event <> '${REQUIRES_ACTION}' GROUP BY company_id, lead_id
)`

const OWN = Object.entries(CARD_COLUMNS)

/** The lead as it is and its card as it was, found by their keys; a lead that a later pass has already told is out. */
const MOVED = `moved AS MATERIALIZED (
  SELECT told.*, told.revisions[told.n] AS revision, told.events[told.n] AS event, told.ats[told.n] AS at,
    coalesce(told.stages[told.n], lead.now_stage) AS stage, lead.*,
    old.stage AS old_stage, old.stage_since AS old_since, coalesce(old.revision, 0) AS old_revision,
    old.amount AS old_amount, old.first_contact_at AS old_contact, old.ctid AS old_place,
    coalesce(old.reached, 0) AS old_reached, old.stays AS old_stays, old.told_due_at AS old_told
  FROM told
  CROSS JOIN LATERAL (
    SELECT ${OWN.map(([column, text]) => `${text} AS ${column}`).join(', ')}, ${STAGE} AS now_stage,
      lead.revision AS now_revision
    FROM lead WHERE lead.company_id = told.company_id AND lead.id = told.lead_id LIMIT 1) AS lead
  LEFT JOIN LATERAL (
    SELECT ctid, * FROM lead_card AS card
    WHERE card.company_id = told.company_id AND card.lead_id = told.lead_id LIMIT 1) AS old ON true
  WHERE told.revisions[told.n] > coalesce(old.revision, 0)
)`

/** The changes of one lead, each with the stage before it. */
const STEPS = `SELECT revision, at, coalesce(stage, moved.now_stage) AS stage,
      lag(coalesce(stage, moved.now_stage), 1, moved.old_stage) OVER (ORDER BY revision) AS from_stage
    FROM unnest(moved.revisions, moved.ats, moved.stages) AS one (revision, at, stage)
    WHERE revision > moved.old_revision`

/** Of a lead with one change it is plain; else the last step that came from another stage. */
const STAGE_SINCE = `CASE WHEN moved.n = 1 THEN
    CASE WHEN moved.stage IS DISTINCT FROM moved.old_stage THEN moved.at ELSE moved.old_since END
  ELSE coalesce((SELECT max(at) FROM (${STEPS}) AS step WHERE stage IS DISTINCT FROM from_stage), moved.old_since) END`

/** The stays that came to an end, in their order; NULL for none. Those that the next change undid count, too. */
const ENDED_STAYS = `CASE WHEN moved.n = 1 THEN
    CASE WHEN moved.stage IS DISTINCT FROM moved.old_stage
      THEN nullif(array_remove(ARRAY[${stayAt('moved.old_stage', 'moved.at - moved.old_since')}], NULL), '{}') END
  ELSE (
    SELECT array_agg(stay ORDER BY revision) FILTER (WHERE stay IS NOT NULL) FROM (
      SELECT step.revision,
        ${stayAt('from_stage', 'at - coalesce(lag(at) OVER (ORDER BY revision), moved.old_since)')} AS stay
      FROM (${STEPS}) AS step WHERE stage IS DISTINCT FROM from_stage) AS ended) END`

const STAYS = `CASE WHEN ended_stays IS NULL THEN old_stays ELSE (old_stays || ended_stays)[
    greatest(1, 1 - ${STAYS_MAX} + coalesce(cardinality(old_stays), 0) + cardinality(ended_stays)):] END`

const FIRST_CONTACT = `coalesce(moved.old_contact, (
    SELECT min(at) FROM unnest(moved.ats, moved.stages) AS one (at, stage)
    WHERE ${isReported('coalesce(stage, moved.now_stage)')}))`

const REACHED = `moved.old_reached | CASE WHEN moved.n = 1 THEN ${bitOf('moved.stage')}
  ELSE (SELECT bit_or(${bitOf('coalesce(stage, moved.now_stage)')}) FROM unnest(moved.stages) AS one (stage)) END`

/**
 * The due time that is told by this pass, or was before. A lead that has changed once more is left to the pass that
 * takes that change, as its due time may be another one; history is as good as told.
 */
const TOLD_DUE = `CASE WHEN moved.action_due_at <= statement_timestamp() AND moved.stage <> '${DELETED_STAGE}'
    AND (moved.quiet OR moved.revision = moved.now_revision) THEN moved.action_due_at ELSE moved.old_told END`

const OWN_NAMES = OWN.map(([column]) => column)
const PASS_NAMES = [
  'revision',
  'stage',
  'stage_since',
  'reached',
  'first_contact_at',
  'closed_at',
  'stays',
  'told_due_at',
]
const CARD_NAMES = [...PASS_NAMES, ...OWN_NAMES]

/** OFFSET 0: what is said of `moved` there is worked out once, and not at each place that asks for it. */
const CARD_VALUES = `SELECT company_id, lead_id, old_place, revision, stage, stage_since, ${REACHED} AS reached,
    ${FIRST_CONTACT} AS first_contact_at, CASE WHEN ${isClosed('stage')} THEN stage_since END AS closed_at,
    ${STAYS} AS stays, ${TOLD_DUE} AS told_due_at, ${OWN_NAMES.join(', ')}
  FROM (SELECT *, ${STAGE_SINCE} AS stage_since, ${ENDED_STAYS} AS ended_stays FROM moved OFFSET 0) AS moved`

/** By the place of the row: only a pass writes cards, and there is one at a time. */
const CHANGED_CARDS = `changed_cards AS (
  UPDATE lead_card SET ${CARD_NAMES.map((column) => `${column} = new.${column}`).join(', ')}
  FROM (${CARD_VALUES} WHERE old_place IS NOT NULL) AS new WHERE lead_card.ctid = new.old_place
)`
const NEW_CARDS = `new_cards AS (
  INSERT INTO lead_card (company_id, lead_id, ${CARD_NAMES.join(', ')})
  SELECT company_id, lead_id, ${CARD_NAMES.join(', ')} FROM (${CARD_VALUES} WHERE old_place IS NULL) AS new
)`

/** What the cards come to by the difference of old and new. In key order, as all that locks rows. */
const KEPT_TOTALS = `kept_totals AS (
  INSERT INTO stage_total AS total (company_id, stage, leads, amount)
  SELECT company_id, stage, sum(leads), sum(amount) FROM (
    SELECT company_id, stage, 1 AS leads, coalesce(amount, 0) AS amount FROM moved
    UNION ALL
    SELECT company_id, old_stage, -1, -coalesce(old_amount, 0) FROM moved WHERE old_stage IS NOT NULL
  ) AS difference
  GROUP BY company_id, stage HAVING sum(leads) <> 0 OR sum(amount) <> 0 ORDER BY company_id, stage
  ON CONFLICT (company_id, stage) DO UPDATE
    SET leads = total.leads + excluded.leads, amount = total.amount + excluded.amount
)`

const SEARCH = Object.entries(SEARCH_COLUMNS)
const SEARCH_NAMES = SEARCH.map(([column]) => column)

const KEPT_SEARCH = `kept_search AS (
  INSERT INTO lead_search (company_id, lead_id, ${SEARCH_NAMES.join(', ')})
  SELECT moved.company_id, moved.lead_id, ${SEARCH_NAMES.map((column) => `entry.${column}`).join(', ')}
  FROM moved
  CROSS JOIN LATERAL (
    SELECT ${SEARCH.map(([column, text]) => `${text} AS ${column}`).join(', ')}
    FROM lead WHERE lead.company_id = moved.company_id AND lead.id = moved.lead_id LIMIT 1) AS entry
  LEFT JOIN LATERAL (
    SELECT * FROM lead_search AS old WHERE old.company_id = moved.company_id AND old.lead_id = moved.lead_id LIMIT 1
  ) AS old ON true
  WHERE moved.search AND (old.lead_id IS NULL
    OR (${SEARCH_NAMES.map((column) => `entry.${column}`).join(', ')})
      IS DISTINCT FROM (${SEARCH_NAMES.map((column) => `old.${column}`).join(', ')}))
  ON CONFLICT (company_id, lead_id) DO UPDATE SET ${SEARCH_NAMES.map((column) => `${column} = excluded.${column}`).join(', ')}
)`

/** A lead that the clock says is due, if it is still so. One whose card is behind is judged when the card has caught up. */
const HINTED = `hinted AS MATERIALIZED (
  SELECT hint.company_id, hint.lead_id, hint.last_id, card.place, card.revision, card.stage, lead.action_due_at
  FROM (SELECT company_id, lead_id, max(id) AS last_id FROM taken
    WHERE event = '${REQUIRES_ACTION}' GROUP BY company_id, lead_id) AS hint
  CROSS JOIN LATERAL (
    SELECT ctid AS place, revision, stage, told_due_at FROM lead_card AS card
    WHERE card.company_id = hint.company_id AND card.lead_id = hint.lead_id LIMIT 1) AS card
  CROSS JOIN LATERAL (
    SELECT revision, action_due_at FROM lead
    WHERE lead.company_id = hint.company_id AND lead.id = hint.lead_id LIMIT 1) AS lead
  WHERE lead.revision = card.revision AND card.stage <> '${DELETED_STAGE}'
    AND lead.action_due_at <= statement_timestamp() AND lead.action_due_at IS DISTINCT FROM card.told_due_at
)`
const TOLD_CARDS = `told_cards AS (
  UPDATE lead_card SET told_due_at = hinted.action_due_at FROM hinted WHERE lead_card.ctid = hinted.place
)`

/** The leads that require action from this pass on, each once for each of its due times. */
const DUE = `due AS MATERIALIZED (
  SELECT company_id, lead_id, last_id, revision, stage, action_due_at FROM moved
  WHERE NOT quiet AND ${TOLD_DUE} IS DISTINCT FROM old_told
  UNION ALL
  SELECT company_id, lead_id, last_id, revision, stage, action_due_at FROM hinted
)`

/** All that the outside is told of this pass; `place` is its order, which is that of the revisions for each lead. */
const NEWS = `news AS (
  SELECT row_number() OVER (ORDER BY id, is_due) AS place, id, company_id, lead_id, revision, event, at FROM (
    SELECT id, false AS is_due, company_id, lead_id, revision, event, at FROM taken
    WHERE NOT quiet AND event <> '${REQUIRES_ACTION}'
    UNION ALL
    SELECT last_id, true, company_id, lead_id, revision, '${REQUIRES_ACTION}', action_due_at FROM due) AS one
)`

/** Leads that are kept in step with an upstream are to be compared again (docs/decisions/0015). */
const COMPARED = `compared AS (
  UPDATE connection_lead AS link SET changed_revision = told.revisions[told.n]
  FROM told WHERE link.company_id = told.company_id AND link.lead_id = told.lead_id
    AND link.changed_revision < told.revisions[told.n]
)`

/** The clock looks no later than the first of the due times that this pass has seen. */
const SOONER = `sooner AS (
  UPDATE follow_up_clock SET next_look_at = first.at
  FROM (SELECT min(action_due_at) AS at FROM moved WHERE action_due_at > statement_timestamp()) AS first
  WHERE first.at < next_look_at
)`

/** A line a lead, as many lines in a notification as it holds; `live-line.ts` reads them. */
const LINES = `lines AS (
  SELECT line, last_id, is_due, trunc(sum(octet_length(line) + 1) OVER (ORDER BY last_id, is_due) / ${PAYLOAD_BYTES}) AS part
  FROM (
    SELECT last_id, false AS is_due,
      concat_ws('|', company_id, lead_id, revision, event, stage, coalesce(old_stage, ''), at) AS line
    FROM moved WHERE NOT quiet
    UNION ALL
    SELECT last_id, true,
      concat_ws('|', company_id, lead_id, revision, '${REQUIRES_ACTION}', stage, stage, action_due_at)
    FROM due) AS one
)`

/** What is announced, kept for those who resume. Ids are drawn under the lock of the passes: they are in their order. */
const LOGGED = `logged AS (
  INSERT INTO live_log (lines)
  SELECT text FROM (
    SELECT part, string_agg(line, E'\\n' ORDER BY last_id, is_due) AS text FROM lines GROUP BY part) AS parts
  ORDER BY part
  RETURNING id, tag, lines
), forgotten AS (
  DELETE FROM live_log WHERE id <= (SELECT max(id) FROM live_log) - ${LOG_ROWS_KEPT}
)`

const ANSWER = `SELECT (SELECT count(*) FROM taken) AS rows, (SELECT max(id) FROM taken) AS last_id,
  (SELECT count(*) FROM moved) AS leads,
  (SELECT count(pg_notify('${LIVE_CHANNEL}', concat(id, '|', tag, E'\\n', lines))) FROM logged) AS notified`

const LISTED = [TAKEN, TOLD, MOVED, CHANGED_CARDS, NEW_CARDS, KEPT_TOTALS, KEPT_SEARCH]
const ANNOUNCED = [HINTED, TOLD_CARDS, DUE, NEWS, COMPARED, SOONER, QUEUED_DELIVERIES, LINES, LOGGED]
const TEXT = `WITH ${[...LISTED, ...ANNOUNCED].join(',\n')}\n${ANSWER}`

/** Takes up to `PASS_ROWS_MAX` outbox rows with ids above `floor` and brings lists and totals up to them. */
export function projectOutbox(floor: number): NamedStatement {
  return { name: 'project-outbox', text: TEXT, values: [String(floor)] }
}
