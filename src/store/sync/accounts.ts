import type { SyncFault } from '../../core/sync/connection-state.ts'
import type { ConnectionKind, FieldRules } from '../../core/sync/kinds.ts'
import { plainArray } from '../../lib/pg-array.ts'
import type { Db } from '../database.ts'

/** A connection as the engine works with it. Instants are ISO text. */
export interface Account {
  readonly companyId: number
  readonly id: number
  readonly kind: ConnectionKind
  readonly name: string
  readonly baseUrl: string
  readonly sealed: Buffer
  readonly fieldRules: FieldRules
  readonly intervalSeconds: number
  readonly limits: string
  readonly pushNew: boolean
  readonly createdAt: string
  readonly importedAt: string | null
  readonly lookedAt: string
  readonly lastRunAt: string | null
  readonly failures: number
  /** By the upstream's clock: what changed there until then was looked at; null: nothing was yet. */
  readonly changesSince: string | null
  readonly tellsChanges: boolean
  /** When an upstream that does not tell its changes is asked again; null: at once. */
  readonly askChangesAt: string | null
}

const COLUMNS = `company_id AS "companyId", id, kind, name, base_url AS "baseUrl", credentials AS sealed,
  field_rules AS "fieldRules", interval_seconds AS "intervalSeconds", limits, push_new AS "pushNew",
  created_at AS "createdAt", imported_at AS "importedAt", looked_at AS "lookedAt",
  last_run_at AS "lastRunAt", failures, changes_since AS "changesSince", tells_changes AS "tellsChanges",
  ask_changes_at AS "askChangesAt"`

export async function findAccount(db: Db, companyId: number, id: number): Promise<Account | null> {
  const [row] = await db.query<Account>({
    name: 'find-sync-account',
    text: `SELECT ${COLUMNS} FROM connection WHERE company_id = $1 AND id = $2`,
    values: [companyId, id],
  })
  return row ?? null
}

/** What a process calls itself, until when it holds what it takes, and how many it takes at most. */
export interface Claim {
  readonly owner: string
  readonly now: Date
  readonly until: Date
  readonly limit: number
  /** Connections that are left out: those that still run here, though their lease may have run out, say. */
  readonly except: readonly number[]
  /** Only these; null: all others. */
  readonly among: readonly number[] | null
}

/**
 * Takes connections that are due and that nobody holds: those whose time has come, and those that have a change to send.
 * A row that another process is about to take is passed over.
 */
export function claimDue(db: Db, { owner, now, until, limit, except, among }: Claim): Promise<Account[]> {
  return db.query<Account>({
    name: 'claim-accounts',
    text: `UPDATE connection SET owner = $1, owned_until = $3 WHERE (company_id, id) IN (
        SELECT company_id, id FROM connection AS due
        WHERE enabled AND (owned_until IS NULL OR owned_until <= $2) AND id <> ALL($5::bigint[])
          AND ($6::bigint[] IS NULL OR id = ANY($6))
          AND (broken_until IS NULL OR broken_until <= $2) AND (limited_until IS NULL OR limited_until <= $2)
          AND (next_run_at <= $2 OR ((rests_until IS NULL OR rests_until <= $2) AND EXISTS (
            SELECT 1 FROM connection_lead AS link
            WHERE link.company_id = due.company_id AND link.connection_id = due.id AND link.dirty)))
        ORDER BY next_run_at LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING ${COLUMNS}`,
    values: [owner, now, until, limit, plainArray(except), among === null ? null : plainArray(among)],
  })
}

/** Holds on to connections that this process has, and gives their ids; what it no longer has is not taken back. */
export async function renewClaims(
  db: Db,
  { owner, now, until }: Pick<Claim, 'owner' | 'now' | 'until'>,
  ids: readonly number[],
): Promise<readonly number[]> {
  const rows = await db.query<{ id: number }>({
    name: 'renew-accounts',
    text: `UPDATE connection SET owned_until = $3
      WHERE owner = $1 AND owned_until > $2 AND id = ANY($4::bigint[]) RETURNING id`,
    values: [owner, now, until, plainArray(ids)],
  })
  return rows.map(({ id }) => id)
}

