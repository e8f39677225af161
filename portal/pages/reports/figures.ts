import { formatCount, formatHours, formatMoney, formatShare } from '../../format.ts'
import { type Outcome, winRate } from './rates.ts'
import type { Cell, CellKind } from './tables.ts'

/** A cell as the page shows it; a figure that there is not is a dash. */
export function cellText(cell: Cell, kind: CellKind, currency: string): string {
  if (cell === null || cell === '') return '–'
  if (kind === 'text') return String(cell)
  if (kind === 'money') return formatMoney(String(cell), currency)
  const value = Number(cell)
  if (kind === 'hours') return formatHours(value)
  return kind === 'rate' ? formatShare(value) : formatCount(value)
}

/** A win rate with what it is of: "43% of 37", and "1 of 2" where there are too few to speak of a rate. */
export function winRateText(outcome: Outcome): string {
  const { closed, won, rate, telling } = winRate(outcome)
  if (rate === null) return 'none closed'
  return telling ? `${formatShare(rate)} of ${formatCount(closed)}` : `${formatCount(won)} of ${formatCount(closed)}`
}

/** 3 and "lead" as "3 leads". */
export function counted(count: number, thing: string): string {
  return count === 1 ? `1 ${thing}` : `${formatCount(count)} ${thing}s`
}

/** `2026-03` as "Mar 2026" in the reader's language. */
export function monthText(month: string): string {
  return new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )
}

/** Two days as one span: "Jan 1 – Mar 31, 2026". */
export function daysText(from: string, to: string): string {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
  return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))
}
