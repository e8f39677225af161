import { deleteSessionsOf } from '../../store/credentials/sessions.ts'
import type { Tx } from '../../store/database.ts'
import { openSession, type SessionOrder } from './open-session.ts'
import type { OpenedSession } from './session.ts'

/**
 * Ends every session of a user and opens one anew, for after a change of what proves who they are: whoever held an old
 * session is out. The use case tells `app.revocations` once this is committed.
 */
export async function replaceSessions(tx: Tx, order: SessionOrder): Promise<OpenedSession> {
  await deleteSessionsOf(tx, order.userId)
  return openSession(tx, order)
}
