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
  /** It asks for a pause: no failure of its own. */
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number | null }
  /** It cannot be reached, or does not answer as it should. */
  | { readonly kind: 'away'; readonly retryAfterSeconds: number | null }
  /** It does not take our credentials: only the office can mend that. */
  | { readonly kind: 'unauthorised' }

export const WELL: Breaker = Object.freeze({ failures: 0, brokenUntilMs: null })

const AWAY = { firstMs: 5000, mostMs: 15 * 60_000 }
const LIMITED = { firstMs: 60_000, mostMs: 3_600_000 }
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

/** Whether a call may be made now. */
export function mayCall({ brokenUntilMs }: Breaker, nowMs: number): boolean {
  return brokenUntilMs === null || brokenUntilMs <= nowMs
}

function waitMs(failures: number, health: Exclude<UpstreamHealth, { kind: 'well' }>, random: number): number {
  if (health.kind === 'unauthorised') return backOffMs(failures, UNAUTHORISED, random)
  const own = backOffMs(failures, health.kind === 'limited' ? LIMITED : AWAY, random)
  if (health.retryAfterSeconds === null) return own
  const askedMs = askedWaitMs(health.retryAfterSeconds, random)
  // An upstream that says when it will be well is believed, but not when it says "at once" each time.
  return health.kind === 'limited' ? askedMs : Math.max(askedMs, own)
}
