const SECONDS = /^\d{1,9}$/
/** The one form of an HTTP date that servers still send; Date.parse takes much more. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Whole seconds that a Retry-After header asks to wait, given as seconds or as a date; null when it says neither. */
export function retryAfterSeconds(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? ''
  if (SECONDS.test(text)) return Number(text)
  if (!HTTP_DATE.test(text)) return null
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : Math.max(0, Math.ceil((atMs - nowMs) / 1000))
}
