/** Seconds before each attempt: the first after the event, the others after the attempt before. Ten for the convention. */
export type RetrySchedule = readonly number[]

export const ATTEMPTS_MAX = 100
const SECONDS_MAX = 30 * 86_400
const SECONDS = /^\d{1,7}(\.\d{1,3})?$/
/** A wait grows by up to this share, so that what failed together is not tried together. */
const JITTER = 0.2
/** A receiver may ask for a later attempt, within reason. */
const RETRY_AFTER_SECONDS_MAX = 86_400

/** Reads a list such as "0,5,300"; null when it is none. */
export function parseRetrySchedule(text: string): RetrySchedule | null {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.length > ATTEMPTS_MAX || !parts.every((part) => SECONDS.test(part))) return null
  const seconds = parts.map(Number)
  return seconds.every((one) => one <= SECONDS_MAX) ? seconds : null
}

/**
 * How long a message has to wait yet for its first attempt, in ms; 0 when it has had one. The clock that wrote when it
 * happened may be ahead of ours.
 */
export function firstDelayMs(
  schedule: RetrySchedule,
  { at, attempts }: { readonly at: string; readonly attempts: number },
  nowMs: number,
): number {
  const delayMs = attempts > 0 ? 0 : (schedule[0] ?? 0) * 1000
  return Math.min(delayMs, Math.max(0, Date.parse(at) + delayMs - nowMs))
}

export interface FailedAttempt {
  /** 1 for the first. */
  readonly attempt: number
  /** What the answer asks for; null when it asks for nothing. */
  readonly retryAfterSeconds: number | null
  /** From 0 to 1, not 1 itself. */
  readonly random: number
}

/** How long to wait after a failed attempt, in ms; null when it was the last. */
export function retryDelayMs(
  schedule: RetrySchedule,
  { attempt, retryAfterSeconds, random }: FailedAttempt,
): number | null {
  const seconds = schedule[attempt]
  if (seconds === undefined) return null
  const asked = Math.min(retryAfterSeconds ?? 0, RETRY_AFTER_SECONDS_MAX)
  return Math.round(Math.max(seconds * (1 + JITTER * random), asked) * 1000)
}
