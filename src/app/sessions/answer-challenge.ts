import { refuse } from '../../core/errors.ts'
import { sha256 } from '../../lib/sha256.ts'
import { findTotpStep } from '../../lib/totp.ts'
import { type ChallengeRow, deleteChallenge, findChallenge } from '../../store/credentials/challenges.ts'
import { takeRecoveryCode, takeStep } from '../../store/credentials/second-factors.ts'
import type { App } from '../app.ts'
import { beginCodeAttempt, endCodeAttempt } from '../credentials/code-throttle.ts'
import { totpPurpose } from './begin-two-factor.ts'
import { recoveryCodeHash } from './confirm-two-factor.ts'
import { openSession } from './open-session.ts'
import type { Client, OpenedSession, SessionLife } from './session.ts'

export interface ChallengeAnswer {
  readonly challenge: string
  /** Six digits of the authenticator, or a recovery code. */
  readonly code: string
}

/**
 * The second step of a log-in. A code works once, a recovery code is used up. Refuses with `two-factor.challenge-ended`
 * when the first step is to be done again, with `two-factor.invalid`, and with `credentials.throttled`.
 */
export async function answerChallenge(
  app: App,
  { challenge, code }: ChallengeAnswer,
  client: Client,
  life: SessionLife,
): Promise<OpenedSession> {
  const tokenHash = sha256(challenge)
  const awaited = await findChallenge(app.db, tokenHash, app.clock())
  if (awaited === null) return refuseEnded()
  const attempt = await beginCodeAttempt(app, awaited.userId, client.address)
  const isRight = await judge(app, awaited, code).catch(async (error: unknown) => {
    await endCodeAttempt(app, attempt, 'not-judged').catch(() => undefined)
    throw error
  })
  if (!isRight) refuse('two-factor.invalid', 'The code is wrong or was used before.')
  await endCodeAttempt(app, attempt, 'succeeded')
  return app.db.transaction(async (tx) => {
    if (!(await deleteChallenge(tx, tokenHash))) return refuseEnded()
    return openSession(tx, { userId: awaited.userId, client, life, now: app.clock() })
  })
}

async function judge(app: App, { userId, totpSecret }: ChallengeRow, code: string): Promise<boolean> {
  const digits = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return takeRecoveryCode(app.db, userId, recoveryCodeHash(code))
  const secret = await app.secrets.open(totpSecret, totpPurpose(userId))
  const step = findTotpStep(secret, digits, app.clock().getTime())
  return step !== null && takeStep(app.db, userId, step)
}

function refuseEnded(): never {
  refuse('two-factor.challenge-ended', 'This log-in took too long or was finished already; begin it again.')
}
