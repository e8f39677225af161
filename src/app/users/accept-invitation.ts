import { sha256 } from '../../lib/sha256.ts'
import { takeInvitation } from '../../store/credentials/invitations.ts'
import type { App } from '../app.ts'
import { createUser, prepareUser } from '../credentials/prepare-user.ts'
import { openSession } from '../sessions/open-session.ts'
import type { Client, OpenedSession, SessionLife } from '../sessions/session.ts'
import { refuseLink } from './reset-password.ts'
import { showInvitation } from './show-invitation.ts'

export interface Acceptance {
  readonly token: string
  readonly name: string
  readonly password: string
}

/**
 * Makes the user that an invitation is for and signs them in; the link works once. Refuses with `link.invalid`, a weak
 * password, and an address that became somebody's meanwhile.
 */
export async function acceptInvitation(
  app: App,
  { token, name, password }: Acceptance,
  { client, life }: { readonly client: Client; readonly life: SessionLife },
): Promise<OpenedSession> {
  const { companyId, email, role } = await showInvitation(app, token)
  const user = { companyId, role, ...(await prepareUser({ email, name, password })) }
  return app.db.transaction(async (tx) => {
    if (!(await takeInvitation(tx, sha256(token)))) refuseLink()
    const now = app.clock()
    const userId = await createUser(tx, user, now)
    return openSession(tx, { userId, client, life, now })
  })
}
