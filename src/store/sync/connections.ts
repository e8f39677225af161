import type { CallCounts } from '../../core/sync/call-budget.ts'
import type { SyncFault } from '../../core/sync/connection-state.ts'
import type { ConnectionKind, FieldRules } from '../../core/sync/kinds.ts'
import type { Db, Tx } from '../database.ts'

/** A connection as the office sees it; what opens it is not among this. Instants are ISO text. */
export interface ConnectionRow {
  readonly id: number
  readonly kind: ConnectionKind
  readonly name: string
  readonly baseUrl: string
  readonly hint: string
  readonly fieldRules: FieldRules
  readonly intervalSeconds: number
  readonly limits: string
  readonly windows: CallCounts
  readonly pushNew: boolean
  readonly enabled: boolean
  readonly importedAt: string | null
  readonly nextRunAt: string
  readonly lastRunAt: string | null
  readonly lastOkAt: string | null
  readonly failures: number
  readonly brokenUntil: string | null
  /** The upstream's own pause. */
  readonly limitedUntil: string | null
  readonly lastError: SyncFault | null
  /** Until when a process has it to itself. */
  readonly ownedUntil: string | null
  readonly createdAt: string
  /** Counted to `COUNT_MAX`; those that are gone from the upstream's list are among them. */
  readonly linkedLeads: number
  readonly goneLeads: number
  readonly openConflicts: number
}

export interface ConnectionKey {
  readonly companyId: number
  readonly id: number
}

/** What is counted for the eye stops here. */
export const COUNT_MAX = 10_000

function counted(table: string, condition: string): string {
  return `(SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE ${table}.company_id = c.company_id
    AND ${table}.connection_id = c.id AND ${condition} LIMIT ${COUNT_MAX}) AS these)`
}

const SELECT = `SELECT c.id, c.kind, c.name, c.base_url AS "baseUrl", c.hint, c.field_rules AS "fieldRules",
    c.interval_seconds AS "intervalSeconds", c.limits, c.windows, c.push_new AS "pushNew", c.enabled,
    c.imported_at AS "importedAt", c.next_run_at AS "nextRunAt", c.last_run_at AS "lastRunAt",
    c.last_ok_at AS "lastOkAt", c.failures, c.broken_until AS "brokenUntil",
    c.limited_until AS "limitedUntil", c.last_error AS "lastError",
    c.owned_until AS "ownedUntil", c.created_at AS "createdAt",
    ${counted('connection_lead', 'true')} AS "linkedLeads",
    ${counted('connection_lead', 'connection_lead.gone_at IS NOT NULL')} AS "goneLeads",
    ${counted('lead_conflict', 'lead_conflict.settled_at IS NULL')} AS "openConflicts"
  FROM connection c`

/** The connections of a company, oldest first. */
export function listConnections(db: Db, companyId: number): Promise<ConnectionRow[]> {
  return db.query<ConnectionRow>({ text: `${SELECT} WHERE c.company_id = $1 ORDER BY c.id`, values: [companyId] })
}

export async function findConnection(db: Db, { companyId, id }: ConnectionKey): Promise<ConnectionRow | null> {
  const [row] = await db.query<ConnectionRow>({
    text: `${SELECT} WHERE c.company_id = $1 AND c.id = $2`,
    values: [companyId, id],
  })
  return row ?? null
}

/** The connections of a company, counted under a lock so that many at once keep to a limit. */
export async function countConnections(tx: Tx, companyId: number): Promise<number> {
  await tx.query({ text: 'SELECT 1 FROM company WHERE id = $1 FOR NO KEY UPDATE', values: [companyId] })
  const [row] = await tx.query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM connection WHERE company_id = $1',
    values: [companyId],
  })
  return row?.n ?? 0
}

export interface NewConnectionRow {
  readonly companyId: number
  readonly kind: ConnectionKind
  readonly name: string
  readonly baseUrl: string
  readonly sealed: Buffer
  readonly hint: string
  readonly fieldRules: FieldRules
  readonly intervalSeconds: number
  readonly limits: string
  readonly pushNew: boolean
  readonly enabled: boolean
  readonly at: Date
}

