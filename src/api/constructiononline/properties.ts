import type { Lead } from '../../core/lead/lead.ts'
import { EDITABLE_FIELDS, type EditableField } from '../../core/lead/properties.ts'
import { toSeconds } from '../../lib/calendar.ts'
import { moneyToNumber } from '../../lib/decimal.ts'
import { closedDateOf, statusNameOf } from './lead-status.ts'

/** How sure the name is: read on a page, seen in a sample only, concluded by us, or ours alone. */
export type Evidence = 'documented' | 'sample' | 'inferred' | 'our choice'
export type JsonKind = 'text' | 'email' | 'integer' | 'money' | 'date' | 'instant' | 'status'

interface PropertyBase {
  /** The wire name. */
  readonly name: string
  readonly evidence: Evidence
  readonly meaning: string
}

/** A field of the record that may be written. */
export interface FieldProperty extends PropertyBase {
  readonly kind: 'field'
  readonly field: EditableField
  /** Must be there on create (documented), and can never be cleared (our choice). */
  readonly required: boolean
}

/** LEAD_STATUS: shown from the lead's status, and written as a status report. */
export interface StatusProperty extends PropertyBase {
  readonly kind: 'status'
}

/** Kept by the server. A write that repeats it is accepted, so that a client may send back what it read. */
export interface ReadOnlyProperty extends PropertyBase {
  readonly kind: 'read-only'
  readonly json: JsonKind
  readonly read: (lead: Lead) => string | number | null
}

export type Property = FieldProperty | StatusProperty | ReadOnlyProperty

function field(name: string, field: EditableField, evidence: Evidence, meaning: string): FieldProperty {
  return { kind: 'field', name, field, required: false, evidence, meaning }
}

function required(name: string, field: EditableField, meaning: string): FieldProperty {
  return { kind: 'field', name, field, required: true, evidence: 'documented', meaning }
}

/**
 * The lead object: every property in the order of an answer. The published table was not readable to us, so a name that
 * turns out otherwise is changed here and nowhere else.
 */
