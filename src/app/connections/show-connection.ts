import { refuse } from '../../core/errors.ts'
import { type ConnectionKey, findConnection } from '../../store/sync/connections.ts'
import { listSyncRuns } from '../../store/sync/runs.ts'
import type { App } from '../app.ts'
import { type ConnectionView, toView } from './connection-view.ts'

/** One upstream account of a company, or the refusal `request.not-found`. */
export async function showConnection(app: App, key: ConnectionKey): Promise<ConnectionView> {
  const newest = { beforeId: Number.MAX_SAFE_INTEGER, limit: 1 }
  const [row, [lastRun]] = await Promise.all([findConnection(app.db, key), listSyncRuns(app.db, key, newest)])
  return row === null ? refuseUnknown() : toView(row, lastRun ?? null, app.clock())
}

export function refuseUnknown(): never {
  refuse('request.not-found', 'The company has no such connection.')
}
