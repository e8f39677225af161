/** How long to wait after a failure: doubling from the first to the most. */
export interface BackOff {
  readonly firstMs: number
  readonly mostMs: number
}

/**
 * The wait after so many failures in a row. Half of it is chance (`random` is a number from 0 to 1), so that clients
 * which were cut off at one moment do not come back at one moment.
 */
export function backOffMs(failures: number, { firstMs, mostMs }: BackOff, random: number): number {
  const doublings = Math.min(Math.max(0, failures - 1), 52)
  const wholeMs = Math.min(mostMs, firstMs * 2 ** doublings)
  return Math.round(wholeMs / 2 + (wholeMs / 2) * random)
}

/** Nobody is kept waiting longer than this by what an upstream says. */
const RETRY_AFTER_SECONDS_MAX = 24 * 3600
const JITTER_SHARE = 0.1
const JITTER_MS_MAX = 30_000

/** The wait that an upstream asked for, a day at most: never shorter than asked within that, and a little spread. */
export function askedWaitMs(retryAfterSeconds: number, random: number): number {
  const askedMs = Math.min(Math.max(1, retryAfterSeconds), RETRY_AFTER_SECONDS_MAX) * 1000
  return Math.round(askedMs + Math.min(askedMs * JITTER_SHARE, JITTER_MS_MAX) * random)
}
