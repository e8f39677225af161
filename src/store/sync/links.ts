import type { ConnectionKind } from '../../core/sync/kinds.ts'
import type { Db } from '../database.ts'

/** Where a lead is linked to. Instants are ISO text. */
export interface LinkRow {
  readonly connectionId: number
  readonly connectionName: string
  readonly connectionKind: ConnectionKind
  readonly enabled: boolean
  /** null while a lead that was made here is on its way there. */
  readonly upstreamId: string | null
  /** When both sides were last found to agree. */
  readonly agreedAt: string | null
  readonly seenAt: string | null
  /** When the upstream's list no longer had it. */
  readonly goneAt: string | null
  /** Whether something of ours has still to be told there. */
  readonly pending: boolean
}

export function listLinks(db: Db, { companyId, leadId }: { companyId: number; leadId: number }): Promise<LinkRow[]> {
  return db.query<LinkRow>({
    text: `SELECT l.connection_id AS "connectionId", c.name AS "connectionName", c.kind AS "connectionKind", c.enabled,
        l.upstream_id AS "upstreamId", l.agreed_at AS "agreedAt", l.seen_at AS "seenAt", l.gone_at AS "goneAt",
        l.dirty AS pending
      FROM connection_lead l JOIN connection c ON c.company_id = l.company_id AND c.id = l.connection_id
      WHERE l.company_id = $1 AND l.lead_id = $2 ORDER BY l.connection_id`,
    values: [companyId, leadId],
  })
}
