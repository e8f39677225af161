import { refusal } from '../errors.ts'
import { acceptLead, declineLead } from '../lead/answer-offer.ts'
import { change, type Decide, type Decision, refused } from '../lead/decision.ts'
import { differingFields, type LeadEvent } from '../lead/events.ts'
import type { Lead } from '../lead/lead.ts'
import { type Moment, withReport } from '../lead/report-status.ts'
import { FIRST_STATUS, STATUS_RULES } from '../lead/status-rules.ts'
import { emptyOnly, withNothingReported } from './renovationfind-lead.ts'
import { actionOf, answerValue, partsOf, reportOf, reportValue, statusOf } from './renovationfind-values.ts'
import { type SyncFields, type SyncValue, sameValue, type TakeContext } from './shape.ts'

/**
 * Takes over what was answered and reported there, as if it had been here: an open offer is accepted, with the customer
 * who is shown then, or declined; the last report is that of there. Another answer than ours, and whatever would follow a
 * win, is refused.
 */
export function takeTold({ action, status }: SyncFields, { times, details }: TakeContext): Decide {
  return (lead, now) => {
    const moment = { now, times }
    const answered = action === undefined ? unchanged(lead) : withAnswer(lead, action, { ...moment, details })
    if (answered.kind === 'refused' || status === undefined) return answered
    const reported = withTold(answered.lead, status, moment)
    if (reported.kind !== 'change') return reported.kind === 'refused' ? reported : answered
    const event: LeadEvent = answered.kind === 'change' ? answered.event : reported.event
    return change(reported.lead, event)
  }
}

function unchanged(lead: Lead): Decision {
  return { kind: 'unchanged', lead }
}

function withAnswer(lead: Lead, action: SyncValue, { now, times, details }: Moment & TakeContext): Decision {
  const wanted = actionOf(action)
  const isSame = sameValue(answerValue(lead), action)
  if (wanted === 'ACCEPTED' && (isSame || lead.action === 'NONE')) {
    const accepted = acceptLead(lead, now, times)
    return accepted.kind === 'refused' ? accepted : withCustomer(lead, accepted, details)
  }
  if (isSame) return unchanged(lead)
  const reason = partsOf(action)?.['declineReason']
  if (wanted === 'DECLINED' && lead.action === 'NONE' && typeof reason === 'string')
    return declineLead(reason)(lead, now)
  const text = `The lead is ${lead.action} here, and an answer to an offer does not change.`
  return refused(refusal('lead.already-answered', text, { field: 'action' }))
}

function withCustomer(
  before: Lead,
  accepted: Exclude<Decision, { kind: 'refused' }>,
  details: TakeContext['details'],
): Decision {
  const lead = { ...accepted.lead, ...emptyOnly(accepted.lead, details) }
  if (differingFields(before, lead).length === 0) return unchanged(before)
  return change(lead, accepted.kind === 'change' ? accepted.event : 'lead.updated')
}

function withTold(lead: Lead, value: SyncValue, moment: Moment): Decision {
  if (sameValue(reportValue(lead), value)) return unchanged(lead)
  if (lead.action !== 'ACCEPTED') {
    const text = 'The lead must be accepted before its {status} can change.'
    return refused(refusal('lead.not-accepted', text, { field: 'status' }))
  }
  if (STATUS_RULES[lead.status].final) {
    const text = `The lead is ${lead.status}: its {status} and amount can no longer change.`
    return refused(refusal('lead.status-final', text, { field: 'status' }))
  }
  const report = reportOf(value)
  if (report !== null) return change(withReport(lead, report, moment), 'lead.status_changed')
  if (statusOf(value) === FIRST_STATUS) return change(withNothingReported(lead, moment), 'lead.status_changed')
  return refused(refusal('field.invalid', '{status} is none that can be reported here.', { field: 'status' }))
}
