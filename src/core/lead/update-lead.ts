import { moneySign } from '../../lib/decimal.ts'
import { refusal } from '../errors.ts'
import { change, type Decide, type Decision, refused } from './decision.ts'
import { diffLeads } from './events.ts'
import { DEFAULT_FOLLOW_UPS, type FollowUpTimes } from './follow-ups.ts'
import type { Lead } from './lead.ts'
import type { PropertyChanges } from './properties.ts'
import { type Moment, withReopening, withReport } from './report-status.ts'
import { EMPTY_DETAILS, type StatusReport } from './status-report.ts'
import { type Outcome, REPORT_FIELDS, STATUS_RULES } from './status-rules.ts'

/** A wish to bring the lead to an outcome without naming a status, as ConstructionOnline's LEAD_STATUS does. */
export interface OutcomeWish {
  readonly outcome: Outcome
  /** Becomes the reason of a lost or postponed lead when no notes come with the wish. */
  readonly reasonFallback: string
}

/**
 * Edits properties and, where wished, the outcome; both or neither. An outcome is a status report under the same
 * rules: won is JOB_WON with the value as amount, lost is JOB_LOST, inactive is JOB_POSTPONED_OR_CANCELLED, open is the
 * last open status. After a win, outcome and value are frozen. All of this is our choice.
 */
export function updateLead(
  changes: PropertyChanges,
  wish: OutcomeWish | null,
  times: FollowUpTimes = DEFAULT_FOLLOW_UPS,
): Decide {
  return (lead, now) => {
    const won = STATUS_RULES[lead.status].outcome === 'won'
    if (won && changes.value !== undefined && changes.value !== lead.value) {
      return refused(
        refusal('lead.value-final', `The lead is ${lead.status}: {value} can no longer change.`, { field: 'value' }),
      )
    }
    const edited: Lead = { ...lead, ...changes }
    if (wish === null || wish.outcome === STATUS_RULES[lead.status].outcome) return changedOrNot(lead, edited)
    if (lead.action !== 'ACCEPTED') {
      return refused(refusal('lead.not-accepted', 'The lead must be accepted before its {status} can change.'))
    }
    if (won) {
      return refused(
        refusal('lead.status-final', `The lead is ${lead.status}: {status} can no longer change.`, { field: 'status' }),
      )
    }
    if (wish.outcome === 'open') return change(withReopening(edited, { now, times }), 'lead.status_changed')
    return close(edited, { outcome: wish.outcome, reason: reasonOf(changes, wish) }, { now, times })
  }
}

function changedOrNot(before: Lead, after: Lead): Decision {
  const changed = Object.keys(diffLeads(before, after)).length > 0
  return changed ? change(after, 'lead.updated') : { kind: 'unchanged', lead: before }
}

interface Closing {
  readonly outcome: Exclude<Outcome, 'open'>
  readonly reason: string
}

function close(lead: Lead, { outcome, reason }: Closing, moment: Moment): Decision {
  if (outcome !== 'won') {
    const status = outcome === 'lost' ? 'JOB_LOST' : 'JOB_POSTPONED_OR_CANCELLED'
    const report: StatusReport = { ...EMPTY_DETAILS, status, reason }
    return change(withReport(lead, report, moment), 'lead.status_changed')
  }
  if (lead.value === null || moneySign(lead.value) !== 1) {
    const text = 'A won lead needs an amount: send {value} greater than 0 with {status}.'
    return refused(refusal('field.required', text, { field: 'value' }))
  }
  const report: StatusReport = { ...EMPTY_DETAILS, status: 'JOB_WON', jobAmount: lead.value }
  return change(withReport(lead, report, moment), 'lead.status_changed')
}

function reasonOf(changes: PropertyChanges, wish: OutcomeWish): string {
  const notes = changes.notes ?? wish.reasonFallback
  return [...notes].slice(0, REPORT_FIELDS.reason.lengthMax).join('').trim()
}
