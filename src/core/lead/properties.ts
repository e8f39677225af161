import { isCalendarDate } from '../../lib/calendar.ts'
import { type Money, type MoneyFault, moneySign, parseMoneyNumber, parseMoneyText } from '../../lib/decimal.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { type Refusal, refusal } from '../errors.ts'
import type { CustomerPart, Lead, SalesPart } from './lead.ts'
import { readText } from './status-report.ts'

export type PropertyRule =
  | { readonly kind: 'text'; readonly lengthMax: number }
  | { readonly kind: 'email' }
  | { readonly kind: 'date' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'money' }

export type EditableField =
  | keyof CustomerPart
  | Exclude<keyof SalesPart, 'assigneeId'>
  | 'category'
  | 'originalDescription'
export type PropertyChanges = { readonly [F in EditableField]?: Lead[F] }

const NAME = { kind: 'text', lengthMax: 200 } as const
const LINE = { kind: 'text', lengthMax: 500 } as const
const PROSE = { kind: 'text', lengthMax: 20_000 } as const
const DATE = { kind: 'date' } as const

/** Every property that may be edited in place, with its rule; lengths are in characters and our choice. */
export const EDITABLE_FIELDS: { readonly [F in EditableField]: PropertyRule } = {
  firstName: NAME,
  middleName: NAME,
  lastName: NAME,
  displayName: NAME,
  customerCompany: NAME,
  email: { kind: 'email' },
  phone: { kind: 'text', lengthMax: 50 },
  mobilePhone: { kind: 'text', lengthMax: 50 },
  mobileProvider: NAME,
  fax: { kind: 'text', lengthMax: 50 },
  address: LINE,
  city: NAME,
  state: NAME,
  zip: { kind: 'text', lengthMax: 20 },
  country: NAME,
  website: LINE,
  summary: PROSE,
  experience: PROSE,
  contactQuality: NAME,
  contactRegion: NAME,
  contactDivision: NAME,
  contactOffice: NAME,
  contactCategory: NAME,
  contactTrade: NAME,
  contactFieldId: NAME,
  category: NAME,
  originalDescription: PROSE,
  quality: { kind: 'integer', min: 0, max: 100 },
  value: { kind: 'money' },
  type: NAME,
  stage: NAME,
  sourceLabel: NAME,
  openedDate: DATE,
  notes: PROSE,
  nextActionDate: DATE,
}

const EMAIL = /^[^\s@]+@[^\s@]+$/
const EMAIL_LENGTH_MAX = 254
const DATE_OR_DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/
const WHOLE_NUMBER = /^[+-]?\d{1,9}$/

/**
 * Checks one property. null (and blank text) clears it. Numbers may come as JSON numbers or as numeric text, as
 * ConstructionOnline's documented sample sends them.
 */
export function checkProperty(field: EditableField, value: unknown): Result<string | number | null, Refusal> {
  if (value === null) return ok(null)
  const rule = EDITABLE_FIELDS[field]
  switch (rule.kind) {
    case 'text':
      return readText(field, rule.lengthMax, value)
    case 'email':
      return readEmail(field, value)
    case 'date':
      return readDate(field, value)
    case 'integer':
      return readInteger(field, rule, value)
    case 'money':
      return readMoney(field, value)
  }
}

function invalid(field: string, rule: string): Result<never, Refusal> {
  return fail(refusal('field.invalid', `{${field}} ${rule}`, { field }))
}

function readEmail(field: string, value: unknown): Result<string | null, Refusal> {
  const text = readText(field, EMAIL_LENGTH_MAX, value)
  if (!text.ok || text.value === null || EMAIL.test(text.value)) return text
  return invalid(field, 'must be an e-mail address.')
}

/** A date, or an ISO date-time of which the date part counts, so that a client may send back what it read. */
function readDate(field: string, value: unknown): Result<string | null, Refusal> {
  if (typeof value === 'string' && value.trim() === '') return ok(null)
  if (typeof value === 'string') {
    const date = DATE_OR_DATE_TIME.exec(value)?.[1]
    if (date !== undefined && isCalendarDate(date)) return ok(date)
  }
  return invalid(field, 'must be a calendar date in the form YYYY-MM-DD.')
}

function readInteger(
  field: string,
  { min, max }: { min: number; max: number },
  value: unknown,
): Result<number | null, Refusal> {
  if (typeof value === 'string' && value.trim() === '') return ok(null)
  const number = typeof value === 'string' && WHOLE_NUMBER.test(value.trim()) ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) return ok(number + 0)
  return invalid(field, `must be a whole number from ${min} to ${max}.`)
}

export const MONEY_RULES: { readonly [F in MoneyFault]: string } = {
  'not-a-number': 'must be a number.',
  'too-many-decimals': 'must have at most two decimals.',
  'too-large': 'must be below 1000000000000.',
}

function readMoney(field: string, value: unknown): Result<Money | null, Refusal> {
  if (typeof value === 'string' && value.trim() === '') return ok(null)
  if (typeof value !== 'string' && typeof value !== 'number') return invalid(field, 'must be a number.')
  const money = typeof value === 'string' ? parseMoneyText(value.trim()) : parseMoneyNumber(value)
  if (!money.ok) return invalid(field, MONEY_RULES[money.fault])
  return moneySign(money.value) === -1 ? invalid(field, 'must not be negative.') : money
}
