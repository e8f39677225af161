import { type Refusal, refusal } from './errors.ts'
import type { LeadEdit } from './lead/lead-edit.ts'
import { checkProperty, EDITABLE_FIELDS, type EditableField } from './lead/properties.ts'
import { readText } from './lead/status-report.ts'

/** What the public form asks, in its order; `category` only where the company offers some. */
export const FORM_FIELDS = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'address',
  'city',
  'zip',
  'category',
  'message',
] as const
export type FormField = (typeof FORM_FIELDS)[number]
export type FormInput = { readonly [F in FormField]?: unknown }

export const MESSAGE_LENGTH_MAX = 5_000
/** The customer's words go where an offer's words go. */
const PROPERTY_OF: { readonly [F in FormField]: EditableField } = {
  firstName: 'firstName',
  lastName: 'lastName',
  email: 'email',
  phone: 'phone',
  address: 'address',
  city: 'city',
  zip: 'zip',
  category: 'category',
  message: 'originalDescription',
}

export type CheckedForm =
  | { readonly ok: true; readonly edit: LeadEdit }
  /** Every fault, in the order of the fields; each names its field. */
  | { readonly ok: false; readonly faults: readonly Refusal[] }

/** How many characters a field takes at most. */
export function formLengthMax(field: FormField): number {
  if (field === 'message') return MESSAGE_LENGTH_MAX
  const rule = EDITABLE_FIELDS[PROPERTY_OF[field]]
  return rule.kind === 'text' ? rule.lengthMax : 254
}

/**
 * Checks what somebody sent through a company's form. A name is required, and a way to answer: an e-mail address or a
 * phone number. Line breaks in one-line fields, which no browser sends, become blanks.
 */
export function checkForm(categories: readonly string[], input: FormInput): CheckedForm {
  const edit: Partial<Record<EditableField, string | number | null>> = {}
  const faults: Refusal[] = []
  for (const field of FORM_FIELDS) {
    const fault = take(field, input[field], categories, edit)
    if (fault !== null) faults.push(fault)
  }
  if (isEmpty(input.firstName) && isEmpty(input.lastName)) {
    faults.unshift(refusal('field.required', 'Please tell us your name.', { field: 'firstName' }))
  }
  if (isEmpty(input.email) && isEmpty(input.phone)) {
    const text = 'Please leave an e-mail address or a phone number, so that we can answer.'
    faults.push(refusal('field.required', text, { field: 'email' }))
  }
  // Each field was given a value of the type that its rule names.
  return faults.length > 0 ? { ok: false, faults: inOrder(faults) } : { ok: true, edit: edit as LeadEdit }
}

function take(
  field: FormField,
  value: unknown,
  categories: readonly string[],
  edit: Partial<Record<EditableField, string | number | null>>,
): Refusal | null {
  if (isEmpty(value)) return null
  if (typeof value !== 'string') return refusal('field.invalid', `{${field}} must be a text.`, { field })
  const text = field === 'message' ? value.replace(/\r\n?/g, '\n') : value.replace(/[\t\n\v\f\r]+/g, ' ')
  if (field === 'category' && !categories.includes(text.trim())) {
    return refusal('field.invalid', 'Please choose one of the list.', { field })
  }
  const read = field === 'message' ? readText(field, MESSAGE_LENGTH_MAX, text) : checkProperty(PROPERTY_OF[field], text)
  if (!read.ok) return read.fault
  edit[PROPERTY_OF[field]] = read.value
  return null
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function inOrder(faults: readonly Refusal[]): Refusal[] {
  const placeOf = ({ field = '' }: Refusal) => (FORM_FIELDS as readonly string[]).indexOf(field)
  return [...faults].sort((a, b) => placeOf(a) - placeOf(b))
}
