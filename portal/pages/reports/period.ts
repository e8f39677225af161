/** A day as YYYY-MM-DD. Periods are calendar days of the company's time zone, both ends included. */
export interface Period {
  readonly from: string
  readonly to: string
}

export const PRESETS = [
  { value: 'this-month', label: 'This month' },
  { value: 'last-month', label: 'Last month' },
  { value: 'last-90-days', label: 'Last 90 days' },
  { value: 'last-12-months', label: 'Last 12 months' },
  { value: 'this-year', label: 'This year' },
  { value: 'last-year', label: 'Last year' },
] as const

export type Preset = (typeof PRESETS)[number]['value']
export const DEFAULT_PRESET: Preset = 'last-12-months'

/** What the address of the page says: a preset, or two days; and an assignee (`me`, `none` or a user's id). */
export interface ReportSearch {
  readonly period?: Preset
  readonly from?: string
  readonly to?: string
  readonly assignee?: string
}

/** Takes from an address what it understands and leaves the rest: an old or mistyped link still shows a report. */
export function readSearch(raw: Readonly<Record<string, unknown>>): ReportSearch {
  const assignee = readAssignee(raw['assignee'])
  const who = assignee === null ? {} : { assignee }
  const from = readDay(raw['from'])
  const to = readDay(raw['to'])
  if (from !== null && to !== null) return { ...(from <= to ? { from, to } : { from: to, to: from }), ...who }
  const preset = PRESETS.find(({ value }) => value === raw['period'])
  return preset === undefined ? who : { period: preset.value, ...who }
}

function readAssignee(raw: unknown): string | null {
  const text = typeof raw === 'number' ? String(raw) : raw
  return typeof text === 'string' && /^(me|none|[1-9]\d{0,17})$/.test(text) ? text : null
}

function readDay(raw: unknown): string | null {
  if (typeof raw !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(raw)) return null
  const at = Date.parse(`${raw}T00:00:00Z`)
  return Number.isFinite(at) && dayOf(new Date(at)) === raw ? raw : null
}

/** The days that an address asks for, seen from a day. */
export function periodOf(search: ReportSearch, today: string): Period {
  if (search.from !== undefined && search.to !== undefined) return { from: search.from, to: search.to }
  return presetPeriod(search.period ?? DEFAULT_PRESET, today)
}

export function presetPeriod(preset: Preset, today: string): Period {
  const [year, month] = parts(today)
  switch (preset) {
    case 'this-month':
      return { from: day(year, month, 1), to: today }
    case 'last-month':
      return { from: day(year, month - 1, 1), to: day(year, month, 0) }
    case 'last-90-days':
      return { from: shiftDays(today, -89), to: today }
    case 'last-12-months':
      return { from: day(year, month - 11, 1), to: today }
    case 'this-year':
      return { from: day(year, 1, 1), to: today }
    case 'last-year':
      return { from: day(year - 1, 1, 1), to: day(year - 1, 12, 31) }
  }
}

/** The day that it is in a time zone; that of the browser when the zone is unknown to it. */
export function todayIn(timeZone: string, now: Date): string {
  const shape = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  try {
    return new Intl.DateTimeFormat('en-CA', { ...shape, timeZone }).format(now)
  } catch {
    return new Intl.DateTimeFormat('en-CA', shape).format(now)
  }
}

export function shiftDays(from: string, days: number): string {
  const [year, month, dayOfMonth] = parts(from)
  return day(year, month, dayOfMonth + days)
}

function parts(text: string): [year: number, month: number, day: number] {
  const [year = 0, month = 1, dayOfMonth = 1] = text.split('-').map(Number)
  return [year, month, dayOfMonth]
}

/** Months from 1; values outside a month roll over, as `day(2026, 3, 0)` is the last day of February. */
function day(year: number, month: number, dayOfMonth: number): string {
  return dayOf(new Date(Date.UTC(year, month - 1, dayOfMonth)))
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
