import { refuse } from '../../core/errors.ts'
import { makeTotpSecret, totpUri } from '../../lib/totp.ts'
import { beginSecondFactor } from '../../store/credentials/second-factors.ts'
import type { App } from '../app.ts'
import { checkPassword } from './check-password.ts'
import type { Client, SignedIn } from './session.ts'

/** What a sealed authenticator secret is bound to. */
export function totpPurpose(userId: number): string {
  return `totp of user ${userId}`
}

/**
 * Makes a secret for an authenticator, not in force until confirmed; it is shown this once. Beginning again replaces it.
 * The password is asked once more: a session that was left open must not lock its user out.
 */
export async function beginTwoFactor(
  app: App,
  user: SignedIn,
  { password, client }: { readonly password: string; readonly client: Client },
): Promise<{ secret: string; uri: string }> {
  const { userId, email } = user
  await checkPassword(app, user, { field: 'password', password, client })
  const secret = makeTotpSecret()
  const sealed = await app.secrets.seal(secret, totpPurpose(userId))
  if (!(await beginSecondFactor(app.db, userId, sealed))) {
    refuse('two-factor.conflict', 'Two-factor log-in is on already; turn it off first.')
  }
  return { secret, uri: totpUri(secret, email) }
}
