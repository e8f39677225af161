import { sha256 } from '../../lib/sha256.ts'
import { deleteSession } from '../../store/credentials/sessions.ts'
import type { App } from '../app.ts'

/**
 * Ends the session of a cookie, should it be one: at once in this process, and within 5 seconds in every other.
 */
export async function endSession(app: App, token: string): Promise<void> {
  const userId = await deleteSession(app.db, sha256(token))
  if (userId !== null) app.revocations.tell({ kind: 'user', id: userId })
}
