import type { FieldChanges } from '../../core/lead/events.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { ConnectionKind } from '../../core/sync/kinds.ts'
import type { Db } from '../database.ts'
import { LEAD_SELECT } from '../lead-columns.ts'
import type { ConnectionId } from './lead-links.ts'

/** When each of some fields of a lead changed last, as far as its timeline tells. */
export async function fieldTimes(
  db: Db,
  { companyId, leadId }: { readonly companyId: number; readonly leadId: number },
  fields: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ field: string; at: string }>({
    name: 'field-times',
    text: `SELECT field, max(at) AS at FROM timeline CROSS JOIN LATERAL json_object_keys(changes::json) AS field
      WHERE company_id = $1 AND lead_id = $2 AND field = ANY($3::text[]) GROUP BY field`,
    values: [companyId, leadId, fields],
  })
  return new Map(rows.map(({ field, at }) => [field, at]))
}

export interface ChangesWanted {
  readonly actorId: string
  readonly afterRevision: number
  readonly toRevision: number
}

/** What was changed of a lead between two revisions, newest first, and whether a connection's actor did. */
export function changesBetween(
  db: Db,
  { companyId, leadId }: { readonly companyId: number; readonly leadId: number },
  { actorId, afterRevision, toRevision }: ChangesWanted,
): Promise<{ readonly changes: FieldChanges; readonly isOwn: boolean }[]> {
  return db.query({
    name: 'changes-between',
    text: `SELECT changes, face = 'sync' AND actor_id = $5 AS "isOwn" FROM timeline
      WHERE company_id = $1 AND lead_id = $2 AND revision > $3 AND revision <= $4 ORDER BY revision DESC`,
    values: [companyId, leadId, afterRevision, toRevision, actorId],
  })
}

/** Leads being worked that changed since an instant and that a connection does not know, above an id. */
export function unlinkedLeads(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  { changedSince, afterId, limit }: { readonly changedSince: Date; readonly afterId: number; readonly limit: number },
): Promise<Lead[]> {
  return db.query<Lead>({
    name: 'unlinked-leads',
    // The sum keeps a planner that has no figures yet, as after a first import, from the index of the whole connection.
    text: `SELECT ${LEAD_SELECT} FROM lead
      WHERE company_id = $1 AND id > $4 AND action = 'ACCEPTED' AND converted_at IS NULL AND deleted_at IS NULL
        AND id IN (SELECT lead_id FROM timeline WHERE company_id = $1 AND at >= $3 AND lead_id > $4)
        AND NOT EXISTS (SELECT 1 FROM connection_lead AS link
          WHERE link.company_id = $1 AND link.lead_id = lead.id AND link.connection_id + 0 = $2)
      ORDER BY id LIMIT $5`,
    values: [companyId, connectionId, changedSince, afterId, limit],
  })
}

export interface Orphan {
  readonly leadId: number
  readonly reference: string
  readonly email: string | null
  readonly lastName: string | null
  /** Whether the actor has made it. */
  readonly isOwn: boolean
}

/** Leads that came from an upstream of a kind and that no connection knows. Reads all leads of the company. */
export function orphanedLeads(
  db: Db,
  { companyId, kind, actorId }: { readonly companyId: number; readonly kind: ConnectionKind; readonly actorId: string },
): Promise<Orphan[]> {
  return db.query<Orphan>({
    name: 'orphaned-leads',
    text: `SELECT id AS "leadId", source_reference AS reference, email, last_name AS "lastName",
        EXISTS (SELECT 1 FROM timeline WHERE company_id = $1 AND lead_id = lead.id AND revision = 1 AND face = 'sync'
          AND actor_id = $3) AS "isOwn"
      FROM lead
      WHERE company_id = $1 AND source = $2 AND source_reference IS NOT NULL AND deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM connection_lead AS link
          WHERE link.company_id = $1 AND link.lead_id = lead.id)`,
    values: [companyId, kind, actorId],
  })
}

/** The lead that an upstream of a kind calls so, the oldest of several. */
export async function leadOfReference(
  db: Db,
  companyId: number,
  kind: ConnectionKind,
  reference: string,
): Promise<number | null> {
  const [row] = await db.query<{ id: number }>({
    text: `SELECT id FROM lead WHERE company_id = $1 AND source = $2 AND source_reference = $3 AND deleted_at IS NULL
      ORDER BY id LIMIT 1`,
    values: [companyId, kind, reference],
  })
  return row?.id ?? null
}
