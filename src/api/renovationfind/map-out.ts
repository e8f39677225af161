import { type AttachmentInfo, customerName, type Lead, requiresAction } from '../../core/lead/lead.ts'
import { isCustomerVisible } from '../../core/lead/visible.ts'
import type { StoredReferralRequest } from '../../core/referral-request.ts'
import { midnightUtc, toSeconds } from '../../lib/calendar.ts'
import { moneyToNumber } from '../../lib/decimal.ts'
import { escapeHtml } from '../../lib/html.ts'

/** An instant as the samples show it, in whole seconds; null where there is none. */
function instant(value: string | null): string | null {
  return value === null ? null : toSeconds(value)
}

/** Documented: a request's date comes back as a date-time. Our choice: midnight UTC. */
function dateTime(value: string | null): string | null {
  return value === null ? null : midnightUtc(value)
}

/**
 * The list's view of a lead. Field names and order are the sample's; which of them belong to the lite view is our
 * choice. Contact fields are null until the lead is accepted (our choice, inferred from the accept page).
 */
export function toLite(lead: Lead, now: string): Record<string, unknown> {
  const known = isCustomerVisible(lead)
  return {
    id: lead.id,
    dateCreated: toSeconds(lead.createdAt),
    dateModified: toSeconds(lead.modifiedAt),
    actionDate: instant(lead.actionAt),
    category: lead.category,
    customerName: known ? customerName(lead) : null,
    customerEmail: known ? lead.email : null,
    customerPhone: known ? (lead.phone ?? lead.mobilePhone) : null,
    customerAddress: known ? addressOf(lead) : null,
    projectDetailsHtml: lead.projectDetailsHtml,
    originalJobDescription: lead.originalDescription,
    vendorNotificationViewed: lead.viewed,
    vendorLeadAction: lead.action,
    declineReason: lead.declineReason,
    postLeadStatus: lead.status,
    postLeadRequiresAction: requiresAction(lead, now),
  }
}

/** The full detail: the lite view plus contact HTML, status data and attachments, in the order of the sample. */
export function toDetail(lead: Lead, now: string): Record<string, unknown> {
  return {
    ...toLite(lead, now),
    customerInformationHtml: isCustomerVisible(lead) ? contactHtml(lead) : null,
    postLeadStatusData: toStatusData(lead, now),
    attachments: lead.attachments.map(toAttachment),
  }
}

/** Our choice: the list's full view, the detail with the revision that the lead's ETag names. */
export function toFull(lead: Lead, now: string): Record<string, unknown> {
  return { ...toDetail(lead, now), revision: lead.revision }
}

/** An attachment as the sample of the detail object shows it. */
export function toAttachment(file: AttachmentInfo): Record<string, unknown> {
  return {
    id: file.id,
    displayFilename: file.filename,
    contentType: file.contentType,
    uploadDate: toSeconds(file.uploadedAt),
  }
}

/** Our choice: what was asked, under the names of the request, with its id and time. */
export function toReferralRequest(request: StoredReferralRequest): Record<string, unknown> {
  return {
    id: request.id,
    dateCreated: toSeconds(request.createdAt),
    firstName: request.firstName,
    lastName: request.lastName,
    emailTo: request.email,
    phone: request.phone,
    sendGift: request.sendGift,
    renewal: request.renewal,
  }
}

function toStatusData(lead: Lead, now: string): Record<string, unknown> {
  return {
    status: lead.status,
    statusActionDate: instant(lead.statusAt),
    reason: lead.reason,
    // The answer's name differs from the request's `meetingScheduledDate`: so on the page.
    meetupScheduledDate: dateTime(lead.meetingDate),
    jobAmount: lead.jobAmount === null ? null : moneyToNumber(lead.jobAmount),
    requiresAction: requiresAction(lead, now),
    contactMethod: lead.contactMethod,
    estimateType: lead.estimateType,
    lostReason: lead.lostReason,
    estimatedProjectStartDate: dateTime(lead.startDate),
    estimatedCompletionDate: dateTime(lead.completionDate),
    startDateTbd: lead.startDateTbd,
    completionDateTbd: lead.completionDateTbd,
  }
}

function addressOf({ address, city, state, zip }: Lead): string | null {
  const region = [state, zip].filter((part) => part !== null).join(' ')
  const parts = [address, city, region].filter((part) => part !== null && part !== '')
  return parts.length > 0 ? parts.join(', ') : null
}

function contactHtml(lead: Lead): string {
  const lines = [customerName(lead), lead.email, lead.phone, lead.mobilePhone, addressOf(lead)]
  const shown = lines.filter((line) => line !== null).map((line) => escapeHtml(line))
  return `<p>${shown.join('<br>')}</p>`
}
