import type { LeadStatuses } from '../../api/types.ts'
import { formatDate } from '../../format.ts'

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** What is wrong with a date by the served rule of its field, or null: a real day, and not before the earliest one. */
export function dateFault({ earliest }: LeadStatuses['fields'][number], value: unknown): string | null {
  const match = typeof value === 'string' ? DATE.exec(value) : null
  if (match === null || !isRealDay(Number(match[1]), Number(match[2]), Number(match[3]))) return 'Choose a day.'
  return earliest !== undefined && match[0] < earliest ? `Not before ${formatDate(earliest)}.` : null
}

function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day))
  // Years below 100 mean 19xx to Date.UTC.
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
