import { refusal } from '../errors.ts'
import { change, type Decide, type Decision, refused } from './decision.ts'
import { DEFAULT_FOLLOW_UPS, dueAt, type FollowUpTimes } from './follow-ups.ts'
import type { Lead, OpenProgress, ProgressPart } from './lead.ts'
import type { StatusReport } from './status-report.ts'
import { type OpenStatus, STATUS_RULES } from './status-rules.ts'

/**
 * Takes a checked report onto a lead. Documented: the lead must be accepted, and nothing follows a win. Our choice: a
 * report replaces the whole progress part, the meeting date stays until a new one, an identical report changes nothing
 * when the status is final, and a win sets the lead's value to the amount.
 */
export function reportStatus(report: StatusReport, times: FollowUpTimes = DEFAULT_FOLLOW_UPS): Decide {
  return (lead, now) => {
    if (lead.action !== 'ACCEPTED') {
      return refused(refusal('lead.not-accepted', 'The lead must be accepted before a status can be reported.'))
    }
    if (STATUS_RULES[lead.status].final) return onFinal(lead, report)
    return change(withReport(lead, report, { now, times }), 'lead.status_changed')
  }
}

function onFinal(lead: Lead, report: StatusReport): Decision {
  if (sameReport(lead, report)) return { kind: 'unchanged', lead }
  return refused(
    refusal('lead.status-final', `The lead is ${lead.status}: its status and amount can no longer change.`),
  )
}

function sameReport(lead: Lead, report: StatusReport): boolean {
  return (
    report.status === lead.status &&
    report.jobAmount === lead.jobAmount &&
    report.reason === lead.reason &&
    report.startDate === lead.startDate &&
    report.completionDate === lead.completionDate &&
    report.startDateTbd === lead.startDateTbd &&
    report.completionDateTbd === lead.completionDateTbd
  )
}

/** When a report comes in, and how long it may stand. */
export interface Moment {
  readonly now: string
  readonly times: FollowUpTimes
}

/** The lead with the report as its progress part. */
export function withReport(lead: Lead, report: StatusReport, { now, times }: Moment): Lead {
  const rule = STATUS_RULES[report.status]
  const progress: ProgressPart = {
    ...report,
    meetingDate: report.meetingDate ?? lead.meetingDate,
    statusAt: now,
    lastOpen: rule.outcome === 'open' ? null : openProgress(lead),
    actionDueAt: dueAt(report.status, lead.attachments.length, { now, times }),
  }
  return { ...lead, ...progress, value: rule.outcome === 'won' ? report.jobAmount : lead.value }
}

/** Puts a closed lead back to its last open status. */
export function withReopening(lead: Lead, { now, times }: Moment): Lead {
  const open = lead.lastOpen ?? NEVER_REPORTED
  return {
    ...lead,
    ...open,
    meetingDate: open.meetingDate ?? lead.meetingDate,
    jobAmount: null,
    lostReason: null,
    startDate: null,
    completionDate: null,
    startDateTbd: null,
    completionDateTbd: null,
    statusAt: now,
    lastOpen: null,
    actionDueAt: dueAt(open.status, lead.attachments.length, { now, times }),
  }
}

const NEVER_REPORTED: OpenProgress = {
  status: 'NO_RESPONSE',
  reason: null,
  meetingDate: null,
  contactMethod: null,
  estimateType: null,
}

function openProgress(lead: Lead): OpenProgress | null {
  if (STATUS_RULES[lead.status].outcome !== 'open') return lead.lastOpen
  const { reason, meetingDate, contactMethod, estimateType } = lead
  return { status: lead.status as OpenStatus, reason, meetingDate, contactMethod, estimateType }
}
