import { refuse } from '../../core/errors.ts'
import { admit, type WindowLimit, type WindowState } from '../../core/rate-windows.ts'
import { clientNetwork } from '../../lib/client-network.ts'
import { sha256 } from '../../lib/sha256.ts'
import {
  deleteFailures,
  deleteFailuresBefore,
  type FailureRow,
  lockFailures,
  saveFailures,
} from '../../store/credentials/auth-failures.ts'
import type { App } from '../app.ts'

const WINDOW_SECONDS = 15 * 60
/**
 * Attempts in a window. Failures of one address from one client, of one client, of one address; links asked for by one
 * client and for one address; invitations of one address.
 */
const LIMITS = { pair: 10, client: 100, email: 100, 'link-client': 20, 'link-email': 3, invited: 5 } as const
type SubjectKind = keyof typeof LIMITS

interface Subject {
  readonly kind: SubjectKind
  readonly key: Buffer
  readonly limit: WindowLimit
}

/** An attempt that was counted as failed before it was judged. */
export interface Attempt {
  readonly subjects: readonly Subject[]
  /** Start of each subject's window when the attempt was counted, by limit name. */
  readonly state: WindowState
}

/**
 * Counts an attempt as a failure before anything of it is checked, or refuses it with `credentials.throttled`; a
 * refused one is not counted. Counting first is what makes the limit exact when many guesses come at once.
 *
 * @param emails the addresses that the attempt tries, in lower case
 */
export function beginAttempt(app: App, emails: readonly string[], clientAddress: string): Promise<Attempt> {
  return count(app, subjectsOf(emails, clientNetwork(clientAddress)), 'Too many failed log-ins; try again later.')
}

/** As `beginAttempt`, for a second step, whose user is known: counts for the client alone. */
export function beginClientAttempt(app: App, clientAddress: string, refusedText: string): Promise<Attempt> {
  return count(app, [subjectOf('client', clientNetwork(clientAddress))], refusedText)
}

/** Counts a wish for a link by e-mail, whether or not there is such a user; refuses it like a log-in. */
export async function countLinkWish(app: App, email: string, clientAddress: string): Promise<void> {
  const subjects = [subjectOf('link-client', clientNetwork(clientAddress)), subjectOf('link-email', email)]
  await count(app, subjects, 'Too many links were asked for; try again later.')
}

/** Counts an invitation: nobody's letter box is to be filled by way of Leadwright. */
export async function countInvitation(app: App, email: string): Promise<void> {
  await count(app, [subjectOf('invited', email)], 'This address was invited several times already; try again later.')
}

async function count(app: App, subjects: readonly Subject[], refusedText: string): Promise<Attempt> {
  const now = app.clock()
  const admission = await app.db.transaction(async (tx) => {
    const rows = await lockFailures(
      tx,
      subjects.map(({ key }) => key),
      now,
    )
    const limits = subjects.map(({ limit }) => limit)
    const counted = admit(stateOf(rows), limits, now.getTime())
    if (!counted.admitted) {
      // Thrown inside, so that the rows made for the lock are rolled back: made-up addresses must not fill the table.
      const { retryAfterSeconds } = counted
      return refuse('credentials.throttled', refusedText, { retryAfterSeconds })
    }
    const saved = subjects.map((subject) => rowOf(subject, counted.state))
    await saveFailures(tx, saved)
    return counted
  })
  return { subjects, state: admission.state }
}

/**
 * Takes back the count of an attempt that did not fail. A success also forgets the failures of its address from its
 * client, but not those of the client or of the address alone: an attacker's own account must not buy more guesses.
 */
export async function endAttempt(app: App, attempt: Attempt, outcome: 'succeeded' | 'not-judged'): Promise<void> {
  const { subjects } = attempt
  await app.db.transaction(async (tx) => {
    const rows = await lockFailures(
      tx,
      subjects.map(({ key }) => key),
      app.clock(),
    )
    const running = stateOf(rows)
    const isForgotten = ({ kind }: Subject) => kind === 'pair' && outcome === 'succeeded'
    const givenBack = subjects.flatMap((subject) => {
      const { name } = subject.limit
      const [startMs, failures] = running[name] ?? [0, 0]
      // A window that began since then never counted this attempt.
      if (isForgotten(subject) || failures === 0 || startMs !== attempt.state[name]?.[0]) return []
      return [rowOf(subject, { [name]: [startMs, failures - 1] })]
    })
    await saveFailures(tx, givenBack)
    await deleteFailures(
      tx,
      subjects.filter(isForgotten).map(({ key }) => key),
    )
  })
}

/** Deletes counters whose window is over; to be run now and then. Gives their number. */
export function forgetOldFailures(app: App): Promise<number> {
  return deleteFailuresBefore(app.db, new Date(app.clock().getTime() - WINDOW_SECONDS * 1000))
}

function subjectsOf(emails: readonly string[], client: string): Subject[] {
  return [
    subjectOf('client', client),
    ...[...new Set(emails)].flatMap((email) => [subjectOf('pair', email, client), subjectOf('email', email)]),
  ]
}

function subjectOf(kind: SubjectKind, ...parts: readonly string[]): Subject {
  const key = sha256(JSON.stringify([kind, ...parts]))
  return { kind, key, limit: { name: nameOf(key), seconds: WINDOW_SECONDS, limit: LIMITS[kind] } }
}

function nameOf(key: Buffer): string {
  return key.toString('hex')
}

function stateOf(rows: readonly FailureRow[]): WindowState {
  const counted = rows.filter(({ failures }) => failures > 0)
  return Object.fromEntries(
    counted.map(({ subject, startedAt, failures }) => [nameOf(subject), [Date.parse(startedAt), failures] as const]),
  )
}

function rowOf({ key, limit }: Subject, state: WindowState): FailureRow {
  const [startMs, failures] = state[limit.name] ?? [0, 0]
  return { subject: key, startedAt: new Date(startMs).toISOString(), failures }
}
