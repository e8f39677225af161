import type { EditableField } from '../../../core/lead/properties.ts'
import type { Outcome } from '../../../core/lead/status-rules.ts'

/**
 * The properties that are kept in step, by our field. The published table was not readable to us; a name that turns out
 * otherwise is changed here, and one that the service does not show is left out of every merge.
 */
export const PROPERTY_NAMES: { readonly [F in Exclude<EditableField, NoProperty>]: readonly [string, ...string[]] } = {
  firstName: ['FIRSTNAME'],
  lastName: ['LASTNAME'],
  email: ['EMAIL'],
  displayName: ['DISPLAY_NAME'],
  middleName: ['MIDDLENAME'],
  customerCompany: ['COMPANY'],
  address: ['ADDRESS'],
  city: ['CITY'],
  state: ['STATE'],
  // Written by the first spelling, read by either.
  zip: ['ZIP', 'ZIPCODE'],
  country: ['COUNTRY_SETTING'],
  phone: ['PHONE'],
  mobilePhone: ['MOBILE_PHONE'],
  mobileProvider: ['MOBILE_PROVIDER'],
  fax: ['FAX'],
  website: ['WEBSITE'],
  summary: ['SUMMARY'],
  experience: ['EXPERIENCE'],
  contactQuality: ['CONTACT_QUALITY'],
  contactRegion: ['CONTACT_REGION'],
  contactDivision: ['CONTACT_DIVISION'],
  contactOffice: ['CONTACT_OFFICE'],
  contactCategory: ['CONTACT_CATEGORY'],
  contactTrade: ['CONTACT_TRADE'],
  contactFieldId: ['FIELD_ID'],
  stage: ['LEAD_STAGE'],
  sourceLabel: ['LEAD_SOURCE'],
  quality: ['LEAD_QUALITY'],
  value: ['LEAD_VALUE'],
  type: ['LEAD_TYPE'],
  openedDate: ['LEAD_OPENED_DATE'],
  notes: ['LEAD_NOTES'],
}
type NoProperty = 'category' | 'originalDescription' | 'nextActionDate'
export type PropertyField = keyof typeof PROPERTY_NAMES
export const PROPERTY_FIELDS = Object.keys(PROPERTY_NAMES) as readonly PropertyField[]

export const STATUS_PROPERTY = 'LEAD_STATUS'
export const STATUS_NAMES: { readonly [O in Outcome]: string } = {
  open: 'Open',
  won: 'Closed - Won',
  lost: 'Closed - Lost',
  inactive: 'Inactive',
}
const OUTCOMES = Object.keys(STATUS_NAMES) as readonly Outcome[]

/** A status of the account's own making (the product lets users add some) ends nothing, and so counts as open. */
export function outcomeOfName(value: unknown): Outcome {
  const name = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return OUTCOMES.find((outcome) => STATUS_NAMES[outcome].toLowerCase() === name) ?? 'open'
}
