import type { SyncFault } from '../../core/sync/connection-state.ts'
import type { Db } from '../database.ts'
import type { ConnectionId } from './lead-links.ts'

/** What a run did. */
export interface RunCounts {
  readonly pulled: number
  readonly pushed: number
  readonly createdHere: number
  readonly createdThere: number
  readonly conflicts: number
  readonly gone: number
  readonly calls: number
}

export async function beginRun(db: Db, { companyId, connectionId }: ConnectionId, now: Date): Promise<number> {
  const [row] = await db.query<{ id: number }>({
    name: 'begin-sync-run',
    text: 'INSERT INTO sync_run (company_id, connection_id, started_at) VALUES ($1, $2, $3) RETURNING id',
    values: [companyId, connectionId, now],
  })
  if (row === undefined) throw new Error('INSERT INTO sync_run returned no row.')
  return row.id
}

export async function endRun(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  run: { readonly id: number; readonly counts: RunCounts; readonly error: SyncFault | null; readonly at: Date },
): Promise<void> {
  const { counts } = run
  await db.query({
    name: 'end-sync-run',
    text: `UPDATE sync_run SET ended_at = $4, pulled = $5, pushed = $6, created_here = $7, created_there = $8,
        conflicts = $9, gone = $10, calls = $11, error = $12
      WHERE company_id = $1 AND connection_id = $2 AND id = $3`,
    values: [
      companyId,
      connectionId,
      run.id,
      run.at,
      counts.pulled,
      counts.pushed,
      counts.createdHere,
      counts.createdThere,
      counts.conflicts,
      counts.gone,
      counts.calls,
      run.error === null ? null : JSON.stringify(run.error),
    ],
  })
}

/** Forgets runs from before an instant, a bounded number at a time; gives how many. */
export async function forgetRuns(db: Db, before: Date, limit: number): Promise<number> {
  const rows = await db.query({
    text: `DELETE FROM sync_run WHERE ctid = ANY (ARRAY(SELECT ctid FROM sync_run WHERE started_at < $1 LIMIT $2))
      RETURNING id`,
    values: [before, limit],
  })
  return rows.length
}
