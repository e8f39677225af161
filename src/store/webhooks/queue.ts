import type { AttemptOutcome } from '../../core/webhooks/events.ts'
import { plainArray, textArray } from '../../lib/pg-array.ts'
import type { NamedStatement } from '../lead-writer/statements.ts'
import type { EndpointKey } from './endpoints.ts'

/*
 * The statements by which the sender works its queue off. They run on a connection of the sender's own, one after the
 * other, so that none sees the half of another (sender-connection.ts).
 */

/** One message that an endpoint is still to be told. */
export interface DeliveryRow {
  readonly id: number
  readonly leadId: number
  readonly revision: number
  readonly event: string
  /** ISO instant. */
  readonly at: string
  /** Attempts that failed. */
  readonly attempts: number
  /** Whether the row stands among those that have failed, or behind one. */
  readonly waiting: boolean
}

const ROW = 'id, lead_id, revision, event, at, attempts, waiting'

/**
 * The next messages above an id that nobody has tried. Those of a lead that is held up are put behind what holds it, and
 * are not given. Columns: `ROW` and whether the row is held.
 */
export function takeFresh(key: EndpointKey, owner: string, page: { afterId: number; limit: number }): NamedStatement {
  return {
    name: 'webhook-take-fresh',
    text: `WITH mine AS MATERIALIZED (
        SELECT 1 FROM webhook_endpoint WHERE company_id = $1 AND id = $2 AND owner = $3 FOR NO KEY UPDATE
      ), page AS MATERIALIZED (
        SELECT fresh.ctid AS place, fresh.*, lead_id <> 0 AND coalesce((
          SELECT true FROM webhook_delivery AS other
          WHERE other.company_id = $1 AND other.endpoint_id = $2 AND other.waiting AND other.lead_id = fresh.lead_id
          LIMIT 1), false) AS held
        FROM (
          SELECT ctid, ${ROW} FROM webhook_delivery
          WHERE company_id = $1 AND endpoint_id = $2 AND NOT waiting AND id > $4 AND EXISTS (SELECT 1 FROM mine)
          ORDER BY id LIMIT $5) AS fresh
      ), put_behind AS (
        UPDATE webhook_delivery SET waiting = true WHERE ctid = ANY (ARRAY(SELECT place FROM page WHERE held))
      )
      SELECT ${ROW}, held FROM page ORDER BY id`,
    values: [key.companyId, key.endpointId, owner, page.afterId, page.limit],
  }
}

/** Failed messages whose time has come. */
export function findDue({ companyId, endpointId }: EndpointKey, limit: number): NamedStatement {
  return {
    name: 'webhook-find-due',
    text: `SELECT ${ROW} FROM webhook_delivery
      WHERE company_id = $1 AND endpoint_id = $2 AND next_at <= now() ORDER BY next_at LIMIT $3`,
    values: [companyId, endpointId, limit],
  }
}

/** In how many ms the next failed message is due, those that are due already left out; no row for none. */
export function findNextDue({ companyId, endpointId }: EndpointKey): NamedStatement {
  return {
    name: 'webhook-find-next-due',
    text: `SELECT extract(epoch FROM next_at - now())::float8 * 1000 AS ms FROM webhook_delivery
      WHERE company_id = $1 AND endpoint_id = $2 AND next_at > now() ORDER BY next_at LIMIT 1`,
    values: [companyId, endpointId],
  }
}

/** Rows by their keys, in whichever of the two indexes they stand. */
const PLACED = `unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY
    AS key (company_id, endpoint_id, lead_id, id, n)
  CROSS JOIN LATERAL (
    (SELECT ctid AS place FROM webhook_delivery AS one
      WHERE one.company_id = key.company_id AND one.endpoint_id = key.endpoint_id AND one.id = key.id AND NOT one.waiting)
    UNION ALL
    (SELECT ctid FROM webhook_delivery AS one
      WHERE one.company_id = key.company_id AND one.endpoint_id = key.endpoint_id
        AND one.lead_id = key.lead_id AND one.id = key.id AND one.waiting)
    LIMIT 1) AS found`

export interface RowKey extends EndpointKey {
  readonly leadId: number
  readonly id: number
}

function keyArrays(keys: readonly RowKey[]): string[] {
  return [
    plainArray(keys.map(({ companyId }) => companyId)),
    plainArray(keys.map(({ endpointId }) => endpointId)),
    plainArray(keys.map(({ leadId }) => leadId)),
    plainArray(keys.map(({ id }) => id)),
  ]
}

/** Takes messages off the queue. */
export function deleteDeliveries(keys: readonly RowKey[]): NamedStatement {
  return {
    name: 'webhook-delete-deliveries',
    text: `DELETE FROM webhook_delivery WHERE ctid = ANY (ARRAY(SELECT found.place FROM ${PLACED}))`,
    values: keyArrays(keys),
  }
}

export interface HeldRow extends RowKey {
  readonly attempts: number
  /** In so many ms it is tried again; null: once it is the first of its lead. */
  readonly retryInMs: number | null
}

/** Puts messages among those that wait. */
export function holdDeliveries(rows: readonly HeldRow[]): NamedStatement {
  return {
    name: 'webhook-hold-deliveries',
    text: `UPDATE webhook_delivery SET waiting = true, attempts = held.attempts, next_at = held.next_at FROM (
        SELECT found.place, ($5::smallint[])[n] AS attempts, now() + ($6::float8[])[n] * interval '1 millisecond' AS next_at
        FROM ${PLACED}) AS held
      WHERE webhook_delivery.ctid = held.place`,
    values: [
      ...keyArrays(rows),
      plainArray(rows.map(({ attempts }) => attempts)),
      plainArray(rows.map(({ retryInMs }) => retryInMs)),
    ],
  }
}

