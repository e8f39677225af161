import { refusal } from '../errors.ts'
import { acceptLead, declineLead } from '../lead/answer-offer.ts'
import { change, type Decide, type DecideNew, type Decision, refused } from '../lead/decision.ts'
import { differingFields, type LeadEvent } from '../lead/events.ts'
import { DEFAULT_FOLLOW_UPS, dueAt, type FollowUpTimes } from '../lead/follow-ups.ts'
import type { Lead } from '../lead/lead.ts'
import { type LeadEdit, withDisplayName } from '../lead/lead-edit.ts'
import { createLead, type Origin, offerLead } from '../lead/new-lead.ts'
import { withReport } from '../lead/report-status.ts'
import { EMPTY_DETAILS } from '../lead/status-report.ts'
import { FIRST_STATUS, STATUS_RULES } from '../lead/status-rules.ts'
import { actionOf, partsOf, reportOf, statusOf } from './renovationfind-values.ts'
import type { Details, SyncFields, SyncValue } from './shape.ts'

/** A lead as RenovationFind's answer shows it. */
export interface LinkedValues {
  /** Values of the shape's fields. */
  readonly fields: SyncFields
  /** Checked values by core field. */
  readonly details: Details
}

/** Why a lead is not accepted there: nobody takes work that he has refused. */
export const DECLINED_HERE = 'The lead was already declined here.'

/** A lead that is linked by its id there and was not here: answered as it is there, and as far as it is there. */
export function createLinked(
  origin: Origin,
  linked: LinkedValues,
  times: FollowUpTimes = DEFAULT_FOLLOW_UPS,
): DecideNew {
  return (id, now) => {
    const edit = editOf(linked)
    if (answerOf(linked) !== 'ACCEPTED') return createOffered({ origin, edit, linked, times })(id, now)
    const named = withDisplayName(edit)
    const displayName = named.displayName ?? `RenovationFind lead ${origin.sourceReference}`
    const created = createLead(origin, { ...named, displayName }, times)(id, now)
    const report = reportOf(linked.fields['status'])
    if (created.kind !== 'change' || report === null) return created
    return change(withReport(created.lead, report, { now, times }), created.event)
  }
}

interface Offered {
  readonly origin: Origin
  readonly edit: LeadEdit
  readonly linked: LinkedValues
  readonly times: FollowUpTimes
}

function createOffered({ origin, edit, linked, times }: Offered): DecideNew {
  return (id, now) => {
    const { projectDetailsHtml = null, assigneeId: _, ...properties } = edit
    const offered = offerLead(origin, properties, projectDetailsHtml, times)(id, now)
    const reason = declineReasonOf(linked)
    if (offered.kind !== 'change' || reason === null) return offered
    const declined = declineLead(reason)(offered.lead, now)
    return declined.kind === 'change' ? change(declined.lead, offered.event) : offered
  }
}

/**
 * What an answer shows, into a lead that is here: the answer to the offer where ours is still open, a report where
 * nothing was reported here, and of the rest what is empty here. Refuses to accept what was declined here.
 */
export function mergeLinked(linked: LinkedValues, times: FollowUpTimes = DEFAULT_FOLLOW_UPS): Decide {
  return (lead, now) => {
    const answered = withAnswer(lead, linked, { now, times })
    if (answered.kind === 'refused') return answered
    let { lead: merged } = answered
    let event: LeadEvent = answered.kind === 'change' ? answered.event : 'lead.updated'
    const report = reportOf(linked.fields['status'])
    if (report !== null && merged.action === 'ACCEPTED' && merged.status === FIRST_STATUS) {
      merged = withReport(merged, report, { now, times })
      if (answered.kind !== 'change') event = 'lead.status_changed'
    }
    merged = { ...merged, ...emptyOnly(merged, linked.details) }
    return differingFields(lead, merged).length === 0 ? { kind: 'unchanged', lead } : change(merged, event)
  }
}

function withAnswer(lead: Lead, linked: LinkedValues, { now, times }: { now: string; times: FollowUpTimes }): Decision {
  const answer = answerOf(linked)
  if (answer === 'ACCEPTED' && lead.action === 'DECLINED') {
    return refused(refusal('lead.already-answered', DECLINED_HERE))
  }
  if (answer === 'ACCEPTED') return acceptLead(lead, now, times)
  const reason = declineReasonOf(linked)
  if (reason !== null && lead.action === 'NONE') return declineLead(reason)(lead, now)
  return { kind: 'unchanged', lead }
}

/**
 * Gives up our value of a field for the one that stands there, or that was agreed last. What our rules hold fast, an
 * answer to the offer and a win, stays: the two sides then agree to differ.
 */
export function takeAnswer(field: string, value: SyncValue | null, times: FollowUpTimes = DEFAULT_FOLLOW_UPS): Decide {
  return (lead, now) => {
    const unchanged: Decision = { kind: 'unchanged', lead }
    if (field === 'action') return value === null ? unchanged : takeOpen(lead, value, { now, times })
    if (field !== 'status' || lead.action !== 'ACCEPTED' || STATUS_RULES[lead.status].final) return unchanged
    const report = reportOf(value ?? undefined)
    if (report !== null) return change(withReport(lead, report, { now, times }), 'lead.status_changed')
    if (statusOf(value ?? undefined) !== FIRST_STATUS || lead.status === FIRST_STATUS) return unchanged
    return change(withNothingReported(lead, { now, times }), 'lead.status_changed')
  }
}

/** The answer of there, where ours is still open. */
function takeOpen(lead: Lead, value: SyncValue, moment: { now: string; times: FollowUpTimes }): Decision {
  if (lead.action !== 'NONE') return { kind: 'unchanged', lead }
  return withAnswer(lead, { fields: { action: value }, details: {} }, moment)
}

/** The lead as it was before its first report. */
export function withNothingReported(lead: Lead, { now, times }: { now: string; times: FollowUpTimes }): Lead {
  const actionDueAt = dueAt(FIRST_STATUS, lead.attachments.length, { now, times })
  return { ...lead, ...EMPTY_DETAILS, status: FIRST_STATUS, statusAt: null, lastOpen: null, actionDueAt }
}

function answerOf({ fields }: LinkedValues): string | null {
  return actionOf(fields['action'])
}

function declineReasonOf(linked: LinkedValues): string | null {
  const reason = partsOf(linked.fields['action'])?.['declineReason']
  return answerOf(linked) === 'DECLINED' && typeof reason === 'string' ? reason : null
}

function editOf({ details }: LinkedValues): LeadEdit {
  // The connector gave each field a value that `checkLeadEdit` allows.
  return details as LeadEdit
}

/** The values for fields that are empty here; the connector gave each one that `checkLeadEdit` allows. */
export function emptyOnly(lead: Lead, details: Details): LeadEdit {
  const known = Object.entries(details).filter(([field, value]) => value !== null && lead[field as keyof Lead] === null)
  return Object.fromEntries(known)
}
