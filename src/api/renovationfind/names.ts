import type { ReportField } from '../../core/lead/status-rules.ts'

/** The wire names of a status report's fields, in the order of the page (documented). */
export const REPORT_WIRE_NAMES: { readonly [F in ReportField | 'status']: string } = {
  status: 'status',
  reason: 'reason',
  meetingDate: 'meetingScheduledDate',
  jobAmount: 'jobAmount',
  contactMethod: 'contactMethod',
  estimateType: 'estimateType',
  lostReason: 'lostReason',
  startDate: 'estimatedProjectStartDate',
  completionDate: 'estimatedCompletionDate',
  startDateTbd: 'startDateTbd',
  completionDateTbd: 'completionDateTbd',
}

const CORE_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(REPORT_WIRE_NAMES).map(([core, wire]) => [wire, core]),
)

/** The wire names of a referral request's fields, in the order of the page (documented), by core name. */
export const REFERRAL_WIRE_NAMES = {
  firstName: 'firstName',
  lastName: 'lastName',
  email: 'emailTo',
  phone: 'phone',
  sendGift: 'sendGift',
  renewal: 'renewal',
} as const

// No core field stands in both tables under different wire names, so one look-up serves every error text.
const WIRE_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...REPORT_WIRE_NAMES, ...REFERRAL_WIRE_NAMES }),
)

/** The wire name of a core field in an error text. */
export function wireNameOf(coreField: string): string {
  return WIRE_NAMES.get(coreField) ?? coreField
}

/** The core name of a field of the report's body, or undefined when the report has no such field. */
export function coreNameOf(wireField: string): string | undefined {
  return CORE_NAMES.get(wireField)
}
