import type { Company, Lead, LeadEdit } from '../../api/types.ts'
import { FIELD_WORDS } from '../../words-fields.ts'

export type EditField = Exclude<keyof LeadEdit, 'assigneeId' | 'projectDetailsHtml'>
export type FieldKind = 'text' | 'email' | 'phone' | 'url' | 'long' | 'date' | 'money' | 'quality' | 'words'

export interface FieldSpec {
  readonly name: EditField
  readonly kind: FieldKind
  /** Half of the form's width, so that two stand side by side. */
  readonly half?: boolean
  /** Which of the company's lists offers words. */
  readonly words?: 'categories' | 'types' | 'stages' | 'sources'
  readonly rows?: number
}

const text = (name: EditField, half = true): FieldSpec => ({ name, kind: 'text', half })

export const CUSTOMER_FIELDS: readonly FieldSpec[] = [
  text('firstName'),
  text('lastName'),
  text('displayName'),
  text('customerCompany'),
  { name: 'phone', kind: 'phone', half: true },
  { name: 'mobilePhone', kind: 'phone', half: true },
  { name: 'email', kind: 'email' },
  text('address', false),
  text('city'),
  text('state'),
  text('zip'),
  text('country'),
  { name: 'website', kind: 'url' },
]

/** Seldom used; shown where they have something in them, and on wish. */
export const MORE_CUSTOMER_FIELDS: readonly FieldSpec[] = [
  text('middleName'),
  { name: 'fax', kind: 'phone', half: true },
  text('mobileProvider'),
  text('contactTrade'),
  text('contactCategory'),
  text('contactQuality'),
  text('contactRegion'),
  text('contactDivision'),
  text('contactOffice'),
  text('contactFieldId'),
  { name: 'summary', kind: 'long', rows: 2 },
  { name: 'experience', kind: 'long', rows: 2 },
]

export const SALES_FIELDS: readonly FieldSpec[] = [
  { name: 'value', kind: 'money', half: true },
  { name: 'quality', kind: 'quality', half: true },
  { name: 'type', kind: 'words', words: 'types', half: true },
  { name: 'stage', kind: 'words', words: 'stages', half: true },
  { name: 'sourceLabel', kind: 'words', words: 'sources', half: true },
  { name: 'openedDate', kind: 'date', half: true },
]

export const REQUEST_FIELDS: readonly FieldSpec[] = [
  { name: 'category', kind: 'words', words: 'categories' },
  { name: 'originalDescription', kind: 'long', rows: 5 },
]

export const NOTES_FIELDS: readonly FieldSpec[] = [{ name: 'notes', kind: 'long', rows: 4 }]

/** What a form holds: text as typed, by field. */
export type Draft = Readonly<Record<string, string>>

export function labelOf({ name }: FieldSpec): string {
  return FIELD_WORDS[name] ?? name
}

export function draftOf(lead: Lead, fields: readonly FieldSpec[]): Draft {
  return Object.fromEntries(fields.map(({ name }) => [name, textOf(lead[name])]))
}

function textOf(value: Lead[EditField]): string {
  return value === null || value === undefined ? '' : String(value)
}

/** What stands in a field of a draft. An amount has its cents, as the lead has them, however many were typed. */
export function typedIn(draft: Draft, { name, kind }: FieldSpec): string {
  const text = (draft[name] ?? '').trim()
  return kind === 'money' && AMOUNT.test(text) ? wholeCents(text) : text
}

const AMOUNT = /^\d+(\.\d{0,2})?$/

function wholeCents(amount: string): string {
  const [whole = '', cents = ''] = amount.split('.')
  return `${whole}.${cents.padEnd(2, '0')}`
}

/** The fields in which a draft differs from the lead that it began with. */
export function changedFields(base: Lead, draft: Draft, fields: readonly FieldSpec[]): EditField[] {
  const before = draftOf(base, fields)
  return fields.filter((spec) => typedIn(draft, spec) !== before[spec.name]).map(({ name }) => name)
}

/** The draft's values of some fields as the server takes them; blank clears. */
export function editOf(draft: Draft, names: readonly EditField[]): LeadEdit {
  return Object.fromEntries(names.map((name) => [name, wireValue(name, (draft[name] ?? '').trim())]))
}

function wireValue(name: EditField, typed: string): string | number | null {
  if (typed === '') return null
  // What is no number goes as it was typed, and the server says why it is refused.
  return name === 'quality' && /^\d+$/.test(typed) ? Number(typed) : typed
}

export function wordsOf(company: Company | undefined, { words }: FieldSpec): readonly string[] {
  return words === undefined || company === undefined ? [] : company[words]
}
