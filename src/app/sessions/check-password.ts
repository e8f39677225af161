import { emailKey } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { verifyPassword } from '../../lib/password.ts'
import { findPassword } from '../../store/credentials/users.ts'
import type { App } from '../app.ts'
import { refusingWhenFull } from '../credentials/busy.ts'
import { beginAttempt, endAttempt } from '../credentials/login-throttle.ts'
import type { Client, SignedIn } from './session.ts'

/** Asks a signed-in user for the password once more; counted like a log-in. `field` is what a wrong one is told of. */
export async function checkPassword(
  app: App,
  { userId, email }: SignedIn,
  { field, password, client }: { readonly field: string; readonly password: string; readonly client: Client },
): Promise<void> {
  const attempt = await beginAttempt(app, [emailKey(email)], client.address)
  const isRight = await judge(app, userId, password).catch(async (error: unknown) => {
    await endAttempt(app, attempt, 'not-judged').catch(() => undefined)
    throw error
  })
  if (!isRight) refuse('field.invalid', `{${field}} is not the password of this user.`, { field })
  await endAttempt(app, attempt, 'not-judged')
}

async function judge(app: App, userId: number, password: string): Promise<boolean> {
  const stored = await findPassword(app.db, userId)
  return stored !== null && (await refusingWhenFull(() => verifyPassword(stored, password)))
}
