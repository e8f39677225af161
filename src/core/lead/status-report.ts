import { isCalendarDate } from '../../lib/calendar.ts'
import { type Money, moneySign, parseMoneyNumber } from '../../lib/decimal.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { characterCount, isStorableText } from '../../lib/text.ts'
import { type Refusal, refusal } from '../errors.ts'
import type { ReportDetails } from './lead.ts'
import {
  allowedFields,
  isReportStatus,
  REPORT_FIELD_NAMES,
  REPORT_FIELDS,
  REPORT_STATUSES,
  type ReportField,
  type ReportFieldRule,
  type ReportStatus,
  STATUS_RULES,
} from './status-rules.ts'

/** A checked report: every detail is there, null where the status does not use it. */
export interface StatusReport extends ReportDetails {
  readonly status: ReportStatus
}

export const EMPTY_DETAILS: ReportDetails = Object.freeze({
  reason: null,
  meetingDate: null,
  jobAmount: null,
  contactMethod: null,
  estimateType: null,
  lostReason: null,
  startDate: null,
  completionDate: null,
  startDateTbd: null,
  completionDateTbd: null,
})

type FieldValue = string | boolean | null

/**
 * Checks a report by the rule table. `input` has core field names; a field that is absent or null is not given.
 * Documented: what is required. Our choice: null is "not given", fields of another status are refused, both a date
 * and its flag are refused, completion before start is refused, an amount is a JSON number above 0 with at most two
 * decimals and below 10^12.
 */
export function checkStatusReport(input: Readonly<Record<string, unknown>>): Result<StatusReport, Refusal> {
  const status = input['status']
  if (status === undefined || status === null)
    return fail(refusal('field.required', '{status} is required.', { field: 'status' }))
  if (!isReportStatus(status)) return fail(wrongStatus())
  const values: Partial<Record<ReportField, FieldValue>> = {}
  for (const name of REPORT_FIELD_NAMES) {
    const value = input[name]
    if (value === undefined || value === null) continue
    if (!allowedFields(status).includes(name)) return fail(notAllowed(name, status))
    const read = readField(name, REPORT_FIELDS[name], value)
    if (!read.ok) return read
    values[name] = read.value
  }
  const missing = findMissing(status, values)
  if (missing !== null) return fail(missing)
  // The loop above put into each field exactly the type that its rule names.
  const report = { ...EMPTY_DETAILS, ...values, status } as StatusReport
  return orderOfDates(completeFlags(report))
}

function wrongStatus(): Refusal {
  return refusal('field.invalid', `{status} must be one of ${REPORT_STATUSES.join(', ')}.`, { field: 'status' })
}

function notAllowed(name: ReportField, status: ReportStatus): Refusal {
  return refusal('field.not-allowed', `{${name}} does not belong to {status} ${status}.`, { field: name })
}

function readField(name: ReportField, rule: ReportFieldRule, value: unknown): Result<FieldValue, Refusal> {
  switch (rule.kind) {
    case 'text':
      return readText(name, rule.lengthMax, value)
    case 'date':
      if (typeof value === 'string' && isCalendarDate(value)) return ok(value)
      return fail(
        refusal('field.invalid', `{${name}} must be a calendar date in the form YYYY-MM-DD.`, { field: name }),
      )
    case 'amount':
      return readAmount(name, value)
    case 'flag':
      if (typeof value === 'boolean') return ok(value)
      return fail(refusal('field.invalid', `{${name}} must be true or false.`, { field: name }))
    case 'choice':
      if (typeof value === 'string' && rule.values.includes(value)) return ok(value)
      return fail(refusal('field.invalid', `{${name}} must be one of ${rule.values.join(', ')}.`, { field: name }))
  }
}

/** Trimmed text; blank text counts as not given, and length is counted in characters after trimming. */
export function readText(name: string, lengthMax: number, value: unknown): Result<string | null, Refusal> {
  if (typeof value !== 'string') return fail(refusal('field.invalid', `{${name}} must be a text.`, { field: name }))
  const trimmed = value.trim()
  if (!isStorableText(trimmed)) {
    return fail(
      refusal('field.invalid', `{${name}} must not contain NUL characters or broken surrogate pairs.`, { field: name }),
    )
  }
  if (characterCount(trimmed) > lengthMax) {
    return fail(refusal('field.invalid', `{${name}} must have at most ${lengthMax} characters.`, { field: name }))
  }
  return ok(trimmed === '' ? null : trimmed)
}

function readAmount(name: string, value: unknown): Result<Money, Refusal> {
  const invalid = (rule: string) => fail(refusal('field.invalid', `{${name}} ${rule}`, { field: name }))
  if (typeof value !== 'number') return invalid('must be a number.')
  const money = parseMoneyNumber(value)
  if (!money.ok) {
    if (money.fault === 'too-many-decimals') return invalid('must have at most two decimals.')
    if (money.fault === 'too-large') return invalid('must be below 1000000000000.')
    return invalid('must be a number.')
  }
  return moneySign(money.value) === 1 ? money : invalid('must be greater than 0.')
}

function findMissing(status: ReportStatus, values: Partial<Record<ReportField, FieldValue>>): Refusal | null {
  const rule = STATUS_RULES[status]
  const given = (name: ReportField) => values[name] !== undefined && values[name] !== null
  for (const name of rule.required) {
    if (!given(name)) return refusal('field.required', `{${name}} is required for {status} ${status}.`, { field: name })
  }
  for (const { field, when, is } of rule.requiredWhen) {
    if (values[when] === is && !given(field)) {
      return refusal('field.required', `{${field}} is required when {${when}} is ${is}.`, { field })
    }
  }
  for (const [date, flag] of rule.eitherOr) {
    if (given(date) && values[flag] === true) {
      return refusal('field.invalid', `{${date}} and {${flag}} true exclude each other.`, { field: flag })
    }
    if (!given(date) && values[flag] !== true) {
      return refusal('field.required', `{${date}} is required for {status} ${status} unless {${flag}} is true.`, {
        field: date,
      })
    }
  }
  return null
}

/** Where a status has a date-or-flag pair, the flag is always a plain true or false on record. */
function completeFlags(report: StatusReport): StatusReport {
  if (STATUS_RULES[report.status].eitherOr.length === 0) return report
  return {
    ...report,
    startDateTbd: report.startDateTbd ?? false,
    completionDateTbd: report.completionDateTbd ?? false,
  }
}

function orderOfDates(report: StatusReport): Result<StatusReport, Refusal> {
  for (const name of REPORT_FIELD_NAMES) {
    const rule: ReportFieldRule = REPORT_FIELDS[name]
    if (rule.kind !== 'date' || rule.notBefore === undefined) continue
    const [later, earlier] = [report[name], report[rule.notBefore]]
    if (later !== null && earlier !== null && later < earlier) {
      return fail(refusal('field.invalid', `{${name}} must not be before {${rule.notBefore}}.`, { field: name }))
    }
  }
  return ok(report)
}
