import { refusal } from '../errors.ts'
import { change, type Decide, refused } from './decision.ts'
import type { AttachmentInfo, Lead } from './lead.ts'
import { STATUS_RULES } from './status-rules.ts'

export const ATTACHMENTS_PER_LEAD_MAX = 50

/** Adds files whose bytes are already stored; refused over the limit of files of one lead. */
export function attachFiles(files: readonly AttachmentInfo[]): Decide {
  return (lead) => {
    if (lead.action !== 'ACCEPTED') {
      return refused(refusal('lead.not-accepted', 'The lead must be accepted before files can be attached.'))
    }
    if (files.length === 0) return { kind: 'unchanged', lead }
    const attachments = [...lead.attachments, ...files]
    if (attachments.length > ATTACHMENTS_PER_LEAD_MAX) {
      return refused(refusal('attachment.too-many', `A lead holds at most ${ATTACHMENTS_PER_LEAD_MAX} attachments.`))
    }
    const attachmentIds = files.map((file) => file.id)
    return change(settle({ ...lead, attachments }), 'lead.attachment_added', [
      { kind: 'publish-attachments', attachmentIds },
    ])
  }
}

/** Takes one file off the lead; its bytes go with it. */
export function detachFile(attachmentId: number): Decide {
  return (lead, now) => {
    const attachments = lead.attachments.filter((file) => file.id !== attachmentId)
    if (attachments.length === lead.attachments.length) {
      return refused(refusal('attachment.not-found', 'The lead has no such attachment.'))
    }
    const detached: Lead = { ...lead, attachments }
    const owed = STATUS_RULES[lead.status].attachmentSoftRequired && attachments.length === 0
    return change(owed ? { ...detached, actionDueAt: now } : detached, 'lead.updated', [
      { kind: 'remove-attachment', attachmentId },
    ])
  }
}

/** A status that only waited for its attachment owes nothing more. */
function settle(lead: Lead): Lead {
  return STATUS_RULES[lead.status].attachmentSoftRequired ? { ...lead, actionDueAt: null } : lead
}
