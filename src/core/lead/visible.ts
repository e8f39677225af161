import type { FieldChanges } from './events.ts'
import { type CustomerPart, customerName, type Lead } from './lead.ts'

/** The customer part with nothing in it. */
export const NO_CUSTOMER: Readonly<CustomerPart> = Object.freeze({
  firstName: null,
  middleName: null,
  lastName: null,
  displayName: null,
  customerCompany: null,
  email: null,
  phone: null,
  mobilePhone: null,
  mobileProvider: null,
  fax: null,
  address: null,
  city: null,
  state: null,
  zip: null,
  country: null,
  website: null,
  summary: null,
  experience: null,
  contactQuality: null,
  contactRegion: null,
  contactDivision: null,
  contactOffice: null,
  contactCategory: null,
  contactTrade: null,
  contactFieldId: null,
})
export const CUSTOMER_FIELDS = Object.keys(NO_CUSTOMER) as readonly (keyof CustomerPart)[]

/**
 * Whether the company may see who the customer is: not before it has accepted the lead, and not after it declined it.
 * Inferred from RenovationFind's accept page, and the same in every face. What the customer wrote about the job is shown
 * all the same.
 */
export function isCustomerVisible({ action }: Pick<Lead, 'action'>): boolean {
  return action === 'ACCEPTED'
}

/** The customer part as the company may see it: nothing but nulls while the lead is not accepted. */
export function visibleCustomer(lead: CustomerPart & Pick<Lead, 'action'>): CustomerPart {
  if (!isCustomerVisible(lead)) return NO_CUSTOMER
  const part: Record<string, string | null> = {}
  for (const field of CUSTOMER_FIELDS) part[field] = lead[field]
  // Each of its fields was just put there.
  return part as unknown as CustomerPart
}

/** What a timeline may tell of a change while the lead is as it is now. */
export function visibleChanges(lead: Pick<Lead, 'action'>, changes: FieldChanges): FieldChanges {
  if (isCustomerVisible(lead)) return changes
  return Object.fromEntries(Object.entries(changes).filter(([field]) => !Object.hasOwn(NO_CUSTOMER, field)))
}

/** A text to call the lead by, never empty, that tells nothing which the company may not see. */
export function leadName(lead: CustomerPart & Pick<Lead, 'id' | 'action' | 'category'>): string {
  const names = isCustomerVisible(lead)
    ? [customerName(lead), lead.customerCompany, lead.email, lead.phone, lead.mobilePhone]
    : [lead.category]
  return names.find((name) => name !== null) ?? `Lead ${lead.id}`
}
