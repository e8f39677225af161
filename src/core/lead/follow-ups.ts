import { addHours } from '../../lib/calendar.ts'
import { type LeadStatus, STATUS_RULES } from './status-rules.ts'

/** After how many hours the office owes the next step; null: never. A company may set its own. */
export interface FollowUpTimes {
  /** For an offer that is not answered; 0 is at once. */
  readonly offerAnswerHours: number | null
  readonly byStatus: { readonly [S in LeadStatus]: number | null }
}

export const FOLLOW_UP_HOURS_MAX = 8760

export const STATUSES = Object.keys(STATUS_RULES) as readonly LeadStatus[]

/** The times of the rule table; an offer requires an answer at once. */
export const DEFAULT_FOLLOW_UPS: FollowUpTimes = {
  offerAnswerHours: 0,
  byStatus: byStatus((status) => STATUS_RULES[status].followUpHours),
}

/** The times of a company that has set some of them. */
export function followUpTimes(
  offerAnswerHours: number | null,
  own: { readonly [S in LeadStatus]?: number | null },
): FollowUpTimes {
  const hoursOf = (status: LeadStatus) => {
    const hours = own[status]
    return hours === undefined ? STATUS_RULES[status].followUpHours : hours
  }
  return { offerAnswerHours, byStatus: byStatus(hoursOf) }
}

function byStatus(hoursOf: (status: LeadStatus) => number | null): FollowUpTimes['byStatus'] {
  return Object.fromEntries(STATUSES.map((status) => [status, hoursOf(status)])) as FollowUpTimes['byStatus']
}

/** False for a status that nothing can follow. */
export function takesFollowUp(status: LeadStatus): boolean {
  return !STATUS_RULES[status].final
}

/** When the office owes the next step after reaching a status; an ISO instant, or null for never. */
export function dueAt(
  status: LeadStatus,
  attachmentCount: number,
  { now, times }: { readonly now: string; readonly times: FollowUpTimes },
): string | null {
  if (STATUS_RULES[status].attachmentSoftRequired) return attachmentCount > 0 ? null : now
  const hours = times.byStatus[status]
  return hours === null ? null : addHours(now, hours)
}

/** When an offer that is made now requires its answer. */
export function answerDueAt(now: string, { offerAnswerHours }: FollowUpTimes): string | null {
  return offerAnswerHours === null ? null : addHours(now, offerAnswerHours)
}
