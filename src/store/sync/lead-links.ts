import type { SyncFields, SyncValue } from '../../core/sync/shape.ts'
import { jsonArray, plainArray, textArray } from '../../lib/pg-array.ts'
import type { Db, Tx } from '../database.ts'

/** Names a connection in the queries of this folder. */
export interface ConnectionId {
  readonly companyId: number
  readonly connectionId: number
}

/** A write whose answer is not known; sent again it must be the very same. */
export interface Sent {
  readonly fields: SyncFields
  readonly key: string
  /** ISO instant: the upstream's time of what had been read before. */
  readonly readAt: string | null
  /** The upstream's number of that; absent where it has none. */
  readonly revision?: number | null
}

/** Values by field on which the sides have agreed to differ, until one of them changes. */
export type Differences = Readonly<Record<string, { readonly ours: SyncValue; readonly theirs: SyncValue }>>

/** What is agreed with an upstream about a lead. Instants are ISO text. */
export interface Link {
  readonly leadId: number
  /** null while a lead that is made here is on its way there, or was refused there. */
  readonly upstreamId: string | null
  readonly base: SyncFields
  readonly theirs: SyncFields | null
  readonly theirsAt: string | null
  /** The upstream's own number of `theirs`; null: it has none, or `theirs` may be out of date. */
  readonly theirsRevision: number | null
  readonly differs: Differences
  /** The connection was given another address since this was agreed. */
  readonly isMoved: boolean
  readonly sent: Sent | null
  readonly seenRevision: number
  readonly dirty: boolean
  readonly goneAt: string | null
  readonly version: number
}

const SELECT = `SELECT lead_id AS "leadId", upstream_id AS "upstreamId", base, theirs, theirs_at AS "theirsAt",
  theirs_revision AS "theirsRevision", differs, moved AS "isMoved", sent, seen_revision AS "seenRevision", dirty,
  gone_at AS "goneAt", version FROM connection_lead
  WHERE company_id = $1 AND connection_id = $2`

/** The links of upstream leads, in no order. */
export function linksOfUpstream(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  upstreamIds: readonly string[],
): Promise<Link[]> {
  return db.query<Link>({
    name: 'links-of-upstream',
    text: `${SELECT} AND upstream_id = ANY($3::text[])`,
    values: [companyId, connectionId, textArray(upstreamIds)],
  })
}

export async function linkOfLead(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  leadId: number,
  lock: 'lock' | 'look',
): Promise<Link | null> {
  const [row] = await db.query<Link>({
    text: `${SELECT} AND lead_id = $3${lock === 'lock' ? ' FOR NO KEY UPDATE' : ''}`,
    values: [companyId, connectionId, leadId],
  })
  return row ?? null
}

/** Links above a lead's id that have something to be compared, in the order of leads. */
export function dirtyLinks(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  { afterId, limit }: { readonly afterId: number; readonly limit: number },
): Promise<Link[]> {
  return db.query<Link>({
    name: 'dirty-links',
    text: `${SELECT} AND dirty AND lead_id > $3 ORDER BY lead_id LIMIT $4`,
    values: [companyId, connectionId, afterId, limit],
  })
}

/** Leads of ours that the upstream has no id for yet, as far as is known here. */
export function unsureLinks(db: Db, { companyId, connectionId }: ConnectionId): Promise<Link[]> {
  return db.query<Link>({
    name: 'unsure-links',
    text: `${SELECT} AND upstream_id IS NULL ORDER BY lead_id`,
    values: [companyId, connectionId],
  })
}

/** Upstream ids that are linked, by the leads' ids, above one; to be held against what the upstream lists. */
export function listedLinks(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  { afterId, limit }: { readonly afterId: number; readonly limit: number },
): Promise<{ leadId: number; upstreamId: string }[]> {
  return db.query({
    name: 'listed-links',
    text: `SELECT lead_id AS "leadId", upstream_id AS "upstreamId" FROM connection_lead
      WHERE company_id = $1 AND connection_id = $2 AND upstream_id IS NOT NULL AND gone_at IS NULL AND lead_id > $3
      ORDER BY lead_id LIMIT $4`,
    values: [companyId, connectionId, afterId, limit],
  })
}

export interface NewLink {
  readonly leadId: number
  readonly upstreamId: string | null
  readonly base: SyncFields
  readonly theirs: SyncFields | null
  readonly theirsAt: string | null
  readonly sent: Sent | null
}

