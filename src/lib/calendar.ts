/** The first day that a date may name. */
export const EARLIEST_DATE = '1900-01-01'

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a real day of the Gregorian calendar written YYYY-MM-DD, year 1900 to 9999. */
export function isCalendarDate(text: string): boolean {
  const match = DATE.exec(text)
  if (match === null) return false
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  if (text < EARLIEST_DATE || month < 1 || month > 12 || day < 1) return false
  return day <= daysInMonth(year, month)
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** An ISO 8601 instant moved by whole hours. */
export function addHours(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString()
}

/** Midnight UTC of a date, as an instant with seconds: 2026-03-01 is 2026-03-01T00:00:00Z. */
export function midnightUtc(date: string): string {
  return `${date}T00:00:00Z`
}

/** An ISO instant cut to whole seconds, the form that both wire APIs show. */
export function toSeconds(instant: string): string {
  return `${instant.slice(0, 19)}Z`
}
