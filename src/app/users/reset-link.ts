import { emailKey } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { sha256 } from '../../lib/sha256.ts'
import { isStorableText } from '../../lib/text.ts'
import { insertPasswordReset } from '../../store/credentials/password-resets.ts'
import { findUserByEmail, type UserRow } from '../../store/credentials/users.ts'
import type { App } from '../app.ts'
import { countLinkWish } from '../credentials/login-throttle.ts'
import type { Message } from '../mail/mail.ts'
import { makeSecret } from '../sessions/open-session.ts'
import type { Client } from '../sessions/session.ts'
import { resetLink } from './links.ts'

const HOUR_MS = 3_600_000

export interface ResetLink {
  readonly link: string
  /** ISO instant. */
  readonly expiresAt: string
}

/**
 * Sends a link for a new password, should there be such a user. Beside the request: neither the answer nor its time
 * tells who is known here. Refuses with `credentials.throttled`.
 */
export async function askForReset(
  app: App,
  { email, client, site }: { readonly email: string; readonly client: Client; readonly site: string },
): Promise<void> {
  await countLinkWish(app, emailKey(email), client.address)
  app.mail.post(async () => {
    const user = await findActive(app, email)
    return user === null ? null : resetMessage(user, await makeLink(app, user, site))
  })
}

/** A link that an operator passes on by hand. Refuses an unknown address and a user who is switched off. */
export async function makeResetLink(app: App, email: string, site: string): Promise<ResetLink & { email: string }> {
  const user = await findActive(app, email)
  if (user === null) refuse('request.not-found', 'There is no active user with this e-mail address.')
  return { email: user.email, ...(await makeLink(app, user, site)) }
}

async function findActive(app: App, email: string): Promise<UserRow | null> {
  const user = isStorableText(email) ? await findUserByEmail(app.db, emailKey(email)) : null
  return user?.active === true ? user : null
}

async function makeLink(app: App, { id }: UserRow, site: string): Promise<ResetLink> {
  const token = makeSecret()
  const expiresAt = new Date(app.clock().getTime() + HOUR_MS)
  await insertPasswordReset(app.db, { tokenHash: sha256(token), userId: id, expiresAt })
  return { link: resetLink(site, token), expiresAt: expiresAt.toISOString() }
}

function resetMessage({ email, name }: UserRow, { link }: ResetLink): Message {
  const text = `Hello ${name},

somebody, we hope you, asked for a new password for Leadwright. Choose it here within an hour:

${link}

If it was not you, nothing needs to be done: your password stays as it is.
`
  return { to: email, subject: 'Choose a new password', text }
}
