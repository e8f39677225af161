import { parseLimits } from '../../core/rate-windows.ts'
import { askedWaitMs } from '../../core/sync/back-off.ts'
import { type Breaker, breakerAfter, type UpstreamHealth, WELL } from '../../core/sync/breaker.ts'
import { leastIntervalSeconds } from '../../core/sync/call-budget.ts'
import type { SyncFault } from '../../core/sync/connection-state.ts'
import type { Account, RunEnd } from '../../store/sync/accounts.ts'
import type { CallFault } from './connector.ts'
import type { Ran } from './run-account.ts'

interface Ended {
  readonly fault: CallFault | null
  readonly ran: Ran | null
}

interface Ending {
  readonly account: Account
  readonly owner: string
  readonly startedAt: Date
  readonly at: Date
  /** From 0 to 1. */
  readonly random: number
}

const JITTER_SHARE = 0.1
/** An upstream that tells whole seconds shows another change after so long. */
const SETTLED_AFTER_MS = 2500

/** What a run leaves to the next one: when that is, how the breaker stands, and what went wrong. */
export function endOf({ fault, ran }: Ended, { account, owner, startedAt, at, random }: Ending): RunEnd {
  const isLimited = fault?.kind === 'limited'
  const limitedMs = isLimited ? limitedUntil(fault, at, random).getTime() : null
  const breaker = breakerOf(account, fault, { ms: at.getTime(), random })
  const intervalMs = account.intervalSeconds * 1000 * (1 + JITTER_SHARE * (random - 0.5))
  const dueMs = Math.max(startedAt.getTime() + intervalMs, at.getTime())
  return {
    companyId: account.companyId,
    id: account.id,
    owner,
    startedAt,
    at,
    nextRunAt: new Date(limitedMs ?? breaker.brokenUntilMs ?? dueMs),
    restsUntil: new Date(at.getTime() + restMs(account, ran, startedAt)),
    failures: breaker.failures,
    brokenUntil: dateOrNull(breaker.brokenUntilMs),
    limitedUntil: dateOrNull(limitedMs),
    error: fault === null ? null : faultOf(fault, at),
    importedAt: ran?.isListed === true ? at : null,
    lookedAt: ran?.isLooked === true ? startedAt : null,
    changes: ran?.changes ?? null,
  }
}

function breakerOf({ failures }: Account, fault: CallFault | null, now: { ms: number; random: number }): Breaker {
  const before = { failures, brokenUntilMs: null }
  // A full window is no failure, and says nothing of those before it.
  if (fault?.kind === 'limited') return before
  return fault === null ? WELL : breakerAfter(before, healthOf(fault), now)
}

function healthOf(fault: CallFault): UpstreamHealth {
  if (fault.kind === 'unauthorised') return { kind: 'unauthorised' }
  return { kind: 'away', retryAfterSeconds: fault.kind === 'away' ? (fault.retryAfterSeconds ?? null) : null }
}

/** What is unsettled is looked at again soon, but once in a row, and the pause after that is made up for. */
function restMs(account: Account, ran: Ran | null, startedAt: Date): number {
  const gap = gapMs(account)
  if (gap <= SETTLED_AFTER_MS) return gap
  const lastMs = account.lastRunAt === null ? 0 : Date.parse(account.lastRunAt)
  if (startedAt.getTime() - lastMs < 2 * SETTLED_AFTER_MS) return 2 * gap
  return ran?.isSettled === false ? SETTLED_AFTER_MS : gap
}

/** The least pause that the account's limits allow between two lists. */
function gapMs({ limits }: Account): number {
  return leastIntervalSeconds(parseLimits(limits) ?? [], 1) * 1000
}

/** Until when an upstream is left alone that says it is full; `random` is from 0 to 1. */
export function limitedUntil(
  { retryAfterSeconds }: Extract<CallFault, { kind: 'limited' }>,
  at: Date,
  random: number,
): Date {
  return new Date(at.getTime() + askedWaitMs(retryAfterSeconds, random))
}

export function faultOf(fault: CallFault, at: Date): SyncFault {
  return { code: fault.kind === 'away' ? fault.cause : fault.kind, text: fault.text, at: at.toISOString() }
}

function dateOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms)
}
