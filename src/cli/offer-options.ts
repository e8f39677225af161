import type { OfferField } from '../app/leads/offer-lead.ts'
import { optionName } from './options.ts'

interface OfferOption {
  /** Name of the option in camel case, and of the property in a file of offers. */
  readonly key: string
  readonly field: OfferField
  readonly help: string
}

/** What an offer may say, by option and in a file. */
export const OFFER_OPTIONS: readonly OfferOption[] = [
  { key: 'firstName', field: 'firstName', help: 'first name of the customer' },
  { key: 'lastName', field: 'lastName', help: 'last name of the customer' },
  { key: 'email', field: 'email', help: 'e-mail address' },
  { key: 'phone', field: 'phone', help: 'phone number' },
  { key: 'mobilePhone', field: 'mobilePhone', help: 'mobile phone number' },
  { key: 'address', field: 'address', help: 'street and number' },
  { key: 'city', field: 'city', help: 'city' },
  { key: 'state', field: 'state', help: 'state or province' },
  { key: 'zip', field: 'zip', help: 'postal code' },
  { key: 'category', field: 'category', help: 'kind of work, such as "Kitchen renovation"' },
  { key: 'description', field: 'originalDescription', help: "the customer's own words" },
  { key: 'detailsHtml', field: 'projectDetailsHtml', help: 'project details, as HTML' },
]

/** The name of an offer's reference at the marketplace. */
export const REFERENCE_KEY = 'reference'

const KEYS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(OFFER_OPTIONS.map(({ key, field }) => [field, key])),
  sourceReference: REFERENCE_KEY,
}

/** A core field as a file of offers names it. */
export function offerKey(field: string): string {
  return KEYS[field] ?? field
}

/** A core field as the command line names it. */
export function offerOptionName(field: string): string {
  return optionName(offerKey(field))
}
