import { userLanguages } from './languages.ts'

const LOCALES = userLanguages()

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>()

function kept<F extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: () => F,
): F {
  const known = formatters.get(key) as F | undefined
  if (known !== undefined) return known
  const made = make()
  formatters.set(key, made)
  return made
}

/** "18500.00" as "$18,500"; cents only where there are some, or `cents` wants them. */
export function formatMoney(amount: string, currency: string, { cents = false } = {}): string {
  const digits = cents || /\.\d*[1-9]/.test(amount) ? 2 : 0
  const format = kept(`money ${currency} ${digits}`, () => {
    const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
    return new Intl.NumberFormat(LOCALES, { ...options, minimumFractionDigits: digits, maximumFractionDigits: digits })
  })
  // As text: a double would lose the cents of very large sums.
  return format.format(amount as Intl.StringNumericLiteral)
}

/** A short sum for a column's head or an axis: "$1.2M". */
export function formatMoneyShort(amount: string | number, currency: string): string {
  return kept(`short ${currency}`, () => {
    const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', notation: 'compact' } as const
    return new Intl.NumberFormat(LOCALES, { ...options, maximumFractionDigits: 1 })
  }).format(Number(amount))
}

export function formatCount(count: number): string {
  return kept('count', () => new Intl.NumberFormat(LOCALES)).format(count)
}

/** "1,204", or "10,000+" where the server stopped counting. */
export function countWords({ count, countIsExact }: { count: number; countIsExact: boolean }): string {
  return `${formatCount(count)}${countIsExact ? '' : '+'}`
}

/** 0.42 as "42%". */
export function formatShare(share: number): string {
  return kept('share', () => new Intl.NumberFormat(LOCALES, { style: 'percent', maximumFractionDigits: 0 })).format(
    share,
  )
}

/** A calendar date YYYY-MM-DD, which has no time zone. */
export function formatDate(date: string): string {
  return kept('date', () => new Intl.DateTimeFormat(LOCALES, { dateStyle: 'medium', timeZone: 'UTC' })).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** The same without the year when it is this one: "Tue, May 5". */
export function formatDateShort(date: string): string {
  const isThisYear = date.slice(0, 4) === String(new Date().getFullYear())
  const format = kept(`short date ${isThisYear}`, () => {
    const options = { month: 'short', day: 'numeric', timeZone: 'UTC' } as const
    return new Intl.DateTimeFormat(
      LOCALES,
      isThisYear ? { ...options, weekday: 'short' } : { ...options, year: 'numeric' },
    )
  })
  return format.format(new Date(`${date}T00:00:00Z`))
}

/** An instant in the user's own time zone: "May 5, 2026, 3:04 PM". */
export function formatInstant(instant: string): string {
  return kept('instant', () => new Intl.DateTimeFormat(LOCALES, { dateStyle: 'medium', timeStyle: 'short' })).format(
    new Date(instant),
  )
}

/** How long ago, or how long from now: "3 hours ago", "in 2 days", "just now". */
export function formatAgo(instant: string, now = Date.now()): string {
  const difference = Date.parse(instant) - now
  const size = Math.abs(difference)
  const format = kept('relative', () => new Intl.RelativeTimeFormat(LOCALES, { numeric: 'auto', style: 'long' }))
  if (size < MINUTE_MS) return justNow(format.format(0, 'second'))
  if (size < HOUR_MS) return format.format(Math.trunc(difference / MINUTE_MS), 'minute')
  if (size < DAY_MS) return format.format(Math.trunc(difference / HOUR_MS), 'hour')
  if (size < 60 * DAY_MS) return format.format(Math.trunc(difference / DAY_MS), 'day')
  return format.format(Math.trunc(difference / (30 * DAY_MS)), 'month')
}

/** English alone has another word for it behind a verb: "changed just now". */
function justNow(now: string): string {
  return now === 'now' ? 'just now' : now
}

/** A calendar date in relation to today: "today", "tomorrow", "3 days ago". */
export function formatDay(date: string, today = todayDate()): string {
  const days = Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY_MS)
  if (Math.abs(days) > 6) return formatDateShort(date)
  return kept('relative', () => new Intl.RelativeTimeFormat(LOCALES, { numeric: 'auto', style: 'long' })).format(
    days,
    'day',
  )
}

/** Hours as people say them: "40 minutes", "5 hours", "3 days". */
export function formatHours(hours: number): string {
  const [value, unit] = hours < 1 ? [hours * 60, 'minute'] : hours < 48 ? [hours, 'hour'] : [hours / 24, 'day']
  const digits = unit !== 'minute' && value < 10 ? 1 : 0
  return kept(`hours ${unit} ${digits}`, () => {
    const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: digits } as const
    return new Intl.NumberFormat(LOCALES, options)
  }).format(value)
}

/** Today as YYYY-MM-DD where the user is. */
export function todayDate(now = new Date()): string {
  const part = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`
}

/** Ten digits of a North American number as (403) 555-0142; any other notation stays as it is. */
export function formatPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  const ten = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
  if (ten.length !== 10 || /[a-z]/i.test(phone)) return phone
  return `(${ten.slice(0, 3)}) ${ten.slice(3, 6)}-${ten.slice(6)}`
}

/** For a tel: link: digits, and a plus in front where there was one; an extension cannot be dialled with it. */
export function phoneLink(phone: string): string {
  const [number = ''] = phone.trim().split(/[a-z,;#]/i)
  return `tel:${number.startsWith('+') ? '+' : ''}${number.replace(/\D/g, '')}`
}

export function formatBytes(bytes: number): string {
  const [value, unit] =
    bytes < 1000 ? [bytes, 'byte'] : bytes < 1e6 ? [bytes / 1000, 'kilobyte'] : [bytes / 1e6, 'megabyte']
  return kept(`bytes ${unit}`, () => {
    const options = {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
    } as const
    return new Intl.NumberFormat(LOCALES, options)
  }).format(value)
}

/** "JO" for Jordan Olson: what stands in an avatar. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.map((word) => word?.[0]?.toLocaleUpperCase() ?? '').join('')
}

/** A link that begins a mail; the address comes from outside, and must not fill in more than the recipient. */
export function mailLink(email: string): string {
  return `mailto:${email.replace(/[%?&#]/g, encodeURIComponent)}`
}
