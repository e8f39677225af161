export type SpanUnit = 'hours' | 'days'

/** A follow-up time as people enter it; null: never. An amount that is not filled in is ''. */
export type Span = { readonly amount: number | ''; readonly unit: SpanUnit } | null

const DAY_HOURS = 24
/** A year: the longest that the server takes. */
export const HOURS_MAX = 8760

/** Whole days as days, everything else as hours. */
export function spanOf(hours: number | null): Span {
  if (hours === null) return null
  const isDays = hours > 0 && hours % DAY_HOURS === 0
  return isDays ? { amount: hours / DAY_HOURS, unit: 'days' } : { amount: hours, unit: 'hours' }
}

/** Null means never; of a span that `spanFault` refuses there are no hours either. */
export function hoursOf(span: Span): number | null {
  if (span === null || span.amount === '') return null
  return span.unit === 'days' ? span.amount * DAY_HOURS : span.amount
}

/** What is wrong with a span in words, or null. With `atOnce`, no time at all is a time. */
export function spanFault(span: Span, { atOnce = false } = {}): string | null {
  if (span === null) return null
  const hours = hoursOf(span)
  const least = atOnce ? 0 : 1
  if (hours === null || !Number.isInteger(hours) || hours < least) return `Enter a whole number, ${least} or more.`
  return hours > HOURS_MAX ? 'At most a year: 365 days.' : null
}
