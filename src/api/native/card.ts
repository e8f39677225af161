import type { LeadInList } from '../../app/pipeline/lead-cards.ts'
import { boardStageOf } from '../../core/lead/board-stage.ts'
import { requiresAction } from '../../core/lead/lead.ts'
import { leadName, visibleCustomer } from '../../core/lead/visible.ts'
import type { LeadCard } from './contract/leads.ts'
import type { Shape } from './contract/parts.ts'

export type ShownCard = Shape<typeof LeadCard>

/** A lead in a list, as the company may see it. */
export function toCard({ lead, stageSince, assigneeName }: LeadInList, now: string): ShownCard {
  const { customerCompany, email, phone, mobilePhone, address, city, state } = visibleCustomer(lead)
  return {
    id: lead.id,
    revision: lead.revision,
    name: leadName(lead),
    customerCompany,
    email,
    phone: phone ?? mobilePhone,
    address,
    city,
    state,
    category: lead.category,
    source: lead.source,
    sourceLabel: lead.sourceLabel,
    action: lead.action,
    boardStage: boardStageOf(lead),
    stageSince,
    status: lead.status,
    amount: lead.jobAmount ?? lead.value,
    quality: lead.quality,
    assignee: lead.assigneeId === null ? null : { id: lead.assigneeId, name: assigneeName ?? '' },
    meetingDate: lead.meetingDate,
    nextActionDate: lead.nextActionDate,
    actionDueAt: lead.actionDueAt,
    requiresAction: requiresAction(lead, now),
    attachmentCount: lead.attachments.length,
    createdAt: lead.createdAt,
    modifiedAt: lead.modifiedAt,
  }
}
