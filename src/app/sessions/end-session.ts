import { deleteSession } from '../../store/credentials/sessions.ts'
import type { App } from '../app.ts'
import type { SignedIn } from './session.ts'

/** Signs out: the session is over at once in this process, and within 5 seconds in every other. */
export async function endSession(app: App, { tokenHash, userId }: SignedIn): Promise<void> {
  await deleteSession(app.db, tokenHash)
  app.revocations.tell({ kind: 'user', id: userId })
}
