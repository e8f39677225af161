import type { BoardStage } from './api/keys.ts'
import type { LeadCard, StatusReport } from './api/types.ts'

export type LeadStatus = LeadCard['status']

/** The words of the wire as an office says them. */
export const STATUS_WORDS: { readonly [S in LeadStatus]: string } = {
  NO_RESPONSE: 'Not contacted yet',
  HOMEOWNER_CONTACTED: 'Homeowner contacted',
  MEETUP_SCHEDULED: 'Meeting scheduled',
  QUOTE_SENT: 'Quote sent',
  JOB_PENDING_DECISION: 'Waiting for decision',
  JOB_WON: 'Job won',
  JOB_LOST: 'Job lost',
  JOB_POSTPONED_OR_CANCELLED: 'Postponed or cancelled',
  NO_RESPONSE_FROM_HOMEOWNER: 'No response from homeowner',
  OTHER: 'Other',
  REACHED_OUT_TO_HOMEOWNER: 'Reached out',
  MULTIPLE_ATTEMPTS_NO_RESPONSE: 'Several attempts, no response',
  CONTACT_MADE: 'Contact made',
  ESTIMATE_PROVIDED: 'Estimate provided',
  LEAD_WON: 'Lead won',
  LEAD_LOST: 'Lead lost',
}

export const SOURCE_WORDS: { readonly [S in LeadCard['source']]: string } = {
  renovationfind: 'RenovationFind',
  constructiononline: 'ConstructionOnline',
  portal: 'Portal',
  form: 'Web form',
  import: 'Import',
  native: 'Native API',
}

export const CHOICE_WORDS: Readonly<Record<string, string>> = {
  PHONE_CALL: 'Phone call',
  TEXT: 'Text message',
  EMAIL: 'E-mail',
  IN_PERSON_MEETING: 'Meeting in person',
  IN_PERSON_ESTIMATE: 'In person',
  EMAILED_ESTIMATE: 'By e-mail',
  VERBAL_ESTIMATE: 'Verbally',
  PORTAL_ATTACHMENT_ESTIMATE: 'As an attachment',
  PRICE: 'Price',
  TIMING: 'Timing',
  OTHER: 'Other',
}

export const REPORT_FIELD_WORDS: { readonly [F in keyof Required<Omit<StatusReport, 'status'>>]: string } = {
  reason: 'Reason',
  meetingDate: 'Meeting date',
  jobAmount: 'Job amount',
  contactMethod: 'Contact method',
  estimateType: 'Estimate given',
  lostReason: 'Reason for loss',
  startDate: 'Start date',
  completionDate: 'Completion date',
  startDateTbd: 'Start date to be determined',
  completionDateTbd: 'Completion date to be determined',
}

/** The colour scale of each stage, for badges, columns and charts alike. */
export const STAGE_COLORS: { readonly [S in BoardStage]: string } = {
  Offered: 'amber',
  New: 'sky',
  Contacting: 'indigo',
  'In conversation': 'violet',
  Estimate: 'plum',
  Won: 'leaf',
  Lost: 'brick',
  'On hold': 'gray',
  Declined: 'gray',
}