export async function insertConnection(tx: Tx, row: NewConnectionRow): Promise<number> {
  const [made] = await tx.query<{ id: number }>({
    text: `INSERT INTO connection (company_id, kind, name, base_url, credentials, hint, field_rules, interval_seconds,
        limits, push_new, enabled, next_run_at, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
      RETURNING id`,
    values: [
      row.companyId,
      row.kind,
      row.name,
      row.baseUrl,
      row.sealed,
      row.hint,
      JSON.stringify(row.fieldRules),
      row.intervalSeconds,
      row.limits,
      row.pushNew,
      row.enabled,
      row.at,
    ],
  })
  if (made === undefined) throw new Error('INSERT INTO connection returned no row.')
  return made.id
}

/** What PATCH may change; null leaves a column as it is. */
export interface ConnectionChange {
  readonly name: string | null
  readonly baseUrl: string | null
  readonly sealed: Buffer | null
  readonly hint: string | null
  readonly fieldRules: FieldRules | null
  readonly intervalSeconds: number | null
  readonly limits: string | null
  readonly pushNew: boolean | null
  readonly enabled: boolean | null
}

/** The settings that stand, locked until the end of the transaction; null when the company has no such connection. */
export async function lockConnection(
  tx: Tx,
  { companyId, id }: ConnectionKey,
): Promise<Pick<ConnectionRow, 'kind' | 'baseUrl' | 'intervalSeconds' | 'limits' | 'enabled'> | null> {
  const [row] = await tx.query<Pick<ConnectionRow, 'kind' | 'baseUrl' | 'intervalSeconds' | 'limits' | 'enabled'>>({
    text: `SELECT kind, base_url AS "baseUrl", interval_seconds AS "intervalSeconds", limits, enabled
      FROM connection WHERE company_id = $1 AND id = $2 FOR NO KEY UPDATE`,
    values: [companyId, id],
  })
  return row ?? null
}

export async function updateConnection(tx: Tx, { companyId, id }: ConnectionKey, change: ConnectionChange) {
  await tx.query({
    text: `UPDATE connection SET name = coalesce($3, name), base_url = coalesce($4, base_url),
        credentials = coalesce($5, credentials), hint = coalesce($6, hint),
        field_rules = coalesce($7::jsonb, field_rules), interval_seconds = coalesce($8, interval_seconds),
        limits = coalesce($9, limits), push_new = coalesce($10, push_new), enabled = coalesce($11, enabled)
      WHERE company_id = $1 AND id = $2`,
    values: [
      companyId,
      id,
      change.name,
      change.baseUrl,
      change.sealed,
      change.hint,
      change.fieldRules === null ? null : JSON.stringify(change.fieldRules),
      change.intervalSeconds,
      change.limits,
      change.pushNew,
      change.enabled,
    ],
  })
}

/**
 * Forgets how often a connection failed, so that it begins anew at once; for one that was changed to make it work. A run
 * that is under way as it was before has lost it.
 */
export async function reviveConnection(tx: Tx, { companyId, id }: ConnectionKey, at: Date): Promise<void> {
  await tx.query({
    text: `UPDATE connection SET next_run_at = $3, rests_until = NULL, broken_until = NULL, failures = 0,
        last_error = NULL, owner = NULL, owned_until = NULL
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, id, at],
  })
}

/**
 * Has a connection find out anew whether its upstream tells its changes; at another address (`isMoved`) all of them are
 * to be told.
 */
export async function askChangesAnew(tx: Tx, { companyId, id }: ConnectionKey, isMoved: boolean): Promise<void> {
  await tx.query({
    text: `UPDATE connection SET tells_changes = false, ask_changes_at = NULL,
        changes_since = CASE WHEN $3 THEN NULL ELSE changes_since END
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, id, isMoved],
  })
}

/** Makes a connection that is not paused look at its upstream at once, however it failed before. */
export async function hastenConnection(db: Db, { companyId, id }: ConnectionKey, at: Date): Promise<boolean> {
  const rows = await db.query({
    text: `UPDATE connection SET next_run_at = $3, rests_until = NULL, broken_until = NULL
      WHERE company_id = $1 AND id = $2 AND enabled RETURNING id`,
    values: [companyId, id, at],
  })
  return rows.length > 0
}

/** Takes the connection away with its links, conflicts and runs. False when the company has no such connection. */
export async function deleteConnection(db: Db, { companyId, id }: ConnectionKey): Promise<boolean> {
  const rows = await db.query({
    text: 'DELETE FROM connection WHERE company_id = $1 AND id = $2 RETURNING id',
    values: [companyId, id],
  })
  return rows.length > 0
}
