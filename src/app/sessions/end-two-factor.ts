import { emailKey } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { deleteSecondFactor } from '../../store/credentials/second-factors.ts'
import { deleteSessionsOf } from '../../store/credentials/sessions.ts'
import { findUserByEmail } from '../../store/credentials/users.ts'
import type { App } from '../app.ts'
import { forgetCodeAttempts } from '../credentials/code-throttle.ts'
import { checkPassword } from './check-password.ts'
import { replaceSessions } from './replace-sessions.ts'
import type { Client, OpenedSession, SessionLife, SignedIn } from './session.ts'

/** Turns two-factor log-in off, for which the password is asked once more. Every other session of the user ends. */
export async function endTwoFactor(
  app: App,
  user: SignedIn,
  { password, client, life }: { readonly password: string; readonly client: Client; readonly life: SessionLife },
): Promise<OpenedSession> {
  const { userId } = user
  await checkPassword(app, user, { field: 'password', password, client })
  const session = await app.db.transaction(async (tx) => {
    if (!(await deleteSecondFactor(tx, userId))) refuseOff()
    await forgetCodeAttempts(tx, userId)
    return replaceSessions(tx, { userId, client, life, now: app.clock() })
  })
  app.revocations.tell({ kind: 'user', id: userId })
  return session
}

/** An operator's help for somebody who lost authenticator and recovery codes; ends all of the user's sessions. */
export async function endTwoFactorFor(app: App, email: string): Promise<{ id: number; email: string }> {
  const user = await findUserByEmail(app.db, emailKey(email))
  if (user === null) refuse('request.not-found', 'There is no user with this e-mail address.')
  await app.db.transaction(async (tx) => {
    if (!(await deleteSecondFactor(tx, user.id))) refuseOff()
    await forgetCodeAttempts(tx, user.id)
    await deleteSessionsOf(tx, user.id)
  })
  app.revocations.tell({ kind: 'user', id: user.id })
  return { id: user.id, email: user.email }
}

function refuseOff(): never {
  refuse('two-factor.conflict', 'Two-factor log-in is off.')
}
