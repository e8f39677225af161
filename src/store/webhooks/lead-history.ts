import type { Actor } from '../../core/lead/events.ts'
import { FIRST_STATUS } from '../../core/lead/status-rules.ts'
import type { PastChange } from '../../core/webhooks/lead-as-of.ts'
import { plainArray } from '../../lib/pg-array.ts'
import type { Db } from '../database.ts'

export interface LeadRevision {
  readonly leadId: number
  readonly revision: number
}

export interface HistoryRow extends PastChange {
  readonly leadId: number
  readonly face: Actor['face']
  readonly kind: Actor['kind']
  readonly actorId: string
  readonly actorName: string
}

/** The changes of some leads of a company from a revision on, that one included; of each lead in order. */
export function listChangesFrom(db: Db, companyId: number, from: readonly LeadRevision[]): Promise<HistoryRow[]> {
  return db.query<HistoryRow>({
    name: 'list-changes-from',
    text: `SELECT change.* FROM unnest($2::bigint[], $3::integer[]) AS key (lead_id, revision)
      CROSS JOIN LATERAL (
        SELECT lead_id AS "leadId", revision, at, event, face, actor_kind AS kind, actor_id AS "actorId",
          actor_name AS "actorName", changes, action_due_at AS "actionDueAt"
        FROM timeline
        WHERE company_id = $1 AND timeline.lead_id = key.lead_id AND timeline.revision >= key.revision
        ORDER BY timeline.revision) AS change`,
    values: [companyId, plainArray(from.map(({ leadId }) => leadId)), plainArray(from.map(({ revision }) => revision))],
  })
}

/** When the status of each lead was reported last, up to a revision; a lead of which nothing was reported is left out. */
export function findReportInstants(
  db: Db,
  companyId: number,
  upTo: readonly LeadRevision[],
): Promise<(LeadRevision & { at: string })[]> {
  return db.query<LeadRevision & { at: string }>({
    name: 'find-report-instants',
    text: `SELECT key.lead_id AS "leadId", key.revision, report.at
      FROM unnest($2::bigint[], $3::integer[]) AS key (lead_id, revision)
      CROSS JOIN LATERAL (
        SELECT at FROM timeline
        WHERE company_id = $1 AND timeline.lead_id = key.lead_id AND timeline.revision <= key.revision
          AND (event = 'lead.status_changed' OR changes -> 'status' ->> 'new' <> '${FIRST_STATUS}')
        ORDER BY timeline.revision DESC LIMIT 1) AS report`,
    values: [companyId, plainArray(upTo.map(({ leadId }) => leadId)), plainArray(upTo.map(({ revision }) => revision))],
  })
}
