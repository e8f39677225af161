import type { Db, Tx } from '../database.ts'
import { RELAY_LOCK } from '../pipeline/relay-connection.ts'
import type { EndpointKey } from './endpoints.ts'

/** What an endpoint is to be told. `at` is as PostgreSQL prints it, to the microsecond. */
export interface Message {
  /** 0 for a message of no lead. */
  readonly leadId: number
  readonly revision: number
  readonly event: string
  readonly at: string
}

/** A place in the timeline of a company. */
export interface TimelinePlace {
  readonly at: string
  readonly leadId: number
  readonly revision: number
}

export interface TimelinePiece {
  readonly after: TimelinePlace
  /** Not included. */
  readonly before: string
  /** null: all. */
  readonly events: readonly string[] | null
  readonly limit: number
}

export interface ReadMessage extends Message {
  /** Of an event that the endpoint wants. */
  readonly wanted: boolean
}

/** What happened in a stretch of time, in its order, with what the endpoint does not want: the caller goes on from it. */
export function readTimeline(
  db: Db,
  companyId: number,
  { after, before, events, limit }: TimelinePiece,
): Promise<ReadMessage[]> {
  return db.query<ReadMessage>({
    name: 'read-timeline',
    text: `SELECT lead_id AS "leadId", revision, event, at::text AS at, ($6::text[] IS NULL OR event = ANY ($6)) AS wanted
      FROM timeline
      WHERE company_id = $1 AND (at, lead_id, revision) > ($2::timestamptz, $3::bigint, $4::integer)
        AND at >= $2::timestamptz AND at < $5::timestamptz
      ORDER BY at, lead_id, revision LIMIT $7`,
    values: [companyId, after.at, after.leadId, after.revision, before, events, limit],
  })
}

/**
 * What an endpoint was told in a stretch of time and the timeline does not hold: that an office owed a step. At most
 * `limit`, oldest first.
 */
export function readReminders(
  db: Db,
  { companyId, endpointId }: EndpointKey,
  { from, before, limit }: { readonly from: string; readonly before: string; readonly limit: number },
): Promise<Message[]> {
  return db.query<Message>({
    text: `SELECT lead_id AS "leadId", revision, event, at::text AS at FROM (
        SELECT DISTINCT lead_id, revision, event, event_at AS at FROM webhook_attempt
        WHERE company_id = $1 AND endpoint_id = $2 AND event = 'lead.requires_action'
          AND event_at >= $3::timestamptz AND event_at < $4::timestamptz) AS told
      ORDER BY told.at, lead_id LIMIT $5`,
    values: [companyId, endpointId, from, before, limit],
  })
}

/** The messages of some attempts, each once, in the order in which they happened; attempts that are not there are left out. */
export async function readAttempted(
  db: Db,
  { companyId, endpointId }: EndpointKey,
  ids: readonly number[],
): Promise<(Message & { readonly ids: readonly number[] })[]> {
  const rows = await db.query<Message & { readonly ids: readonly string[] }>({
    text: `SELECT lead_id AS "leadId", revision, event, event_at::text AS at, array_agg(id) AS ids FROM webhook_attempt
      WHERE company_id = $1 AND endpoint_id = $2 AND id = ANY ($3)
      GROUP BY lead_id, revision, event, event_at ORDER BY event_at, lead_id, revision`,
    values: [companyId, endpointId, ids],
  })
  return rows.map((row) => ({ ...row, ids: row.ids.map(Number) }))
}

/** Those of the messages that the endpoint's queue does not hold already. */
export function leaveOutQueued(
  db: Db,
  { companyId, endpointId }: EndpointKey,
  messages: readonly Message[],
): Promise<Message[]> {
  return db.query<Message>({
    text: `SELECT one.lead_id AS "leadId", one.revision, one.event, one.at
      FROM unnest($3::bigint[], $4::integer[], $5::text[], $6::text[]) WITH ORDINALITY
        AS one (lead_id, revision, event, at, place)
      WHERE NOT EXISTS (
        SELECT FROM webhook_delivery AS queued
        WHERE queued.company_id = $1 AND queued.endpoint_id = $2 AND queued.lead_id = one.lead_id
          AND queued.revision = one.revision AND queued.event = one.event)
      ORDER BY one.place`,
    values: [companyId, endpointId, ...columnsOf(messages)],
  })
}

/** Waits for the pass that runs: ids of the queue are drawn by one writer at a time, in the order of their commits. */
export async function lockQueue(tx: Tx): Promise<void> {
  await tx.query({ text: 'SELECT pg_advisory_xact_lock($1::bigint)', values: [RELAY_LOCK] })
}

/** Puts messages at the end of an endpoint's queue, in their order; the queue is locked. */
export async function queueMessages(
  tx: Tx,
  { companyId, endpointId }: EndpointKey,
  messages: readonly Message[],
): Promise<void> {
  await tx.query({
    text: `INSERT INTO webhook_delivery (company_id, endpoint_id, lead_id, revision, event, at)
      SELECT $1, $2, lead_id, revision, event, at::timestamptz
      FROM unnest($3::bigint[], $4::integer[], $5::text[], $6::text[]) WITH ORDINALITY
        AS one (lead_id, revision, event, at, place)
      ORDER BY place`,
    values: [companyId, endpointId, ...columnsOf(messages)],
  })
}

function columnsOf(messages: readonly Message[]): (readonly unknown[])[] {
  return [
    messages.map(({ leadId }) => leadId),
    messages.map(({ revision }) => revision),
    messages.map(({ event }) => event),
    messages.map(({ at }) => at),
  ]
}
