import type { Actor, FieldChanges, LeadEvent } from '../core/lead/events.ts'
import type { Db } from './database.ts'

/** One change of a lead, as it was told. */
export interface TimelineEntry {
  readonly revision: number
  readonly at: string
  readonly event: LeadEvent
  readonly actor: Actor
  readonly changes: FieldChanges
}

interface Row extends Omit<TimelineEntry, 'actor'> {
  readonly face: Actor['face']
  readonly kind: Actor['kind']
  readonly actorId: string
  readonly actorName: string
}

/** Changes of a lead below a revision, newest first. */
export async function listTimeline(
  db: Db,
  { companyId, leadId }: { companyId: number; leadId: number },
  { beforeRevision, limit }: { beforeRevision: number; limit: number },
): Promise<TimelineEntry[]> {
  const rows = await db.query<Row>({
    name: 'list-timeline',
    text: `SELECT revision, at, event, face, actor_kind AS kind, actor_id AS "actorId", actor_name AS "actorName", changes
      FROM timeline WHERE company_id = $1 AND lead_id = $2 AND revision < $3
      ORDER BY revision DESC LIMIT $4`,
    values: [companyId, leadId, beforeRevision, limit],
  })
  return rows.map(({ face, kind, actorId, actorName, ...entry }) => ({
    ...entry,
    actor: { kind, id: actorId, name: actorName, face },
  }))
}
