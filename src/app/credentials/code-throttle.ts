import { refuse } from '../../core/errors.ts'
import { admit, type WindowLimit, type WindowState } from '../../core/rate-windows.ts'
import { deleteRateRow, lockRateRow, saveRateRow } from '../../store/credentials/rate-rows.ts'
import type { Db } from '../../store/database.ts'
import type { App } from '../app.ts'
import { type Attempt, beginClientAttempt, endAttempt } from './login-throttle.ts'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE
/**
 * Wrong codes of one user, whatever the client, until one is right. A code has a million values, of which three are good
 * at a moment: with so few guesses, somebody who has the password finds none in years.
 */
const WINDOWS: readonly WindowLimit[] = [
  { name: 'minutes', seconds: 15 * MINUTE, limit: 10 },
  { name: 'hours', seconds: 120 * MINUTE, limit: 20 },
  { name: 'day', seconds: DAY, limit: 40 },
  { name: 'month', seconds: 30 * DAY, limit: 100 },
]
const REFUSED = 'Too many wrong codes; try again later, or ask for a link and set a new password.'

/** A code that was counted as wrong before it was judged. */
export interface CodeAttempt {
  readonly userId: number
  readonly client: Attempt
  /** Of the user's windows, when the code was counted. */
  readonly state: WindowState
}

/**
 * Counts a code of a user whose password was right as a wrong one before it is checked, or refuses it with
 * `credentials.throttled`; a refused one is not counted. Each wait is longer than the one before, up to 30 days; a right
 * code or a new password ends it.
 */
export async function beginCodeAttempt(app: App, userId: number, clientAddress: string): Promise<CodeAttempt> {
  const client = await beginClientAttempt(app, clientAddress, REFUSED)
  try {
    return { userId, client, state: await count(app, userId) }
  } catch (error) {
    await endAttempt(app, client, 'not-judged')
    throw error
  }
}

async function count(app: App, userId: number): Promise<WindowState> {
  const now = app.clock().getTime()
  return app.db.transaction(async (tx) => {
    const counted = admit(await lockRateRow(tx, subjectOf(userId)), WINDOWS, now)
    if (!counted.admitted) {
      const { retryAfterSeconds } = counted
      return refuse('credentials.throttled', REFUSED, { retryAfterSeconds })
    }
    await saveRateRow(tx, subjectOf(userId), counted.state)
    return counted.state
  })
}

/** Takes back the count of a code that was not wrong. A right one also forgets the wrong ones before it. */
export async function endCodeAttempt(
  app: App,
  { userId, client, state }: CodeAttempt,
  outcome: 'succeeded' | 'not-judged',
): Promise<void> {
  await endAttempt(app, client, 'not-judged')
  if (outcome === 'succeeded') return forgetCodeAttempts(app.db, userId)
  await app.db.transaction(async (tx) => {
    const running = await lockRateRow(tx, subjectOf(userId))
    const given = Object.entries(running).map(([name, [startMs, calls]]) => {
      // A window that began since then never counted this code.
      const isCounted = startMs === state[name]?.[0] && calls > 0
      return [name, [startMs, isCounted ? calls - 1 : calls] as const] as const
    })
    await saveRateRow(tx, subjectOf(userId), Object.fromEntries(given))
  })
}

/** For a user with a new password, or without a second factor: whoever guessed has to begin from nothing. */
export function forgetCodeAttempts(db: Db, userId: number): Promise<void> {
  return deleteRateRow(db, subjectOf(userId))
}

function subjectOf(userId: number): string {
  return `codes:${userId}`
}
