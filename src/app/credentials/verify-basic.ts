import { emailKey } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import type { BasicCredentials } from '../../lib/basic-credentials.ts'
import { UNKNOWN_USER_HASH, verifyPassword } from '../../lib/password.ts'
import { sha256 } from '../../lib/sha256.ts'
import { isStorableText } from '../../lib/text.ts'
import { findLiveApiKey, isPairLive, type LiveApiKeyRow, type LoginPair } from '../../store/credentials/api-keys.ts'
import { findLogin, type LoginRow } from '../../store/credentials/users.ts'
import type { App } from '../app.ts'
import { refusingWhenFull } from './busy.ts'
import { beginAttempt, endAttempt } from './login-throttle.ts'

export interface BasicLogin {
  /** Every reading of the header, most likely first; at least one. */
  readonly readings: readonly BasicCredentials[]
  readonly apiKey: string
  readonly clientAddress: string
}

/** A user and an API key of one company. The password holds as long as the stored hash is this one. */
export interface VerifiedBasic extends LoginPair {
  readonly companyId: number
  readonly email: string
}

/**
 * Checks e-mail address, password and API key in full, with one argon2 computation a reading whether or not the user
 * exists. Refuses with `credentials.throttled` before any of them, with `credentials.invalid` whatever was wrong, and
 * with `server.busy` when too many computations wait.
 */
export async function verifyBasic(app: App, { readings, apiKey, clientAddress }: BasicLogin): Promise<VerifiedBasic> {
  const emails = readings.map(({ userId }) => emailKey(userId))
  const attempt = await beginAttempt(app, emails, clientAddress)
  const verified = await judge(app, readings, apiKey).catch(async (error: unknown) => {
    // The fault that kept us from judging is the one to tell, even when the store cannot take the count back.
    await endAttempt(app, attempt, 'not-judged').catch(() => undefined)
    throw error
  })
  if (verified === null) return refuseBasic()
  await endAttempt(app, attempt, 'succeeded')
  return verified
}

async function judge(app: App, readings: readonly BasicCredentials[], apiKey: string): Promise<VerifiedBasic | null> {
  const key = await findLiveApiKey(app.db, sha256(apiKey))
  for (const { userId, password } of readings) {
    const login = isStorableText(userId) ? await findLogin(app.db, emailKey(userId)) : null
    const stored = login?.passwordHash ?? UNKNOWN_USER_HASH
    const isRight = await refusingWhenFull(() => verifyPassword(stored, password))
    if (isRight && login !== null && key !== null && login.companyId === key.companyId) return paired(login, key)
  }
  return null
}

function paired({ userId, email, emailKey, passwordHash }: LoginRow, key: LiveApiKeyRow): VerifiedBasic {
  return { userId, email, emailKey, passwordHash, apiKeyId: key.id, companyId: key.companyId }
}

/** Asks the store again about a verified pair, at the price of one look-up by primary keys. */
export function isBasicLive(app: App, verified: VerifiedBasic): Promise<boolean> {
  return isPairLive(app.db, verified)
}

/** One text for every fault, so that it tells nothing about which one it was. */
export function refuseBasic(): never {
  return refuse('credentials.invalid', 'The e-mail address, the password or the API key is not right.')
}
