import { boardStageOf } from '../../core/lead/board-stage.ts'
import type { FieldChanges } from '../../core/lead/events.ts'
import { type AttachmentInfo, type Lead, requiresAction } from '../../core/lead/lead.ts'
import { type BoardStage, REPORT_FIELD_NAMES } from '../../core/lead/status-rules.ts'
import { CUSTOMER_FIELDS, leadName, visibleCustomer } from '../../core/lead/visible.ts'

/** Names of users by id. */
export type Names = ReadonlyMap<number, string>

export interface ShownAssignee {
  id: number
  name: string
}

/** A lead as /v1 and webhooks show it. */
export interface ShownLead extends Omit<Lead, 'companyId' | 'lastOpen' | 'assigneeId' | 'attachments'> {
  name: string
  boardStage: BoardStage
  requiresAction: boolean
  assignee: ShownAssignee | null
  attachments: AttachmentInfo[]
}

/** One field of a change, as the timeline and webhooks show it. */
export interface ShownChange {
  field: string
  old: unknown
  new: unknown
}

/** A lead as the company may see it. An assignee whose name is not among `names` is shown with an empty one. */
export function showLead(lead: Lead, now: string, names: Names): ShownLead {
  const { companyId: _, lastOpen: __, assigneeId, ...rest } = lead
  return {
    ...rest,
    ...visibleCustomer(lead),
    name: leadName(lead),
    boardStage: boardStageOf(lead),
    requiresAction: requiresAction(lead, now),
    assignee: showAssignee(assigneeId, names),
    attachments: [...lead.attachments],
  }
}

export function showAssignee(id: number | null, names: Names): ShownAssignee | null {
  return id === null ? null : { id, name: names.get(id) ?? '' }
}

/** The order in which a reader wants to hear of a change: what was decided, then the sale, then who, then the rest. */
const READING_ORDER: readonly string[] = [
  'action',
  'declineReason',
  'status',
  ...REPORT_FIELD_NAMES,
  'value',
  'quality',
  'assignee',
  'nextActionDate',
  'notes',
  'displayName',
  ...CUSTOMER_FIELDS,
  'category',
  'originalDescription',
  'projectDetailsHtml',
  'attachments',
]

/** The fields of one change in reading order, those without a place in it last. */
export function showChanges(changes: FieldChanges, names: Names): ShownChange[] {
  const told = Object.entries(changes).map(([field, values]) => {
    if (field !== 'assigneeId') return { field, ...values }
    return { field: 'assignee', old: assigneeOf(values.old, names), new: assigneeOf(values.new, names) }
  })
  return told.sort((a, b) => placeOf(a.field) - placeOf(b.field))
}

function placeOf(field: string): number {
  const place = READING_ORDER.indexOf(field)
  return place === -1 ? READING_ORDER.length : place
}

function assigneeOf(id: unknown, names: Names): ShownAssignee | null {
  return showAssignee(typeof id === 'number' ? id : null, names)
}

/** The users that a change names: to whom the lead was given, and from whom it was taken. */
export function assigneesOf({ assigneeId }: FieldChanges): number[] {
  return [assigneeId?.old, assigneeId?.new].filter((id) => typeof id === 'number')
}
