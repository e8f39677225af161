import { cardStageOf } from '../../core/lead/board-stage.ts'
import type { FieldChanges } from '../../core/lead/events.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { WindowState } from '../../core/rate-windows.ts'
import { jsonArray, plainArray, textArray } from '../../lib/pg-array.ts'
import type { Statement } from '../database.ts'
import { columnArrays, LEAD_COLUMNS, LEAD_SELECT, type LeadColumn } from '../lead-columns.ts'
import { touchesSearch } from '../pipeline/search-fields.ts'
import type { LeadWrite, StoredAnswer } from './types.ts'

/*
 * Every statement of the write path. Each takes whole batches as arrays, so that a batch of any size is one plan, one
 * round trip and one pass. The arrays are put together here, before anything is sent: what cannot be put together must
 * fail while there is nothing on its way that the COMMIT behind it could commit.
 */

/** Kept prepared by its name; the arrays are literals. */
export type NamedStatement = Statement & { readonly name: string }

export interface LeadKey {
  readonly companyId: number
  readonly leadId: number
}

/** Locks rate rows in a fixed order; two batches can then never wait for each other in a circle. */
export function lockRates(subjects: readonly string[]): NamedStatement {
  return {
    name: 'lock-rates',
    text: 'SELECT subject, state FROM rate_window WHERE subject = ANY($1::text[]) ORDER BY subject FOR UPDATE',
    values: [textArray(subjects)],
  }
}

/**
 * Locks leads in the order of the keys, which must be the same order everywhere, for the same reason. One look-up after
 * the other, as a subquery that locks cannot be joined in any other way: no sorting of wide rows, and no other plan.
 */
export function lockLeads(keys: readonly LeadKey[]): NamedStatement {
  const sorted = [...keys].sort((a, b) => a.companyId - b.companyId || a.leadId - b.leadId)
  return {
    name: 'lock-leads',
    text: `SELECT locked.* FROM unnest($1::bigint[], $2::bigint[]) AS key (company_id, id)
      CROSS JOIN LATERAL (SELECT ${LEAD_SELECT} FROM lead
        WHERE lead.company_id = key.company_id AND lead.id = key.id FOR NO KEY UPDATE) AS locked`,
    values: [plainArray(sorted.map((key) => key.companyId)), plainArray(sorted.map((key) => key.leadId))],
  }
}

/** Runs after the leads are locked, so that it sees what the holder of the lock has committed. */
export function findAnswers(writes: readonly LeadWrite[]): NamedStatement {
  return {
    name: 'find-answers',
    text: `SELECT company_id AS "companyId", face, key, request_hash AS "requestHash", status, body FROM idempotency
      WHERE (company_id, face, key) IN (SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]))`,
    values: [
      plainArray(writes.map((write) => write.companyId)),
      textArray(writes.map((write) => write.actor.face)),
      textArray(writes.map((write) => write.idempotency?.key)),
    ],
  }
}

export function drawLeadIds(count: number): NamedStatement {
  return {
    name: 'draw-ids',
    text: "SELECT nextval('lead_id') AS id FROM generate_series(1, $1::integer)",
    values: [String(count)],
  }
}

function arrays(columns: readonly LeadColumn[]): string {
  return columns.map(({ type }, i) => `$${i + 1}::${type}[]`).join(', ')
}

function names(columns: readonly LeadColumn[]): string {
  return columns.map(({ column }) => column).join(', ')
}

const KEYS = LEAD_COLUMNS.filter(({ heat }) => heat === 'key')

type Update = (leads: readonly Lead[]) => NamedStatement

/** Writes the columns of some heats; the others are as they were. */
function updateOf(name: string, heats: readonly LeadColumn['heat'][]): Update {
  const columns = LEAD_COLUMNS.filter(({ heat }) => heats.includes(heat))
  const all = [...KEYS, ...columns]
  const text = `UPDATE lead SET ${columns.map(({ column }) => `${column} = new.${column}`).join(', ')}
    FROM unnest(${arrays(all)}) AS new (${names(all)})
    WHERE lead.company_id = new.company_id AND lead.id = new.id`
  const values = columnArrays(all)
  return (leads) => ({ name, text, values: values(leads) })
}

/** By how far the changes reach, as `reachOf` says it. */
export const UPDATES = {
  report: updateOf('update-report', ['report']),
  offer: updateOf('update-offer', ['report', 'offer']),
  cold: updateOf('update-all', ['report', 'offer', 'cold']),
} as const

