import { type Names, showAssignee, showLead } from '../../app/leads/show-lead.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { Assignee as AssigneeShape, Lead as LeadShape } from './contract/leads.ts'
import type { Shape } from './contract/parts.ts'

export type { Names }
export type ShownLead = Shape<typeof LeadShape>
export type ShownAssignee = Shape<typeof AssigneeShape>

export const NO_NAMES: Names = new Map()

/** A lead as the company may see it, in the contract's shape. */
export function toLead(lead: Lead, now: string, names: Names): ShownLead {
  return showLead(lead, now, names)
}

export function toAssignee(id: number | null, names: Names): ShownAssignee | null {
  return showAssignee(id, names)
}
