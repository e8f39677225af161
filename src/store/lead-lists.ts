import type { Lead, OfferAction } from '../core/lead/lead.ts'
import type { LeadStatus } from '../core/lead/status-rules.ts'
import type { Db } from './database.ts'
import { LEAD_SELECT } from './lead-columns.ts'

/** What leads a list shows; null filters nothing. Deleted leads are in no list. */
export interface LeadFilter {
  readonly companyId: number
  readonly statuses: readonly LeadStatus[] | null
  readonly action: OfferAction | null
}

/** Leads below `beforeId`, newest first. */
export function listNewestLeads(
  db: Db,
  { companyId, statuses, action }: LeadFilter,
  { beforeId, limit }: { beforeId: number; limit: number },
): Promise<Lead[]> {
  return db.query<Lead>({
    name: 'list-newest-leads',
    text: `SELECT ${LEAD_SELECT} FROM lead
      WHERE company_id = $1 AND id < $2 AND deleted_at IS NULL
        AND ($3::text[] IS NULL OR status = ANY ($3)) AND ($4::text IS NULL OR action = $4)
      ORDER BY id DESC LIMIT $5`,
    values: [companyId, beforeId, statuses, action, limit],
  })
}

/**
 * Leads after the place (`modifiedAt`, `id`) in the order of their last change, so that a poller can walk changes. Read
 * from the timeline, whose newest row of a lead has the lead's revision and time; see the note on indexes of `lead`.
 */
export function listChangedLeads(
  db: Db,
  { companyId, statuses, action }: LeadFilter,
  { modifiedAt, id, limit }: { modifiedAt: string; id: number; limit: number },
): Promise<Lead[]> {
  return db.query<Lead>({
    name: 'list-changed-leads',
    text: `SELECT ${LEAD_SELECT} FROM timeline
      JOIN lead ON lead.company_id = timeline.company_id AND lead.id = timeline.lead_id
        AND lead.revision = timeline.revision
      WHERE timeline.company_id = $1 AND (timeline.at, timeline.lead_id) > ($2::timestamptz, $3::bigint)
        AND deleted_at IS NULL
        AND ($4::text[] IS NULL OR status = ANY ($4)) AND ($5::text IS NULL OR action = $5)
      ORDER BY timeline.at, timeline.lead_id LIMIT $6`,
    values: [companyId, modifiedAt, id, statuses, action, limit],
  })
}