/** Adds links; one that is there already stays as it is. The new ones are dirty. */
export async function insertLinks(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  links: readonly NewLink[],
  now: Date,
): Promise<void> {
  await db.query({
    name: 'insert-links',
    text: `INSERT INTO connection_lead (company_id, connection_id, lead_id, upstream_id, base, theirs, theirs_at, sent, seen_at)
      SELECT $1, $2, one.*, $9 FROM unnest($3::bigint[], $4::text[], $5::jsonb[], $6::jsonb[], $7::timestamptz[], $8::jsonb[])
        AS one (lead_id, upstream_id, base, theirs, theirs_at, sent)
      ON CONFLICT DO NOTHING`,
    values: [
      companyId,
      connectionId,
      plainArray(links.map((link) => link.leadId)),
      textArray(links.map((link) => link.upstreamId)),
      jsonArray(links.map((link) => link.base)),
      jsonArray(links.map((link) => link.theirs)),
      plainArray(links.map((link) => link.theirsAt)),
      jsonArray(links.map((link) => link.sent)),
      now,
    ],
  })
}

/**
 * Leads that were made together with their links need no look, when they are still as they were made. Said after the
 * links are there: a change that the relay told before that is in the lead by now.
 */
export async function markMade(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  made: readonly { readonly leadId: number; readonly revision: number }[],
  now: Date,
): Promise<void> {
  await db.query({
    name: 'mark-made-links',
    text: `UPDATE connection_lead AS link SET seen_revision = made.revision, agreed_at = $5
      FROM unnest($3::bigint[], $4::integer[]) AS made (lead_id, revision)
      JOIN lead ON lead.company_id = $1 AND lead.id = made.lead_id AND lead.revision = made.revision
      WHERE link.company_id = $1 AND link.connection_id = $2 AND link.lead_id = made.lead_id
        AND link.version = 0 AND link.changed_revision <= made.revision`,
    values: [
      companyId,
      connectionId,
      plainArray(made.map(({ leadId }) => leadId)),
      plainArray(made.map(({ revision }) => revision)),
      now,
    ],
  })
}

/** What a look at a lead leaves behind. */
export interface SeenLink {
  readonly leadId: number
  readonly version: number
  readonly upstreamId: string | null
  readonly base: SyncFields
  readonly theirs: SyncFields | null
  readonly theirsAt: string | null
  readonly theirsRevision: number | null
  readonly differs: Differences
  readonly sent: Sent | null
  /** The revision that was compared. */
  readonly seenRevision: number
  /** It is to be looked at again, as something could not be done yet. */
  readonly isPending: boolean
  readonly isAgreed: boolean
  readonly isGone: boolean
}

/** Writes a link that is still as it was read; false when somebody else has written it meanwhile. */
export async function saveLink(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  link: SeenLink,
  now: Date,
): Promise<boolean> {
  const rows = await db.query({
    name: 'save-link',
    text: `UPDATE connection_lead SET upstream_id = $5, base = $6, theirs = $7, theirs_at = $8, sent = $9,
        seen_revision = $10, seen_at = $11, version = version + 1,
        agreed_at = CASE WHEN $12 THEN $11 ELSE agreed_at END,
        gone_at = CASE WHEN $13 THEN coalesce(gone_at, $11) END, pending = $14, theirs_revision = $15, differs = $16,
        moved = false
      WHERE company_id = $1 AND connection_id = $2 AND lead_id = $3 AND version = $4 RETURNING lead_id`,
    values: [
      companyId,
      connectionId,
      link.leadId,
      link.version,
      link.upstreamId,
      JSON.stringify(link.base),
      jsonOrNull(link.theirs),
      link.theirsAt,
      jsonOrNull(link.sent),
      link.seenRevision,
      now,
      link.isAgreed,
      link.isGone,
      link.isPending,
      link.theirsRevision,
      JSON.stringify(link.differs),
    ],
  })
  return rows.length > 0
}

function jsonOrNull(value: SyncFields | Sent | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** Writes what somebody's choice, or what an answer to a request, means for a link. */
export async function settleLink(
  tx: Tx,
  { companyId, connectionId }: ConnectionId,
  link: {
    readonly leadId: number
    readonly base: SyncFields
    /** null: as it is. */
    readonly theirs: SyncFields | null
    /** Of `theirs`; what is absent stays. */
    readonly theirsRevision?: number | null
    /** Replaces those of its fields. */
    readonly differs?: Differences
    readonly isPending: boolean
  },
): Promise<void> {
  await tx.query({
    text: `UPDATE connection_lead SET base = $4, theirs = coalesce($5, theirs), pending = pending OR $6,
        theirs_revision = CASE WHEN $7 THEN $8 ELSE theirs_revision END, differs = differs || $9, version = version + 1
      WHERE company_id = $1 AND connection_id = $2 AND lead_id = $3`,
    values: [
      companyId,
      connectionId,
      link.leadId,
      JSON.stringify(link.base),
      jsonOrNull(link.theirs),
      link.isPending,
      link.theirsRevision !== undefined,
      link.theirsRevision ?? null,
      JSON.stringify(link.differs ?? {}),
    ],
  })
}
