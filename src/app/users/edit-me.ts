import { checkName } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { saveName, savePassword } from '../../store/credentials/users.ts'
import { saveDigestWish } from '../../store/digests.ts'
import type { App } from '../app.ts'
import { forgetCodeAttempts } from '../credentials/code-throttle.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import { hashNewPassword } from '../credentials/prepare-user.ts'
import { checkPassword } from '../sessions/check-password.ts'
import { replaceSessions } from '../sessions/replace-sessions.ts'
import type { Client, OpenedSession, SessionLife, SignedIn } from '../sessions/session.ts'

export interface MeEdit {
  readonly name?: string | undefined
  readonly currentPassword?: string | undefined
  readonly password?: string | undefined
  /** A mail each morning about what waits. */
  readonly digest?: boolean | undefined
}

/**
 * Changes one's own name, password or wish for mails, all or nothing. A new password needs the current one; it ends every other session,
 * and the new session of this one is given. Null when the password stays.
 */
export async function editMe(
  app: App,
  user: SignedIn,
  edit: MeEdit,
  { client, life }: { readonly client: Client; readonly life: SessionLife },
): Promise<OpenedSession | null> {
  const { userId } = user
  if (edit.digest !== undefined && user.companyId === null) {
    refuse('field.not-allowed', '{digest} is about the leads of a company, which an operator has none of.', {
      field: 'digest',
    })
  }
  const name = edit.name === undefined ? undefined : orRefuse(checkName('name', edit.name))
  const passwordHash = edit.password === undefined ? null : await proveAndHash(app, user, edit, client)
  const session = await app.db.transaction(async (tx) => {
    if (name !== undefined) await saveName(tx, userId, name)
    if (edit.digest !== undefined) await saveDigestWish(tx, userId, edit.digest)
    if (passwordHash === null) return null
    await savePassword(tx, userId, passwordHash)
    await forgetCodeAttempts(tx, userId)
    return replaceSessions(tx, { userId, client, life, now: app.clock() })
  })
  app.revocations.tell({ kind: 'user', id: userId })
  return session
}

async function proveAndHash(
  app: App,
  user: SignedIn,
  { currentPassword, password = '' }: MeEdit,
  client: Client,
): Promise<string> {
  if (currentPassword === undefined) {
    refuse('field.required', '{currentPassword} is required for a new password.', { field: 'currentPassword' })
  }
  await checkPassword(app, user, { field: 'currentPassword', password: currentPassword, client })
  return hashNewPassword(password)
}
