import { emailKey } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { UNKNOWN_USER_HASH, verifyPassword } from '../../lib/password.ts'
import { sha256 } from '../../lib/sha256.ts'
import { isStorableText } from '../../lib/text.ts'
import { insertChallenge } from '../../store/credentials/challenges.ts'
import { findLogin, type LoginRow } from '../../store/credentials/users.ts'
import type { App } from '../app.ts'
import { refusingWhenFull } from '../credentials/busy.ts'
import { beginAttempt, endAttempt } from '../credentials/login-throttle.ts'
import { makeSecret, openSession } from './open-session.ts'
import type { Client, OpenedSession, SessionLife } from './session.ts'

export interface Login {
  readonly email: string
  readonly password: string
}

export type LoggedIn =
  | { readonly kind: 'session'; readonly session: OpenedSession }
  /** The password was right; the second factor is still to come. */
  | { readonly kind: 'challenge'; readonly challenge: string }

const CHALLENGE_MS = 300_000

/**
 * Checks e-mail address and password, with one argon2 computation whether or not the user exists. Refuses with
 * `credentials.throttled` before that, with `credentials.invalid` whatever was wrong, and with `server.busy` when too
 * many computations wait.
 */
export async function logIn(app: App, login: Login, client: Client, life: SessionLife): Promise<LoggedIn> {
  const attempt = await beginAttempt(app, [emailKey(login.email)], client.address)
  const user = await judge(app, login).catch(async (error: unknown) => {
    await endAttempt(app, attempt, 'not-judged').catch(() => undefined)
    throw error
  })
  if (user === null) refuse('credentials.invalid', 'The e-mail address or the password is not right.')
  if (user.twoFactor) {
    // Half a log-in forgets no failures: else a known password would buy guesses at the code without end.
    await endAttempt(app, attempt, 'not-judged')
    return { kind: 'challenge', challenge: await challenge(app, user) }
  }
  await endAttempt(app, attempt, 'succeeded')
  return {
    kind: 'session',
    session: await openSession(app.db, { userId: user.userId, client, life, now: app.clock() }),
  }
}

async function judge(app: App, { email, password }: Login): Promise<LoginRow | null> {
  const user = isStorableText(email) ? await findLogin(app.db, emailKey(email)) : null
  const stored = user?.passwordHash ?? UNKNOWN_USER_HASH
  return (await refusingWhenFull(() => verifyPassword(stored, password))) ? user : null
}

async function challenge(app: App, { userId, passwordHash }: LoginRow): Promise<string> {
  const token = makeSecret()
  const expiresAt = new Date(app.clock().getTime() + CHALLENGE_MS)
  await insertChallenge(app.db, { tokenHash: sha256(token), userId, passwordHash, expiresAt })
  return token
}
