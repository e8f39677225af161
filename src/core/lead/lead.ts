import type { Money } from '../../lib/decimal.ts'
import type { ContactMethod, EstimateType, LeadStatus, LostReason, OpenStatus } from './status-rules.ts'

/** Where the company stands to an offer. Leads that the company made itself count as accepted. */
export const OFFER_ACTIONS = ['NONE', 'ACCEPTED', 'DECLINED'] as const
export type OfferAction = (typeof OFFER_ACTIONS)[number]

export const LEAD_SOURCES = ['renovationfind', 'constructiononline', 'portal', 'form', 'import', 'native'] as const
export type LeadSource = (typeof LEAD_SOURCES)[number]

/** The customer: who asks, and where. */
export interface CustomerPart {
  firstName: string | null
  middleName: string | null
  lastName: string | null
  displayName: string | null
  customerCompany: string | null
  email: string | null
  phone: string | null
  mobilePhone: string | null
  mobileProvider: string | null
  fax: string | null
  address: string | null
  city: string | null
  state: string | null
  zip: string | null
  country: string | null
  website: string | null
  summary: string | null
  experience: string | null
  contactQuality: string | null
  contactRegion: string | null
  contactDivision: string | null
  contactOffice: string | null
  contactCategory: string | null
  contactTrade: string | null
  contactFieldId: string | null
}

/** What is asked for, and through which door it came. */
export interface RequestPart {
  category: string | null
  originalDescription: string | null
  /** HTML from outside: hostile until sanitised by whoever shows it. */
  projectDetailsHtml: string | null
  source: LeadSource
  sourceReference: string | null
}

export interface OfferPart {
  action: OfferAction
  /** ISO instant of accept or decline. */
  actionAt: string | null
  declineReason: string | null
  viewed: boolean
}

/** What a status report carries besides the status; dates are YYYY-MM-DD. */
export interface ReportDetails {
  reason: string | null
  meetingDate: string | null
  jobAmount: Money | null
  contactMethod: ContactMethod | null
  estimateType: EstimateType | null
  lostReason: LostReason | null
  startDate: string | null
  completionDate: string | null
  startDateTbd: boolean | null
  completionDateTbd: boolean | null
}

/** The progress of the last open status, kept while the lead is closed so that it can be opened again. */
export interface OpenProgress {
  status: OpenStatus
  reason: string | null
  meetingDate: string | null
  contactMethod: ContactMethod | null
  estimateType: EstimateType | null
}

export interface ProgressPart extends ReportDetails {
  status: LeadStatus
  /** ISO instant at which the status was set. */
  statusAt: string | null
  lastOpen: OpenProgress | null
  /** From this ISO instant on the office owes a step; null while it owes none. */
  actionDueAt: string | null
}

export interface SalesPart {
  /** 0 to 100; the scale is the office's own. */
  quality: number | null
  value: Money | null
  type: string | null
  stage: string | null
  sourceLabel: string | null
  openedDate: string | null
  notes: string | null
  assigneeId: number | null
  nextActionDate: string | null
}

/** One file of a lead; the bytes live apart. */
export interface AttachmentInfo {
  id: number
  filename: string
  contentType: string
  sizeBytes: number
  uploadedAt: string
}

export interface RecordPart {
  companyId: number
  id: number
  /** 1 at creation, one more with every change. */
  revision: number
  attachments: readonly AttachmentInfo[]
  createdAt: string
  modifiedAt: string
  convertedAt: string | null
  deletedAt: string | null
}

/** The one record behind every face. Flat, so that a change is a plain comparison of fields. */
export interface Lead extends CustomerPart, RequestPart, OfferPart, ProgressPart, SalesPart, RecordPart {}

export type LeadField = keyof Lead

/** True once the office owes a step: an unanswered offer, a follow-up that is due, a missing attachment. */
export function requiresAction(lead: Pick<Lead, 'actionDueAt'>, now: string): boolean {
  return lead.actionDueAt !== null && Date.parse(lead.actionDueAt) <= Date.parse(now)
}

/** The name to show for the customer. */
export function customerName(
  lead: Pick<CustomerPart, 'displayName' | 'firstName' | 'middleName' | 'lastName'>,
): string | null {
  if (lead.displayName !== null) return lead.displayName
  const parts = [lead.firstName, lead.middleName, lead.lastName].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' ') : null
}
