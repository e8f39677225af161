import {
  allowedFields,
  REPORT_FIELD_NAMES,
  REPORT_FIELDS,
  REPORT_STATUSES,
  type ReportField,
  type ReportStatus,
  STATUS_RULES,
} from '../../core/lead/status-rules.ts'
import { MONEY_LIMIT_TEXT } from '../../lib/decimal.ts'
import { REPORT_WIRE_NAMES } from './names.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** A text with something in it besides blanks. */
const NOT_BLANK = { type: 'string', pattern: '\\S' } as const
const NOT_GIVEN = { type: 'null' } as const

/**
 * The body of a status report as JSON Schema 2020-12, made from the status rules: the fields by themselves, and one
 * if/then for each status. An absent field and null are the same. It says all that the check says but for the order of
 * the two dates, the decimals of the amount, and what trimming a text does to its length.
 */
export function reportBodySchema(): JsonSchema {
  const properties = Object.fromEntries(
    REPORT_FIELD_NAMES.map((field) => [REPORT_WIRE_NAMES[field], { ...formOf(field), description: describe(field) }]),
  )
  return {
    type: 'object',
    additionalProperties: false,
    required: ['status'],
    properties: {
      status: { type: 'string', enum: REPORT_STATUSES, description: 'New status of the lead. (documented)' },
      ...properties,
    },
    allOf: REPORT_STATUSES.map((status) => ifThen('status', status, rulesOf(status))),
  }
}

/** What a given value must look like, whatever the status. */
function formOf(field: ReportField): JsonSchema {
  const rule = REPORT_FIELDS[field]
  switch (rule.kind) {
    case 'text':
      // NUL and halves of surrogate pairs cannot be stored.
      return { type: ['string', 'null'], maxLength: rule.lengthMax, pattern: '^[^\\u0000\\uD800-\\uDFFF]*$' }
    case 'date':
      return { type: ['string', 'null'], format: 'date', pattern: '^(19|[2-9][0-9])' }
    case 'amount':
      return { type: ['number', 'null'], exclusiveMinimum: 0, exclusiveMaximum: Number(MONEY_LIMIT_TEXT) }
    case 'flag':
      return { type: ['boolean', 'null'] }
    case 'choice':
      return { type: ['string', 'null'], enum: [...rule.values, null] }
  }
}

function rulesOf(status: ReportStatus): JsonSchema {
  const { required, requiredWhen, eitherOr } = STATUS_RULES[status]
  const foreign = REPORT_FIELD_NAMES.filter((field) => !allowedFields(status).includes(field))
  const parts = [
    ...requiredWhen.map(({ field, when, is }) => {
      const name = REPORT_WIRE_NAMES[field]
      return ifThen(REPORT_WIRE_NAMES[when], is, { properties: { [name]: given(field) }, required: [name] })
    }),
    ...eitherOr.map(([date, flag]) => ({ oneOf: alternatives(date, flag) })),
  ]
  return {
    required: required.map((field) => REPORT_WIRE_NAMES[field]),
    properties: Object.fromEntries([
      ...required.map((field) => [REPORT_WIRE_NAMES[field], given(field)]),
      ...foreign.map((field) => [REPORT_WIRE_NAMES[field], NOT_GIVEN]),
    ]),
    ...(parts.length > 0 ? { allOf: parts } : {}),
  }
}

/** What must hold when a field has a value. */
function ifThen(name: string, value: string, rules: JsonSchema): JsonSchema {
  // Made from pairs, as an object with a member `then` looks like a promise to tools.
  return Object.fromEntries([
    ['if', { properties: { [name]: { const: value } }, required: [name] }],
    ['then', rules],
  ])
}

function given(field: ReportField): JsonSchema {
  return REPORT_FIELDS[field].kind === 'text' ? NOT_BLANK : { not: NOT_GIVEN }
}

/** The date without the flag, or the flag set to true without the date. */
function alternatives(date: ReportField, flag: ReportField): readonly JsonSchema[] {
  const [dateName, flagName] = [REPORT_WIRE_NAMES[date], REPORT_WIRE_NAMES[flag]]
  return [
    { properties: { [dateName]: given(date), [flagName]: { not: { const: true } } }, required: [dateName] },
    { properties: { [flagName]: { const: true }, [dateName]: NOT_GIVEN }, required: [flagName] },
  ]
}

/** Which statuses a field belongs to, for people who read the document. */
function describe(field: ReportField): string {
  const uses = REPORT_STATUSES.filter((status) => allowedFields(status).includes(field))
  const required = uses.filter((status) => STATUS_RULES[status].required.includes(field))
  const conditional = uses.filter((status) => STATUS_RULES[status].requiredWhen.some((rule) => rule.field === field))
  const optional = uses.filter((status) => !required.includes(status) && !conditional.includes(status))
  const parts = [
    required.length > 0 ? `Required for ${required.join(', ')}.` : '',
    ...conditional.map((status) => conditionText(status, field)),
    optional.length > 0 ? `May be given for ${optional.join(', ')}.` : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function conditionText(status: ReportStatus, field: ReportField): string {
  const rules = STATUS_RULES[status].requiredWhen.filter((rule) => rule.field === field)
  const conditions = rules.map(({ when, is }) => `${REPORT_WIRE_NAMES[when]} is ${is}`)
  return `Required for ${status} when ${conditions.join(' or ')}, else optional.`
}
