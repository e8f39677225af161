import { isCalendarDate } from './calendar.ts'

// A blank in place of the sign is what a query string makes of an unescaped "+".
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(?:[Zz]|([+ -])(\d{2}):(\d{2}))$/

/**
 * Reads an ISO 8601 date (midnight UTC) or date-time with a zone into an instant in UTC with milliseconds, such as
 * "2026-03-01T12:30:00.000Z"; finer fractions are cut off. Null for anything else, a date-time without zone included.
 */
export function readInstant(text: string): string | null {
  if (isCalendarDate(text)) return `${text}T00:00:00.000Z`
  const match = DATE_TIME.exec(text)
  if (match === null) return null
  const [
    ,
    date = '',
    hour = '',
    minute = '',
    second = '00',
    fraction = '',
    sign = '+',
    zoneHour = '00',
    zoneMinute = '00',
  ] = match
  if (!isCalendarDate(date) || hour > '23' || minute > '59' || second > '59') return null
  if (zoneHour > '23' || zoneMinute > '59') return null
  const millis = fraction.slice(1, 4).padEnd(3, '0')
  const zone = `${sign === '-' ? '-' : '+'}${zoneHour}:${zoneMinute}`
  const instant = new Date(`${date}T${hour}:${minute}:${second}.${millis}${zone}`).toISOString()
  // A zone can move the last day of 9999 into a year that has no four digits.
  return instant.startsWith('+') ? null : instant
}
