import type { Db } from '../database.ts'
import type { ConnectionKey } from './connections.ts'

/** What one look at an upstream did. Instants are ISO text. */
export interface SyncRunRow {
  readonly id: number
  readonly startedAt: string
  /** null while it runs, and for ever when its process was killed. */
  readonly endedAt: string | null
  readonly pulled: number
  readonly pushed: number
  readonly createdHere: number
  readonly createdThere: number
  readonly conflicts: number
  readonly gone: number
  readonly calls: number
  readonly error: { readonly code: string; readonly text: string } | null
}

const COLUMNS = `id, started_at AS "startedAt", ended_at AS "endedAt", pulled, pushed, created_here AS "createdHere",
    created_there AS "createdThere", conflicts, gone, calls, error`

/** The runs of a connection below an id, newest first. */
export function listSyncRuns(
  db: Db,
  { companyId, id }: ConnectionKey,
  { beforeId, limit }: { readonly beforeId: number; readonly limit: number },
): Promise<SyncRunRow[]> {
  return db.query<SyncRunRow>({
    text: `SELECT ${COLUMNS} FROM sync_run WHERE company_id = $1 AND connection_id = $2 AND id < $3
      ORDER BY id DESC LIMIT $4`,
    values: [companyId, id, beforeId, limit],
  })
}

/** The newest run of each connection of a company. */
export function listLastRuns(db: Db, companyId: number): Promise<(SyncRunRow & { readonly connectionId: number })[]> {
  return db.query({
    text: `SELECT c.id AS "connectionId", run.* FROM connection c
      CROSS JOIN LATERAL (
        SELECT ${COLUMNS} FROM sync_run WHERE company_id = c.company_id AND connection_id = c.id
        ORDER BY id DESC LIMIT 1
      ) AS run
      WHERE c.company_id = $1`,
    values: [companyId],
  })
}
