import { refuse } from '../../core/errors.ts'
import { type ConnectionKey, findConnection, hastenConnection } from '../../store/sync/connections.ts'
import type { App } from '../app.ts'
import type { ConnectionView } from './connection-view.ts'
import { refuseUnknown, showConnection } from './show-connection.ts'

/** Has an upstream account looked at within seconds, unless the upstream itself asked for a pause. */
export async function runConnection(app: App, key: ConnectionKey): Promise<ConnectionView> {
  if (!(await hastenConnection(app.db, key, app.clock()))) {
    if ((await findConnection(app.db, key)) === null) refuseUnknown()
    refuse('connection.paused', 'The connection is paused; let it go on first.')
  }
  return showConnection(app, key)
}
