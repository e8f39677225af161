import { fail, ok, type Result } from '../../lib/result.ts'
import { type Refusal, refusal } from '../errors.ts'
import { change, type Decide, type Decision, refused } from './decision.ts'
import { DEFAULT_FOLLOW_UPS, dueAt, type FollowUpTimes } from './follow-ups.ts'
import type { Lead } from './lead.ts'
import { readText } from './status-report.ts'

/**
 * Accepts an offer. Our choice where the pages are silent: accepting again changes nothing, accepting after a decline
 * is refused.
 */
export function acceptLead(lead: Lead, now: string, times: FollowUpTimes = DEFAULT_FOLLOW_UPS): Decision {
  if (lead.action === 'ACCEPTED') return { kind: 'unchanged', lead }
  if (lead.action === 'DECLINED') return alreadyAnswered('declined')
  const actionDueAt = dueAt(lead.status, lead.attachments.length, { now, times })
  const accepted: Lead = { ...lead, action: 'ACCEPTED', actionAt: now, viewed: true, actionDueAt }
  return change(accepted, 'lead.accepted')
}

const DECLINE_REASON_LENGTH_MAX = 500

/** The reason of a decline: required, at most 500 characters (both documented), counted after trimming. */
export function checkDeclineReason(value: unknown): Result<string, Refusal> {
  const text = readText('reason', DECLINE_REASON_LENGTH_MAX, value ?? '')
  if (!text.ok) return text
  return text.value === null
    ? fail(refusal('field.required', '{reason} is required.', { field: 'reason' }))
    : ok(text.value)
}

/** Declines an offer with a reason (documented as required). Declining again with the same reason changes nothing. */
export function declineLead(reason: string): Decide {
  return (lead, now) => {
    if (lead.action === 'ACCEPTED') return alreadyAnswered('accepted')
    if (lead.action === 'DECLINED') {
      return lead.declineReason === reason ? { kind: 'unchanged', lead } : alreadyAnswered('declined')
    }
    const declined: Lead = {
      ...lead,
      action: 'DECLINED',
      actionAt: now,
      declineReason: reason,
      viewed: true,
      actionDueAt: null,
    }
    return change(declined, 'lead.declined')
  }
}

/** Notes that the company has seen the lead. */
export const markViewed: Decide = (lead) =>
  lead.viewed ? { kind: 'unchanged', lead } : change({ ...lead, viewed: true }, 'lead.updated')

function alreadyAnswered(answer: 'accepted' | 'declined'): Decision {
  return refused(refusal('lead.already-answered', `The lead was already ${answer}.`))
}
