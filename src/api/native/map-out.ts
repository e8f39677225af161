import { boardStageOf } from '../../core/lead/board-stage.ts'
import { type Lead, requiresAction } from '../../core/lead/lead.ts'
import { leadName, visibleCustomer } from '../../core/lead/visible.ts'
import type { Assignee as AssigneeShape, Lead as LeadShape } from './contract/leads.ts'
import type { Shape } from './contract/parts.ts'

export type ShownLead = Shape<typeof LeadShape>
export type ShownAssignee = Shape<typeof AssigneeShape>
export type Names = ReadonlyMap<number, string>

export const NO_NAMES: Names = new Map()

/** A lead as the company may see it. An assignee whose name is not among `names` is shown with an empty one. */
export function toLead(lead: Lead, now: string, names: Names): ShownLead {
  const { companyId: _, lastOpen: __, assigneeId, ...rest } = lead
  return {
    ...rest,
    ...visibleCustomer(lead),
    name: leadName(lead),
    boardStage: boardStageOf(lead),
    requiresAction: requiresAction(lead, now),
    assignee: toAssignee(assigneeId, names),
    attachments: [...lead.attachments],
  }
}

export function toAssignee(id: number | null, names: Names): ShownAssignee | null {
  return id === null ? null : { id, name: names.get(id) ?? '' }
}
