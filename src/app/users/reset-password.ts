import { refuse } from '../../core/errors.ts'
import { sha256 } from '../../lib/sha256.ts'
import { deletePasswordReset, findPasswordReset } from '../../store/credentials/password-resets.ts'
import { deleteSessionsOf } from '../../store/credentials/sessions.ts'
import { savePassword } from '../../store/credentials/users.ts'
import type { App } from '../app.ts'
import { forgetCodeAttempts } from '../credentials/code-throttle.ts'
import { hashNewPassword } from '../credentials/prepare-user.ts'

/**
 * Sets a new password by a link, which works once. Every session and every other link of the user ends; a second factor
 * stays. Refuses with `link.invalid`, and a weak password, which leaves the link as it is.
 */
export async function resetPassword(app: App, token: string, password: string): Promise<void> {
  const tokenHash = sha256(token)
  const userId = await findPasswordReset(app.db, tokenHash, app.clock())
  if (userId === null) return refuseLink()
  const passwordHash = await hashNewPassword(password)
  await app.db.transaction(async (tx) => {
    if (!(await deletePasswordReset(tx, tokenHash))) refuseLink()
    await savePassword(tx, userId, passwordHash)
    await deleteSessionsOf(tx, userId)
    await forgetCodeAttempts(tx, userId)
  })
  app.revocations.tell({ kind: 'user', id: userId })
}

/** One text for every link that leads nowhere. */
export function refuseLink(): never {
  refuse('link.invalid', 'This link was used already, or is no longer valid; ask for a new one.')
}
