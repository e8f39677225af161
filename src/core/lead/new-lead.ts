import { change, type DecideNew } from './decision.ts'
import type { Lead, LeadSource } from './lead.ts'
import type { PropertyChanges } from './properties.ts'
import { dueAt } from './report-status.ts'
import { EMPTY_DETAILS } from './status-report.ts'
import { FIRST_STATUS } from './status-rules.ts'

export interface Origin {
  readonly companyId: number
  readonly source: LeadSource
  readonly sourceReference: string | null
}

/** A lead that the company made itself: nobody has to accept it. */
export function createLead(origin: Origin, properties: PropertyChanges): DecideNew {
  return (id, now) => {
    const blank = blankLead(origin, id, now)
    const lead: Lead = {
      ...blank,
      ...properties,
      action: 'ACCEPTED',
      actionAt: now,
      viewed: true,
      openedDate: properties.openedDate ?? blank.openedDate,
      actionDueAt: dueAt(FIRST_STATUS, 0, now),
    }
    return change(lead, 'lead.created')
  }
}

/** A lead that an operator offers to the company; it requires an answer at once. */
export function offerLead(origin: Origin, properties: PropertyChanges, projectDetailsHtml: string | null): DecideNew {
  return (id, now) => {
    const lead: Lead = { ...blankLead(origin, id, now), ...properties, projectDetailsHtml, actionDueAt: now }
    return change(lead, 'lead.offered')
  }
}

function blankLead(origin: Origin, id: number, now: string): Lead {
  return {
    ...origin,
    ...BLANK_CUSTOMER,
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

const BLANK_CUSTOMER = {
  firstName: null,
  middleName: null,
  lastName: null,
  displayName: null,
  customerCompany: null,
  email: null,
  phone: null,
  mobilePhone: null,
  mobileProvider: null,
  fax: null,
  address: null,
  city: null,
  state: null,
  zip: null,
  country: null,
  website: null,
  summary: null,
  experience: null,
  contactQuality: null,
  contactRegion: null,
  contactDivision: null,
  contactOffice: null,
  contactCategory: null,
  contactTrade: null,
  contactFieldId: null,
} as const
