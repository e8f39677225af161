import { fail, ok, type Result } from '../../lib/result.ts'
import { type Refusal, refusal } from '../errors.ts'
import { type CustomerPart, customerName, type Lead } from './lead.ts'
import { checkProperty, EDITABLE_FIELDS, type EditableField, type PropertyChanges } from './properties.ts'
import { readText } from './status-report.ts'

/** What an office may write into a lead of its own: absent fields stay, null clears. Checked values only. */
export type LeadEdit = PropertyChanges & {
  /** HTML from outside: kept as it came, sanitised by whoever shows it. */
  readonly projectDetailsHtml?: string | null
  /** A user of the company, which the use case has looked up. */
  readonly assigneeId?: number | null
}
export type LeadEditField = keyof LeadEdit

/** Every field of an edit, the customer's first. */
export const LEAD_EDIT_FIELDS: readonly LeadEditField[] = [
  ...(Object.keys(EDITABLE_FIELDS) as EditableField[]),
  'projectDetailsHtml',
  'assigneeId',
]
export const DETAILS_LENGTH_MAX = 100_000

/** Checks an edit with core field names; the first fault is given. Only whether the assignee exists is left open. */
export function checkLeadEdit(input: Readonly<Record<string, unknown>>): Result<LeadEdit, Refusal> {
  const edit: Record<string, string | number | null> = {}
  for (const [field, value] of Object.entries(input)) {
    if (value === undefined) continue
    const checked = checkField(field, value)
    if (!checked.ok) return checked
    edit[field] = checked.value
  }
  // Each field was given a value of the type that its rule names.
  return ok(edit as LeadEdit)
}

function checkField(field: string, value: unknown): Result<string | number | null, Refusal> {
  if (field === 'assigneeId') return readAssigneeId(value)
  if (field === 'projectDetailsHtml') {
    return value === null ? ok(null) : readText(field, DETAILS_LENGTH_MAX, value)
  }
  if (isEditable(field)) return checkProperty(field, value)
  return fail(refusal('field.unknown', `There is no field {${field}} to be set.`, { field }))
}

function isEditable(field: string): field is EditableField {
  return Object.hasOwn(EDITABLE_FIELDS, field)
}

/** The id of a user as a JSON number, or null for nobody. */
export function readAssigneeId(value: unknown): Result<number | null, Refusal> {
  if (value === null || (typeof value === 'number' && Number.isSafeInteger(value) && value > 0)) return ok(value)
  return fail(refusal('field.invalid', '{assigneeId} must be the id of a user, or null.', { field: 'assigneeId' }))
}

type Named = Pick<CustomerPart, 'displayName' | 'customerCompany' | 'email' | 'phone' | 'mobilePhone'>
type NameParts = Pick<CustomerPart, 'firstName' | 'middleName' | 'lastName'>

/** Refuses a customer of whom neither a name nor a way to reach them is known; null when somebody is named. */
export function refuseNobody(customer: Partial<Named & NameParts>): Refusal | null {
  const { firstName, middleName, lastName, displayName, customerCompany, email, phone, mobilePhone } = customer
  const known = [firstName, middleName, lastName, displayName, customerCompany, email, phone, mobilePhone]
  if (known.some((value) => value !== undefined && value !== null)) return null
  const text = 'A lead needs a name, a company, an e-mail address or a phone number.'
  return refusal('field.required', text, { field: 'displayName' })
}

/** A new lead's fields with the display name that ConstructionOnline promises on every lead. */
export function withDisplayName(edit: LeadEdit): LeadEdit {
  return { ...edit, displayName: edit.displayName ?? madeName(edit) }
}

/** The edit, with a display name that was made of other fields following them, unless it is set itself. */
export function withFollowingName(lead: Lead, edit: LeadEdit): LeadEdit {
  if (edit.displayName !== undefined) return edit
  if (lead.displayName !== null && lead.displayName !== madeName(lead)) return edit
  const displayName = madeName({ ...lead, ...edit })
  return displayName === lead.displayName ? edit : { ...edit, displayName }
}

function madeName(customer: Partial<Named & NameParts>): string | null {
  const { firstName = null, middleName = null, lastName = null } = customer
  const { customerCompany, email, phone, mobilePhone } = customer
  const name = customerName({ firstName, middleName, lastName, displayName: null })
  return name ?? customerCompany ?? email ?? phone ?? mobilePhone ?? null
}
