import { fail, ok, type Result } from '../lib/result.ts'
import { checkName } from './account-rules.ts'
import { type Refusal, refusal } from './errors.ts'
import { FOLLOW_UP_HOURS_MAX, STATUSES, takesFollowUp } from './lead/follow-ups.ts'
import { readText } from './lead/status-report.ts'
import type { LeadStatus } from './lead/status-rules.ts'

const LIST_ENTRIES_MAX = 100
const ENTRY_LENGTH_MAX = 100
const FORM_TEXT_LENGTHS = { title: 200, intro: 2000, thanks: 1000 } as const
type FormText = keyof typeof FORM_TEXT_LENGTHS

export type FollowUpHours = { readonly [S in LeadStatus]?: number | null }

export interface FormEdit {
  readonly enabled?: boolean
  readonly title?: string
  readonly intro?: string
  readonly thanks?: string
  readonly categories?: readonly string[]
  readonly notify?: boolean
}

/** Checked changes; what is absent stays. */
export interface CompanyEdit {
  readonly name?: string
  readonly currency?: string
  readonly timeZone?: string
  readonly offerAnswerHours?: number | null
  readonly followUpHours?: FollowUpHours
  readonly categories?: readonly string[]
  readonly types?: readonly string[]
  readonly stages?: readonly string[]
  readonly sources?: readonly string[]
  readonly form?: FormEdit
}

type Check = (value: unknown, field: string) => Result<unknown, Refusal>

const readOnly: Check = (_, field) =>
  fail(refusal('field.read-only', `${field} is given by the server; leave it out.`, { field }))

const CHECKS: { readonly [F in keyof CompanyEdit | 'id']-?: Check } = {
  id: readOnly,
  name: (value, field) => checkName(field, value),
  currency: checkCurrency,
  timeZone: checkTimeZone,
  offerAnswerHours: (value, field) => checkHours(value, field, 0),
  followUpHours: checkFollowUpHours,
  categories: checkList,
  types: checkList,
  stages: checkList,
  sources: checkList,
  form: (value, field) => checkParts(value, field, FORM_CHECKS),
}

const FORM_CHECKS: { readonly [F in keyof FormEdit | 'slug']-?: Check } = {
  slug: readOnly,
  enabled: checkFlag,
  title: checkFormText('title'),
  intro: checkFormText('intro'),
  thanks: checkFormText('thanks'),
  categories: checkList,
  notify: checkFlag,
}

/** Checks what a company wants to set; the first fault is given. */
export function checkCompanyEdit(input: Readonly<Record<string, unknown>>): Result<CompanyEdit, Refusal> {
  return checkParts(input, '', CHECKS) as Result<CompanyEdit, Refusal>
}

/** Checks each field of an object by its own rule; a field without a rule is refused by its name. */
function checkParts(
  value: unknown,
  field: string,
  checks: Readonly<Record<string, Check>>,
): Result<Readonly<Record<string, unknown>>, Refusal> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalid(field, 'must be an object')
  const checked: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(value)) {
    const path = field === '' ? name : `${field}.${name}`
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (check === undefined) {
      return fail(refusal('field.unknown', `There is no field ${shown(path)} here.`, { field: path }))
    }
    const result = check(part, path)
    if (!result.ok) return result
    checked[name] = result.value
  }
  return ok(checked)
}

function shown(path: string): string {
  return JSON.stringify(path.length > 60 ? `${path.slice(0, 60)}…` : path).replace(/[{}]/g, '')
}

function invalid(field: string, rule: string): { readonly ok: false; readonly fault: Refusal } {
  return fail(refusal('field.invalid', `${field} ${rule}.`, { field }))
}

function checkCurrency(value: unknown, field: string): Result<string, Refusal> {
  const isKnown = typeof value === 'string' && Intl.supportedValuesOf('currency').includes(value)
  return isKnown ? ok(value) : invalid(field, 'must be a currency code of ISO 4217, such as CAD')
}

const ZONE = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/

function checkTimeZone(value: unknown, field: string): Result<string, Refusal> {
  const isKnown = typeof value === 'string' && ZONE.test(value) && isTimeZone(value)
  return isKnown ? ok(value) : invalid(field, 'must be an IANA time zone, such as America/Toronto')
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function checkHours(value: unknown, field: string, min: number): Result<number | null, Refusal> {
  if (value === null) return ok(null)
  const isRight = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= FOLLOW_UP_HOURS_MAX
  if (isRight) return ok(value)
  return invalid(field, `must be a whole number of hours from ${min} to ${FOLLOW_UP_HOURS_MAX}, or null for never`)
}

const HOURS_CHECKS: Readonly<Record<string, Check>> = Object.fromEntries(
  STATUSES.map((status) => [
    status,
    (value: unknown, field: string) =>
      takesFollowUp(status)
        ? checkHours(value, field, 1)
        : fail(refusal('field.not-allowed', `${field} does not exist: nothing follows ${status}.`, { field })),
  ]),
)

function checkFollowUpHours(value: unknown, field: string): Result<unknown, Refusal> {
  return checkParts(value, field, HOURS_CHECKS)
}

function checkFlag(value: unknown, field: string): Result<boolean, Refusal> {
  return typeof value === 'boolean' ? ok(value) : invalid(field, 'must be true or false')
}

function checkFormText(name: FormText): Check {
  const max = FORM_TEXT_LENGTHS[name]
  return (value, field) => {
    const text = readText(field, max, value)
    if (!text.ok) return invalid(field, `must be text of at most ${max} characters`)
    if (text.value === null && name !== 'intro') return invalid(field, 'must not be empty')
    return ok(text.value ?? '')
  }
}

/** Words that a form offers: trimmed, none empty, none twice. */
function checkList(value: unknown, field: string): Result<readonly string[], Refusal> {
  if (!Array.isArray(value) || value.length > LIST_ENTRIES_MAX) {
    return invalid(field, `must be a list of at most ${LIST_ENTRIES_MAX} entries`)
  }
  const words: string[] = []
  for (const entry of value as unknown[]) {
    const text = typeof entry === 'string' ? readText(field, ENTRY_LENGTH_MAX, entry) : null
    if (text === null || !text.ok || text.value === null) {
      return invalid(field, `must hold texts of 1 to ${ENTRY_LENGTH_MAX} characters`)
    }
    if (words.includes(text.value)) return invalid(field, 'must not hold the same entry twice')
    words.push(text.value)
  }
  return ok(words)
}