export type LeadKey = EndpointKey & { readonly leadId: number }

/** Lets the first of what waits behind a message that is done have its turn. Columns: the endpoint's key, `ROW`. */
export function promoteNext(leads: readonly LeadKey[]): NamedStatement {
  return {
    name: 'webhook-promote-next',
    text: `UPDATE webhook_delivery SET next_at = now() WHERE ctid = ANY (ARRAY(
        SELECT first.place FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS key (company_id, endpoint_id, lead_id)
        CROSS JOIN LATERAL (
          SELECT ctid AS place, next_at FROM webhook_delivery AS one
          WHERE one.company_id = key.company_id AND one.endpoint_id = key.endpoint_id AND one.lead_id = key.lead_id
            AND one.waiting
          ORDER BY id LIMIT 1) AS first
        WHERE first.next_at IS NULL))
      RETURNING company_id, endpoint_id, ${ROW}`,
    values: [
      plainArray(leads.map(({ companyId }) => companyId)),
      plainArray(leads.map(({ endpointId }) => endpointId)),
      plainArray(leads.map(({ leadId }) => leadId)),
    ],
  }
}

/**
 * As `promoteNext` for the next leads of an endpoint above an id, in case that some process left one without a turn; each
 * is found by one look into the index, however much waits of it. Columns: the last lead, null when there are no more
 * behind it, and whether one was given its turn.
 */
export function promoteStranded(
  { companyId, endpointId }: EndpointKey,
  { afterLeadId, limit }: { readonly afterLeadId: number; readonly limit: number },
): NamedStatement {
  return {
    name: 'webhook-promote-stranded',
    text: `WITH RECURSIVE walked AS (
        (SELECT ctid AS place, lead_id, next_at, 1 AS n FROM webhook_delivery
          WHERE company_id = $1 AND endpoint_id = $2 AND waiting AND lead_id > $3 ORDER BY lead_id, id LIMIT 1)
        UNION ALL
        SELECT next.place, next.lead_id, next.next_at, walked.n + 1 FROM walked CROSS JOIN LATERAL (
          SELECT ctid AS place, lead_id, next_at FROM webhook_delivery AS one
          WHERE one.company_id = $1 AND one.endpoint_id = $2 AND one.waiting AND one.lead_id > walked.lead_id
          ORDER BY one.lead_id, one.id LIMIT 1) AS next
        WHERE walked.n < $4::integer
      ), promoted AS (
        UPDATE webhook_delivery SET next_at = now()
        WHERE ctid = ANY (ARRAY(SELECT place FROM walked WHERE next_at IS NULL)) RETURNING 1
      )
      SELECT CASE WHEN count(*) = $4::integer THEN max(lead_id) END AS last_lead_id,
        EXISTS (SELECT 1 FROM promoted) AS promoted FROM walked`,
    values: [companyId, endpointId, afterLeadId, limit],
  }
}

/** One call, as it goes into the log. */
export interface LoggedAttempt extends RowKey {
  readonly at: string
  readonly messageId: string
  readonly revision: number
  readonly event: string
  readonly eventAt: string
  readonly attempt: number
  readonly outcome: AttemptOutcome
  readonly status: number | null
  readonly answer: string | null
  readonly error: string | null
  readonly milliseconds: number
  readonly retryInMs: number | null
}

export function insertAttempts(rows: readonly LoggedAttempt[]): NamedStatement {
  return {
    name: 'webhook-insert-attempts',
    text: `INSERT INTO webhook_attempt (company_id, endpoint_id, at, message_id, lead_id, revision, event, event_at,
        attempt, outcome, status, answer, error, milliseconds, next_at)
      SELECT company_id, endpoint_id, at, message_id, lead_id, revision, event, event_at, attempt, outcome, status, answer,
        error, milliseconds, now() + retry_in * interval '1 millisecond'
      FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[], $5::bigint[], $6::integer[], $7::text[],
        $8::timestamptz[], $9::smallint[], $10::text[], $11::smallint[], $12::text[], $13::text[], $14::integer[],
        $15::float8[]) AS one (company_id, endpoint_id, at, message_id, lead_id, revision, event, event_at, attempt,
        outcome, status, answer, error, milliseconds, retry_in)`,
    values: [
      plainArray(rows.map(({ companyId }) => companyId)),
      plainArray(rows.map(({ endpointId }) => endpointId)),
      plainArray(rows.map(({ at }) => at)),
      textArray(rows.map(({ messageId }) => messageId)),
      plainArray(rows.map(({ leadId }) => leadId)),
      plainArray(rows.map(({ revision }) => revision)),
      textArray(rows.map(({ event }) => event)),
      plainArray(rows.map(({ eventAt }) => eventAt)),
      plainArray(rows.map(({ attempt }) => attempt)),
      textArray(rows.map(({ outcome }) => outcome)),
      plainArray(rows.map(({ status }) => status)),
      textArray(rows.map(({ answer }) => answer)),
      textArray(rows.map(({ error }) => error)),
      plainArray(rows.map(({ milliseconds }) => milliseconds)),
      plainArray(rows.map(({ retryInMs }) => retryInMs)),
    ],
  }
}
