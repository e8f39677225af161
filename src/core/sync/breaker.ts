import { askedWaitMs, backOffMs } from './back-off.ts'

/** Failures in a row, and until when no call is made; what the store keeps of it. */
export interface Breaker {
  readonly failures: number
  /** Milliseconds since the epoch; null: calls may be made. */
  readonly brokenUntilMs: number | null
}

/** How a run with the upstream ended, as far as the breaker cares. */
export type UpstreamHealth =
  | { readonly kind: 'well' }
  /** It cannot be reached, or does not answer as it should; it may have said when it will. */
  | { readonly kind: 'away'; readonly retryAfterSeconds: number | null }
  /** It does not take our credentials: only the office can mend that. */
  | { readonly kind: 'unauthorised' }

export const WELL: Breaker = Object.freeze({ failures: 0, brokenUntilMs: null })

const AWAY = { firstMs: 5000, mostMs: 15 * 60_000 }
const UNAUTHORISED = { firstMs: 5 * 60_000, mostMs: 6 * 3_600_000 }

/**
 * The breaker after a run. One good answer closes it; a failure opens it for a time that doubles with each. When that
 * time is over one run is let through, whose first call tells whether the upstream is well again.
 */
export function breakerAfter(before: Breaker, health: UpstreamHealth, now: { ms: number; random: number }): Breaker {
  if (health.kind === 'well') return WELL
  const failures = before.failures + 1
  return { failures, brokenUntilMs: now.ms + waitMs(failures, health, now.random) }
}

function waitMs(failures: number, health: Exclude<UpstreamHealth, { kind: 'well' }>, random: number): number {
  if (health.kind === 'unauthorised') return backOffMs(failures, UNAUTHORISED, random)
  const own = backOffMs(failures, AWAY, random)
  // It is believed when it names a time, but not when it says "at once" each time.
  return health.retryAfterSeconds === null ? own : Math.max(own, askedWaitMs(health.retryAfterSeconds, random))
}
