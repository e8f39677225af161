import { refuse } from '../../core/errors.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { type ConnectionKey, findConnection } from '../../store/sync/connections.ts'
import { listSyncRuns, type SyncRunRow } from '../../store/sync/runs.ts'
import type { App } from '../app.ts'
import { refuseUnknown } from './show-connection.ts'

export interface RunPage {
  readonly runs: readonly SyncRunRow[]
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null
}

/** The looks at an upstream account within 30 days, newest first. */
export async function listRuns(
  app: App,
  key: ConnectionKey,
  { cursor, limit }: { readonly cursor: string | null; readonly limit: number },
): Promise<RunPage> {
  if ((await findConnection(app.db, key)) === null) refuseUnknown()
  const beforeId = cursor === null ? Number.MAX_SAFE_INTEGER : readPlace({ runsOf: key.id }, cursor)
  // One more than the page shows whether another page follows.
  const found = await listSyncRuns(app.db, key, { beforeId, limit: limit + 1 })
  const runs = found.slice(0, limit)
  const last = runs.at(-1)
  const isMore = found.length > limit && last !== undefined
  return { runs, nextCursor: isMore ? encodeCursor({ runsOf: key.id }, [last.id]) : null }
}

/** The id that a cursor of a list by id stands for; one that the list did not give is refused. */
export function readPlace(filters: unknown, cursor: string): number {
  const [id, ...rest] = decodeCursor(filters, cursor) ?? []
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 && rest.length === 0) return id
  return refuse('request.parameter-invalid', 'cursor is not one that this list gave.', { field: 'cursor' })
}
