import type { LeadStatuses } from '../../api/types.ts'
import { formatCount } from '../../format.ts'
import { dateFault } from './read-date.ts'
import { fieldWords } from './words.ts'

/** The served rule table, the only source of what this form asks for and refuses. */
export type Rules = LeadStatuses
export type StatusRule = Rules['statuses'][number]
export type FieldRule = Rules['fields'][number]
export type FieldName = FieldRule['name']
export type StatusName = StatusRule['status']
export type StageName = StatusRule['boardStage']

/** What is filled in, by field. Absent, null and blank text are the same: not given. */
export type Values = Readonly<Record<string, unknown>>
/** One sentence for each field at fault; empty when the report can go out. */
export type Faults = Readonly<Record<string, string>>

/** A piece of the form: one field, or a date together with the flag that may stand for it. */
export type FormPart =
  | { readonly kind: 'field'; readonly field: FieldRule; readonly required: boolean }
  | { readonly kind: 'either'; readonly date: FieldRule; readonly flag: FieldRule }

export function ruleOf(rules: Rules, status: string): StatusRule | null {
  return rules.statuses.find((rule) => rule.status === status) ?? null
}

/** The statuses that can be reported, in the order of the board; of one stage where it is given. */
export function reportableStatuses(rules: Rules, stage?: StageName): StatusRule[] {
  return rules.stages
    .filter((name) => stage === undefined || name === stage)
    .flatMap((name) => rules.statuses.filter((rule) => rule.reportable && rule.boardStage === name))
}

/** What the form shows for a status: first what is required, then the dates or their flags, then what is welcome. */
export function fieldsFor(rules: Rules, status: string, values: Values): FormPart[] {
  const rule = ruleOf(rules, status)
  if (rule === null) return []
  const wanted = rule.requiredWhen.filter(({ when, is }) => values[when] === is).map(({ field }) => field)
  const optional = rule.optional.filter((name) => !rule.required.includes(name))
  return [
    ...rule.required.flatMap((name) => fieldPart(rules, name, true)),
    ...rule.eitherOr.flatMap((pair) => eitherPart(rules, pair)),
    ...optional.flatMap((name) => fieldPart(rules, name, wanted.includes(name))),
  ]
}

/** What is wrong with the values by the served rules. The server accepts a report exactly when nothing is. */
export function validate(rules: Rules, status: string, values: Values): Faults {
  const rule = ruleOf(rules, status)
  if (rule === null || !rule.reportable) return { status: 'Choose a status.' }
  const parts = fieldsFor(rules, status, values)
  const faults: Record<string, string> = foreignFaults(rules, parts, values)
  for (const field of parts.flatMap(fieldsOf)) {
    const fault = formFault(rules, field, values)
    if (fault !== null) faults[field.name] ??= fault
  }
  for (const part of parts) {
    const [name, fault] = part.kind === 'field' ? missingFault(part, status, values) : eitherFault(part, values)
    if (fault !== null) faults[name] ??= fault
  }
  return faults
}

/** The body to send: the fields of the status that are given, texts trimmed. */
export function toReport(rules: Rules, status: string, values: Values): Record<string, unknown> {
  const given = fieldsFor(rules, status, values)
    .flatMap(fieldsOf)
    .filter(({ name }) => isGiven(values[name]))
    .map(({ name }): [string, unknown] => [name, trimmed(values[name])])
  return { status, ...Object.fromEntries(given) }
}

export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && trimmed(value) !== ''
}

export function fieldsOf(part: FormPart): FieldRule[] {
  return part.kind === 'field' ? [part.field] : [part.date, part.flag]
}

function fieldPart(rules: Rules, name: FieldName, required: boolean): FormPart[] {
  const field = rules.fields.find((rule) => rule.name === name)
  return field === undefined ? [] : [{ kind: 'field', field, required }]
}

function eitherPart(rules: Rules, pair: StatusRule['eitherOr'][number]): FormPart[] {
  const date = rules.fields.find(({ name }) => name === pair.date)
  const flag = rules.fields.find(({ name }) => name === pair.flag)
  return date === undefined || flag === undefined ? [] : [{ kind: 'either', date, flag }]
}

/** Values that the status does not ask for; the form never holds any, a saved draft might. */
function foreignFaults(rules: Rules, parts: readonly FormPart[], values: Values): Record<string, string> {
  const own: string[] = parts.flatMap(fieldsOf).map(({ name }) => name)
  const known: string[] = rules.fields.map(({ name }) => name)
  const foreign = Object.keys(values).filter(
    (name) => !own.includes(name) && (isPresent(values[name]) || !known.includes(name)),
  )
  return Object.fromEntries(foreign.map((name) => [name, 'This does not belong to the status.']))
}

function missingFault(
  { field, required }: Extract<FormPart, { kind: 'field' }>,
  status: string,
  values: Values,
): [string, string | null] {
  if (!required || isGiven(values[field.name])) return [field.name, null]
  return [field.name, fieldWords(field.name, status).missing]
}

function eitherFault({ date, flag }: Extract<FormPart, { kind: 'either' }>, values: Values): [string, string | null] {
  const isFlagged = values[flag.name] === true
  if (isGiven(values[date.name]) === !isFlagged) return [date.name, null]
  return isFlagged
    ? [flag.name, 'There is a date as well: keep one of the two.']
    : [date.name, 'Choose a day, or tick the box.']
}

/** What is wrong with one given value by itself, or by the date that it may not precede. */
function formFault(rules: Rules, field: FieldRule, values: Values): string | null {
  const value = values[field.name]
  if (!isPresent(value)) return null
  switch (field.kind) {
    case 'text':
      return textFault(field, value)
    case 'date':
      return dateFault(field, value) ?? orderFault(rules, field, values)
    case 'amount':
      return amountFault(field, value)
    case 'flag':
      return typeof value === 'boolean' ? null : 'This is either ticked or not.'
    case 'choice':
      return typeof value === 'string' && field.values?.includes(value) ? null : 'Choose one of the list.'
  }
}

function textFault({ lengthMax }: FieldRule, value: unknown): string | null {
  if (typeof value !== 'string') return 'Write a text.'
  const text = value.trim()
  if (text.includes('\u0000') || !text.isWellFormed()) return 'This text has characters that cannot be kept.'
  const length = [...text].length
  if (lengthMax === undefined || length <= lengthMax) return null
  return `At most ${lengthMax} characters; this has ${length}.`
}

function orderFault(rules: Rules, { name, notBefore }: FieldRule, values: Values): string | null {
  if (notBefore === undefined) return null
  const first = values[notBefore]
  const earlier = rules.fields.find((field) => field.name === notBefore)
  if (earlier === undefined || !isPresent(first) || dateFault(earlier, first) !== null) return null
  if (String(values[name]) >= String(first)) return null
  return `Not before ${fieldWords(notBefore, '').label.toLowerCase()}.`
}

const PLAIN_DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/

/** Numbers as the API takes them, or what was typed, which goes out as a number too. */
function amountFault({ above, below, decimals }: FieldRule, value: unknown): string | null {
  const match = PLAIN_DECIMAL.exec(String(value).trim())
  if ((typeof value !== 'number' && typeof value !== 'string') || match === null) return 'Write a plain number.'
  const amount = Number(value)
  if (above !== undefined && amount <= above) return `More than ${above}.`
  if (below !== undefined && amount >= below) return `Less than ${formatCount(below)}.`
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  return decimals !== undefined && fraction.length > decimals ? `At most ${decimals} decimals.` : null
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value
}