const INSERT = `INSERT INTO lead (${names(LEAD_COLUMNS)}) SELECT * FROM unnest(${arrays(LEAD_COLUMNS)})`
const insertValues = columnArrays(LEAD_COLUMNS)

export function insertLeads(leads: readonly Lead[]): NamedStatement {
  return { name: 'insert-leads', text: INSERT, values: insertValues(leads) }
}

export interface TimelineRow {
  readonly write: Pick<LeadWrite, 'actor'>
  readonly lead: Lead
  readonly event: string
  readonly changes: FieldChanges
}

const TIMELINE_COLUMNS =
  'company_id, lead_id, revision, at, event, face, actor_kind, actor_id, actor_name, changes, action_due_at'

/** The timeline rows and their outbox rows in one statement, so that neither can be there without the other. */
const INSERT_HISTORY = `WITH history AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::timestamptz[], $5::text[], $6::text[],
      $7::text[], $8::text[], $9::text[], $10::json[], $11::timestamptz[], $12::text[], $13::boolean[])
      AS one (${TIMELINE_COLUMNS}, stage, search)
  ), told AS (
    INSERT INTO timeline (${TIMELINE_COLUMNS}) SELECT ${TIMELINE_COLUMNS} FROM history
  )
  INSERT INTO outbox (company_id, lead_id, revision, event, at, stage, search)
  SELECT company_id, lead_id, revision, event, at, stage, search FROM history`

export function insertHistory(rows: readonly TimelineRow[]): NamedStatement {
  return { name: 'insert-history', text: INSERT_HISTORY, values: historyValues(rows) }
}

function historyValues(rows: readonly TimelineRow[]): string[] {
  return [
    plainArray(rows.map(({ lead }) => lead.companyId)),
    plainArray(rows.map(({ lead }) => lead.id)),
    plainArray(rows.map(({ lead }) => lead.revision)),
    plainArray(rows.map(({ lead }) => lead.modifiedAt)),
    textArray(rows.map(({ event }) => event)),
    textArray(rows.map(({ write }) => write.actor.face)),
    textArray(rows.map(({ write }) => write.actor.kind)),
    textArray(rows.map(({ write }) => write.actor.id)),
    textArray(rows.map(({ write }) => write.actor.name)),
    jsonArray(rows.map(({ changes }) => changes)),
    plainArray(rows.map(({ lead }) => lead.actionDueAt)),
    textArray(rows.map(({ lead }) => cardStageOf(lead))),
    plainArray(rows.map(({ changes }) => touchesSearch(changes))),
  ]
}

export interface AnswerRow {
  readonly write: LeadWrite
  readonly key: string
  readonly requestHash: Buffer
  readonly answer: StoredAnswer
}

export function insertAnswers(rows: readonly AnswerRow[], now: string): NamedStatement {
  return {
    name: 'insert-answers',
    text: `INSERT INTO idempotency (company_id, face, key, request_hash, status, body, created_at)
      SELECT *, $7::timestamptz FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[], $5::smallint[], $6::text[])`,
    values: [
      plainArray(rows.map(({ write }) => write.companyId)),
      textArray(rows.map(({ write }) => write.actor.face)),
      textArray(rows.map(({ key }) => key)),
      textArray(rows.map(({ requestHash }) => `\\x${requestHash.toString('hex')}`)),
      plainArray(rows.map(({ answer }) => answer.status)),
      textArray(rows.map(({ answer }) => answer.body)),
      now,
    ],
  }
}

export function saveRates(states: readonly (readonly [subject: string, state: WindowState])[]): NamedStatement {
  return {
    name: 'save-rates',
    text: `INSERT INTO rate_window (subject, state) SELECT * FROM unnest($1::text[], $2::jsonb[])
      ON CONFLICT (subject) DO UPDATE SET state = excluded.state`,
    values: [textArray(states.map(([subject]) => subject)), jsonArray(states.map(([, state]) => state))],
  }
}

export interface AttachmentKey {
  readonly companyId: number
  readonly attachmentId: number
}

export function publishAttachments(keys: readonly AttachmentKey[]): NamedStatement {
  return {
    name: 'publish-attachments',
    text: `UPDATE attachment SET published = true
      WHERE (company_id, id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))`,
    values: [plainArray(keys.map((key) => key.companyId)), plainArray(keys.map((key) => key.attachmentId))],
  }
}

export function deleteAttachments(keys: readonly AttachmentKey[]): NamedStatement {
  return {
    name: 'delete-attachments',
    text: 'DELETE FROM attachment WHERE (company_id, id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))',
    values: [plainArray(keys.map((key) => key.companyId)), plainArray(keys.map((key) => key.attachmentId))],
  }
}