/** Lets a connection go that a process holds, as it is. */
export async function releaseClaim(db: Db, owner: string, id: number): Promise<void> {
  await db.query({
    name: 'release-account',
    text: 'UPDATE connection SET owner = NULL, owned_until = NULL WHERE owner = $1 AND id = $2',
    values: [owner, id],
  })
}

/** How a run leaves its connection. */
export interface RunEnd {
  readonly companyId: number
  readonly id: number
  readonly owner: string
  readonly startedAt: Date
  readonly at: Date
  readonly nextRunAt: Date
  readonly restsUntil: Date
  readonly failures: number
  readonly brokenUntil: Date | null
  readonly limitedUntil: Date | null
  readonly error: SyncFault | null
  /** null: the import is not complete, or the leads made here were not all looked at; the column stays. */
  readonly importedAt: Date | null
  readonly lookedAt: Date | null
  /** What was found out about changes there; null: as it was. */
  readonly changes: ChangesState | null
}

/** Whether an upstream tells its changes, until when they were looked at, and when one that does not is asked again. */
export interface ChangesState {
  readonly since: string | null
  readonly isTold: boolean
  readonly askAt: Date | null
}

/** Writes a run's end and lets the connection go, if this process still has it. */
export async function endClaim(db: Db, end: RunEnd): Promise<void> {
  await db.query({
    name: 'end-account',
    // A time that was set while the run went on is somebody's wish to run at once, however it ended. A pause that the
    // upstream asked for meanwhile, when a lead was linked, stays.
    text: `UPDATE connection SET owner = NULL, owned_until = NULL, last_run_at = $4, rests_until = $6, failures = $7,
        next_run_at = CASE WHEN next_run_at > $13 THEN next_run_at ELSE $5 END,
        broken_until = CASE WHEN next_run_at > $13 AND next_run_at <= $4 THEN NULL ELSE $8::timestamptz END,
        limited_until = greatest($9, CASE WHEN limited_until > $4 THEN limited_until END), last_error = $10,
        last_ok_at = CASE WHEN $10::jsonb IS NULL THEN $4 ELSE last_ok_at END,
        imported_at = coalesce(imported_at, $11), looked_at = coalesce($12, looked_at),
        changes_since = CASE WHEN $14 THEN $15 ELSE changes_since END,
        tells_changes = CASE WHEN $14 THEN $16 ELSE tells_changes END,
        ask_changes_at = CASE WHEN $14 THEN $17 ELSE ask_changes_at END
      WHERE company_id = $1 AND id = $2 AND owner = $3`,
    values: [
      end.companyId,
      end.id,
      end.owner,
      end.at,
      end.nextRunAt,
      end.restsUntil,
      end.failures,
      end.brokenUntil,
      end.limitedUntil,
      end.error === null ? null : JSON.stringify(end.error),
      end.importedAt,
      end.lookedAt,
      end.startedAt,
      end.changes !== null,
      end.changes?.since ?? null,
      end.changes?.isTold ?? false,
      end.changes?.askAt ?? null,
    ],
  })
}

/** Keeps the pause that an upstream asked for when a request called it, beside whatever run there is. */
export async function keepLimit(
  db: Db,
  { companyId, id }: Pick<Account, 'companyId' | 'id'>,
  { until, error }: { readonly until: Date; readonly error: SyncFault },
): Promise<void> {
  await db.query({
    name: 'keep-limit',
    text: `UPDATE connection SET limited_until = greatest(limited_until, $3), last_error = $4
      WHERE company_id = $1 AND id = $2`,
    values: [companyId, id, until, JSON.stringify(error)],
  })
}
