import type { SyncValue } from '../../core/sync/shape.ts'
import { plainArray } from '../../lib/pg-array.ts'
import type { Db, Tx } from '../database.ts'
import type { ConnectionId } from './lead-links.ts'

/** A conflict that waits to be settled, as the merge wants it. */
export interface OpenConflict {
  readonly id: number
  readonly leadId: number
  readonly field: string
  readonly kind: 'both-changed' | 'refused'
  readonly ours: SyncValue
  readonly theirs: SyncValue
  readonly detail: string | null
}

/** What a look at a lead finds; `undefined` values are not known and are kept as null. */
export interface FoundConflict {
  readonly field: string
  readonly kind: 'both-changed' | 'refused'
  readonly base: SyncValue | undefined
  readonly ours: SyncValue | undefined
  readonly oursAt: string | null
  readonly theirs: SyncValue | undefined
  readonly theirsAt: string | null
  readonly detail: string | null
}

const OPEN = 'company_id = $1 AND connection_id = $2 AND settled_at IS NULL'

export function openConflictsOf(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  leadIds: readonly number[],
): Promise<OpenConflict[]> {
  return db.query<OpenConflict>({
    name: 'open-conflicts-of',
    text: `SELECT id, lead_id AS "leadId", field, kind, ours, theirs, detail FROM lead_conflict
      WHERE ${OPEN} AND lead_id = ANY($3::bigint[]) ORDER BY id`,
    values: [companyId, connectionId, plainArray(leadIds)],
  })
}

export interface ConflictLook {
  readonly leadId: number
  readonly found: readonly FoundConflict[]
  /** Fields whose open conflicts stay as they are. */
  readonly kept: readonly string[]
}

/**
 * Brings the open conflicts of a lead up to what a look found: new ones are opened, those found again follow the values,
 * the others have come to agree by themselves. Gives how many were opened.
 */
export async function bringConflicts(tx: Tx, of: ConnectionId, look: ConflictLook, now: Date): Promise<number> {
  const fields = [...look.found.map(({ field }) => field), ...look.kept]
  await tx.query({
    name: 'close-agreed-conflicts',
    text: `UPDATE lead_conflict SET settled_at = $5, settled_by = 'sync'
      WHERE ${OPEN} AND lead_id = $3 AND field <> ALL($4::text[])`,
    values: [of.companyId, of.connectionId, look.leadId, fields, now],
  })
  let opened = 0
  for (const found of look.found) if (await openOrFollow(tx, of, { leadId: look.leadId, found }, now)) opened += 1
  return opened
}

/** True when the conflict is a new one. */
async function openOrFollow(
  tx: Tx,
  { companyId, connectionId }: ConnectionId,
  { leadId, found }: { readonly leadId: number; readonly found: FoundConflict },
  now: Date,
): Promise<boolean> {
  const [row] = await tx.query<{ isNew: boolean }>({
    name: 'open-conflict',
    text: `INSERT INTO lead_conflict AS old (company_id, connection_id, lead_id, field, kind, base, ours, ours_at, theirs,
        theirs_at, detail, opened_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (company_id, connection_id, lead_id, field) WHERE settled_at IS NULL DO UPDATE
        SET kind = excluded.kind, base = excluded.base, ours = excluded.ours, theirs = excluded.theirs,
          ours_at = CASE WHEN old.ours IS NOT DISTINCT FROM excluded.ours THEN old.ours_at ELSE excluded.ours_at END,
          theirs_at = CASE WHEN old.theirs IS NOT DISTINCT FROM excluded.theirs THEN old.theirs_at
            ELSE excluded.theirs_at END,
          detail = excluded.detail
      RETURNING xmax = 0 AS "isNew"`,
    values: [
      companyId,
      connectionId,
      leadId,
      found.field,
      found.kind,
      json(found.base),
      json(found.ours),
      found.oursAt,
      json(found.theirs),
      found.theirsAt,
      found.detail,
      now,
    ],
  })
  return row?.isNew ?? false
}

/** jsonb's null for a value that is null, and SQL's for one that is not known: both are read as null. */
function json(value: SyncValue | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

/** Closes open conflicts of a lead by somebody's choice; gives the fields that were open. */
export async function settleConflicts(
  tx: Tx,
  { companyId, connectionId }: ConnectionId,
  settled: {
    readonly leadId: number
    readonly fields: readonly string[]
    readonly choice: 'ours' | 'theirs'
    readonly by: string
  },
  now: Date,
): Promise<string[]> {
  const rows = await tx.query<{ field: string }>({
    text: `UPDATE lead_conflict SET settled_at = $5, settled_by = $6, choice = $7
      WHERE ${OPEN} AND lead_id = $3 AND field = ANY($4::text[]) RETURNING field`,
    values: [companyId, connectionId, settled.leadId, settled.fields, now, settled.by, settled.choice],
  })
  return rows.map(({ field }) => field)
}

/** Has the leads with open conflicts looked at again, for rules that have changed. */
export async function wakeConflicts(db: Db, { companyId, connectionId }: ConnectionId): Promise<void> {
  await db.query({
    text: `UPDATE connection_lead SET pending = true, version = version + 1
      WHERE company_id = $1 AND connection_id = $2
        AND lead_id IN (SELECT lead_id FROM lead_conflict WHERE ${OPEN})`,
    values: [companyId, connectionId],
  })
}
