import { listConnections as select } from '../../store/sync/connections.ts'
import { listLastRuns } from '../../store/sync/runs.ts'
import type { App } from '../app.ts'
import { type ConnectionView, toView } from './connection-view.ts'

/** The upstream accounts of a company, oldest first. */
export async function listConnections(app: App, companyId: number): Promise<ConnectionView[]> {
  const [rows, runs] = await Promise.all([select(app.db, companyId), listLastRuns(app.db, companyId)])
  const now = app.clock()
  return rows.map((row) => {
    const run = runs.find(({ connectionId }) => connectionId === row.id)
    if (run === undefined) return toView(row, null, now)
    const { connectionId: _, ...lastRun } = run
    return toView(row, lastRun, now)
  })
}
