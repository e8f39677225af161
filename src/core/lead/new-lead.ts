import { change, type DecideNew } from './decision.ts'
import { answerDueAt, DEFAULT_FOLLOW_UPS, dueAt, type FollowUpTimes } from './follow-ups.ts'
import { customerName, type Lead, type LeadSource } from './lead.ts'
import type { LeadEdit } from './lead-edit.ts'
import type { PropertyChanges } from './properties.ts'
import { EMPTY_DETAILS } from './status-report.ts'
import { FIRST_STATUS } from './status-rules.ts'
import { type OutcomeWish, updateLead } from './update-lead.ts'
import { NO_CUSTOMER } from './visible.ts'

export interface Origin {
  readonly companyId: number
  readonly source: LeadSource
  readonly sourceReference: string | null
}

/** A lead that the company made itself: nobody has to accept it. */
export function createLead(origin: Origin, properties: LeadEdit, times: FollowUpTimes = DEFAULT_FOLLOW_UPS): DecideNew {
  return (id, now) => {
    const blank = blankLead(origin, id, now)
    const lead: Lead = {
      ...blank,
      ...properties,
      action: 'ACCEPTED',
      actionAt: now,
      // What came through the public form nobody of the company has seen yet.
      viewed: origin.source !== 'form',
      openedDate: properties.openedDate ?? blank.openedDate,
      actionDueAt: dueAt(FIRST_STATUS, 0, { now, times }),
    }
    return change(lead, 'lead.created')
  }
}

/**
 * As `createLead`, and brought to an outcome in the same change under the rules of `updateLead`; what those refuse
 * makes no lead. null leaves it open.
 */
export function createLeadWithOutcome(
  origin: Origin,
  properties: LeadEdit,
  wish: OutcomeWish | null,
  times: FollowUpTimes = DEFAULT_FOLLOW_UPS,
): DecideNew {
  return (id, now) => {
    const created = createLead(origin, properties, times)(id, now)
    if (created.kind !== 'change') return created
    const reported = updateLead(properties, wish, times)(created.lead, now)
    if (reported.kind === 'unchanged') return created
    return reported.kind === 'change' ? change(reported.lead, 'lead.created') : reported
  }
}

/** A lead that an operator offers to the company, which owes an answer. */
export function offerLead(
  origin: Origin,
  properties: PropertyChanges,
  projectDetailsHtml: string | null,
  times: FollowUpTimes = DEFAULT_FOLLOW_UPS,
): DecideNew {
  return (id, now) => {
    const blank = blankLead(origin, id, now)
    const openedDate = properties.openedDate ?? blank.openedDate
    // ConstructionOnline promises a display name on every lead.
    const displayName = properties.displayName ?? customerName({ ...blank, ...properties })
    const actionDueAt = answerDueAt(now, times)
    const lead: Lead = { ...blank, ...properties, displayName, openedDate, projectDetailsHtml, actionDueAt }
    return change(lead, 'lead.offered')
  }
}

function blankLead(origin: Origin, id: number, now: string): Lead {
  return {
    ...origin,
    ...NO_CUSTOMER,
    category: null,
    originalDescription: null,
    projectDetailsHtml: null,
    action: 'NONE',
    actionAt: null,
    declineReason: null,
    viewed: false,
    ...EMPTY_DETAILS,
    status: FIRST_STATUS,
    statusAt: null,
    lastOpen: null,
    actionDueAt: null,
    quality: null,
    value: null,
    type: null,
    stage: null,
    sourceLabel: null,
    openedDate: now.slice(0, 10),
    notes: null,
    assigneeId: null,
    nextActionDate: null,
    id,
    revision: 0,
    attachments: [],
    createdAt: now,
    modifiedAt: now,
    convertedAt: null,
    deletedAt: null,
  }
}
