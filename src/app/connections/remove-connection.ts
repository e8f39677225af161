import { type ConnectionKey, deleteConnection } from '../../store/sync/connections.ts'
import type { App } from '../app.ts'
import { refuseUnknown } from './show-connection.ts'

/** Takes an upstream account away with what was agreed with it; leads stay as they are, here and there. */
export async function removeConnection(app: App, key: ConnectionKey): Promise<void> {
  if (!(await deleteConnection(app.db, key))) refuseUnknown()
}