export const PROPERTIES: readonly Property[] = [
  {
    kind: 'read-only',
    name: 'ID',
    json: 'integer',
    read: (lead) => lead.id,
    evidence: 'documented',
    meaning: 'Unique number of the lead.',
  },
  required('FIRSTNAME', 'firstName', 'First name.'),
  required('LASTNAME', 'lastName', 'Last name.'),
  required('EMAIL', 'email', 'E-mail address.'),
  required('DISPLAY_NAME', 'displayName', 'Name to show.'),
  field('MIDDLENAME', 'middleName', 'documented', 'Middle name.'),
  field('COMPANY', 'customerCompany', 'documented', "The customer's company."),
  field('ADDRESS', 'address', 'documented', 'Street address.'),
  field('CITY', 'city', 'documented', 'City.'),
  field('STATE', 'state', 'documented', 'State or province.'),
  field('ZIP', 'zip', 'documented', 'Postal code, as the create-a-contact page spells it.'),
  field('ZIPCODE', 'zip', 'sample', 'The same postal code, as a sample of the update-a-contact page spells it.'),
  field('COUNTRY_SETTING', 'country', 'documented', 'Country.'),
  field('PHONE', 'phone', 'documented', 'Phone number.'),
  field('MOBILE_PHONE', 'mobilePhone', 'documented', 'Mobile phone number.'),
  field('MOBILE_PROVIDER', 'mobileProvider', 'documented', 'Mobile carrier.'),
  field('FAX', 'fax', 'documented', 'Fax number.'),
  field('WEBSITE', 'website', 'documented', 'Web address.'),
  field('SUMMARY', 'summary', 'documented', 'Summary of the contact.'),
  field('EXPERIENCE', 'experience', 'documented', 'Experience of the contact.'),
  field('CONTACT_QUALITY', 'contactQuality', 'documented', "The company's rating of the contact."),
  field('CONTACT_REGION', 'contactRegion', 'documented', "The company's region of the contact."),
  field('CONTACT_DIVISION', 'contactDivision', 'documented', "The company's division for the contact."),
  field('CONTACT_OFFICE', 'contactOffice', 'documented', "The company's office for the contact."),
  field('CONTACT_CATEGORY', 'contactCategory', 'documented', "The company's category of the contact."),
  field('CONTACT_TRADE', 'contactTrade', 'documented', "The contact's trade."),
  field('FIELD_ID', 'contactFieldId', 'documented', 'An identifier whose meaning is not documented.'),
  {
    kind: 'read-only',
    name: 'COMPANY_ID',
    json: 'integer',
    read: (lead) => lead.companyId,
    evidence: 'documented',
    meaning: 'Number of the company account.',
  },
  {
    kind: 'read-only',
    name: 'LMOD',
    json: 'instant',
    read: (lead) => toSeconds(lead.modifiedAt),
    evidence: 'documented',
    meaning: 'Last modification, in UTC.',
  },
  {
    kind: 'status',
    name: 'LEAD_STATUS',
    evidence: 'inferred',
    meaning: 'Status of the lead. Closed - Won takes LEAD_VALUE as the amount and freezes both.',
  },
  field('LEAD_STAGE', 'stage', 'inferred', "The company's own stage."),
  field('LEAD_SOURCE', 'sourceLabel', 'inferred', "The company's own name of the lead's source."),
  field('LEAD_QUALITY', 'quality', 'sample', 'How good the lead is; the scale is the office’s own.'),
  field('LEAD_VALUE', 'value', 'sample', 'Value of the lead; after a win, the amount of the job.'),
  field('LEAD_TYPE', 'type', 'inferred', "The company's own type of the lead."),
  field('LEAD_OPENED_DATE', 'openedDate', 'inferred', 'Creation date of the lead (UTC).'),
  {
    kind: 'read-only',
    name: 'LEAD_CLOSED_DATE',
    json: 'date',
    read: closedDateOf,
    evidence: 'inferred',
    meaning: 'Date (UTC) on which the lead was won or lost.',
  },
  field('LEAD_NOTES', 'notes', 'inferred', 'Notes.'),
]

export const REQUIRED_PROPERTIES: readonly FieldProperty[] = PROPERTIES.filter(
  (property) => property.kind === 'field',
).filter((property) => property.required)

const BY_NAME: ReadonlyMap<string, Property> = new Map(PROPERTIES.map((property) => [property.name, property]))

/** The property of a name as sent. Our choice: letter case is ignored; only ASCII letters have a case here. */
export function findProperty(sent: string): Property | undefined {
  return BY_NAME.get(/^[A-Za-z_]+$/.test(sent) ? sent.toUpperCase() : sent)
}

export function jsonKindOf(property: Property): JsonKind {
  switch (property.kind) {
    case 'read-only':
      return property.json
    case 'status':
      return 'status'
    case 'field':
      return EDITABLE_FIELDS[property.field].kind
  }
}

/** A property's value as the answer shows it: numbers as JSON numbers, dates YYYY-MM-DD, nothing as null. */
export function readProperty(property: Property, lead: Lead): string | number | null {
  switch (property.kind) {
    case 'read-only':
      return property.read(lead)
    case 'status':
      return statusNameOf(lead)
    case 'field': {
      const value = lead[property.field]
      return property.field === 'value' && value !== null ? moneyToNumber(String(value)) : value
    }
  }
}

const NAME_BY_FIELD: ReadonlyMap<string, string> = new Map([
  // Reversed, so that the first spelling in the table wins.
  ...PROPERTIES.flatMap((property) =>
    property.kind === 'field' ? [[property.field, property.name] as const] : [],
  ).reverse(),
  ['status', 'LEAD_STATUS'],
  ['reason', 'LEAD_NOTES'],
  ['jobAmount', 'LEAD_VALUE'],
])

/** The property that shows a core field, for error texts. */
export function propertyNameOf(coreField: string): string {
  return NAME_BY_FIELD.get(coreField) ?? coreField
}
