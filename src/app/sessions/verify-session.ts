import { refuse } from '../../core/errors.ts'
import { sha256 } from '../../lib/sha256.ts'
import { findLiveSession, touchSession } from '../../store/credentials/sessions.ts'
import type { App } from '../app.ts'
import type { SessionLife, SignedIn } from './session.ts'

const MINUTE_MS = 60_000
const TOKEN = /^[\w-]{43}$/

/** Who is behind a cookie. Refuses with `session.ended` one that is unknown, over, or of a user who is switched off. */
export async function verifySession(app: App, token: string, life: SessionLife): Promise<SignedIn> {
  const signedIn = TOKEN.test(token) ? await find(app, sha256(token), life) : null
  return signedIn ?? refuse('session.ended', 'The session has ended; sign in again.')
}

/** True while a session is the same as before: not over, and its user neither switched off nor changed. */
export async function isSessionLive(app: App, before: SignedIn, life: SessionLife): Promise<boolean> {
  const now = await find(app, before.tokenHash, life)
  if (now === null) return false
  return (['companyId', 'name', 'email', 'role', 'twoFactor'] as const).every((name) => now[name] === before[name])
}

/** Notes that a session is in use, to the minute. */
export function noteSessionUse(app: App, { tokenHash }: SignedIn): Promise<void> {
  return touchSession(app.db, tokenHash, app.clock())
}

async function find(app: App, tokenHash: Buffer, { idleMinutes }: SessionLife): Promise<SignedIn | null> {
  const now = app.clock()
  const seenSince = new Date(now.getTime() - idleMinutes * MINUTE_MS)
  const row = await findLiveSession(app.db, tokenHash, { now, seenSince })
  return row === null ? null : { ...row, tokenHash }
}
