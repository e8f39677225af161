import type { FieldChanges } from '../../core/lead/events.ts'
import type { LeadField } from '../../core/lead/lead.ts'

/** The fields that `lead_search` is made of; whether the customer may be seen at all hangs on the answer to the offer. */
const SEARCH_FIELDS: ReadonlySet<string> = new Set<LeadField>([
  'displayName',
  'firstName',
  'middleName',
  'lastName',
  'customerCompany',
  'email',
  'phone',
  'mobilePhone',
  'address',
  'city',
  'zip',
  'category',
  'assigneeId',
  'nextActionDate',
  'action',
  'deletedAt',
])

/** True when a change may alter what the lead is found by; reports, which are most of all changes, do not. */
export function touchesSearch(changes: FieldChanges): boolean {
  return Object.keys(changes).some((field) => SEARCH_FIELDS.has(field))
}
