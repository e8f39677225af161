import type { ConnectionKind } from '../../core/sync/kinds.ts'
import type { SyncValue } from '../../core/sync/shape.ts'
import type { Db } from '../database.ts'

/** A field of which both sides say different things. Instants are ISO text. */
export interface ConflictRow {
  readonly id: number
  readonly leadId: number
  readonly connectionId: number
  readonly connectionName: string
  readonly connectionKind: ConnectionKind
  readonly field: string
  readonly kind: 'both-changed' | 'refused'
  readonly base: SyncValue
  readonly ours: SyncValue
  readonly oursAt: string | null
  readonly theirs: SyncValue
  readonly theirsAt: string | null
  readonly detail: string | null
  readonly openedAt: string
  readonly settledAt: string | null
  readonly settledBy: string | null
  readonly choice: 'ours' | 'theirs' | null
}

export interface ConflictFilter {
  readonly companyId: number
  /** null: of any lead. */
  readonly leadId: number | null
  readonly open: boolean
}

const SELECT = `SELECT f.id, f.lead_id AS "leadId", f.connection_id AS "connectionId", c.name AS "connectionName",
    c.kind AS "connectionKind", f.field, f.kind, f.base, f.ours, f.ours_at AS "oursAt", f.theirs,
    f.theirs_at AS "theirsAt", f.detail, f.opened_at AS "openedAt", f.settled_at AS "settledAt",
    f.settled_by AS "settledBy", f.choice
  FROM lead_conflict f JOIN connection c ON c.company_id = f.company_id AND c.id = f.connection_id`

/** Conflicts below an id, newest first: the open ones, or the settled ones. */
export function listConflicts(
  db: Db,
  { companyId, leadId, open }: ConflictFilter,
  { beforeId, limit }: { readonly beforeId: number; readonly limit: number },
): Promise<ConflictRow[]> {
  const ofLead = leadId === null ? '' : 'AND f.lead_id = $4'
  return db.query<ConflictRow>({
    text: `${SELECT} WHERE f.company_id = $1 AND f.id < $2 AND f.settled_at IS ${open ? '' : 'NOT '}NULL ${ofLead}
      ORDER BY f.id DESC LIMIT $3`,
    values: [companyId, beforeId, limit, ...(leadId === null ? [] : [leadId])],
  })
}

export async function findConflict(db: Db, companyId: number, id: number): Promise<ConflictRow | null> {
  const [row] = await db.query<ConflictRow>({
    text: `${SELECT} WHERE f.company_id = $1 AND f.id = $2`,
    values: [companyId, id],
  })
  return row ?? null
}

/** How many conflicts of a company wait, counted to `max`. */
export async function countOpenConflicts(db: Db, companyId: number, max: number): Promise<number> {
  const [row] = await db.query<{ n: number }>({
    text: `SELECT count(*) AS n FROM (
        SELECT 1 FROM lead_conflict WHERE company_id = $1 AND settled_at IS NULL LIMIT $2
      ) AS waiting`,
    values: [companyId, max],
  })
  return row?.n ?? 0
}
