import type { TimelinePage } from '../../app/leads/list-timeline.ts'
import { REPORT_FIELD_NAMES } from '../../core/lead/status-rules.ts'
import { CUSTOMER_FIELDS } from '../../core/lead/visible.ts'
import type { TimelineEntry as EntryShape } from './contract/leads.ts'
import type { Shape } from './contract/parts.ts'
import { type Names, toAssignee } from './map-out.ts'

type Entry = Shape<typeof EntryShape>

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

/** One change of a lead; its fields in reading order, those without a place in it last. */
export function toEntry({ revision, at, event, actor, changes }: TimelinePage['entries'][number], names: Names): Entry {
  const { face, ...who } = actor
  const told = Object.entries(changes).map(([field, values]) => {
    if (field !== 'assigneeId') return { field, ...values }
    return { field: 'assignee', old: assigneeOf(values.old, names), new: assigneeOf(values.new, names) }
  })
  return { revision, at, event, face, actor: who, changes: told.sort((a, b) => placeOf(a.field) - placeOf(b.field)) }
}

function placeOf(field: string): number {
  const place = READING_ORDER.indexOf(field)
  return place === -1 ? READING_ORDER.length : place
}

function assigneeOf(id: unknown, names: Names) {
  return toAssignee(typeof id === 'number' ? id : null, names)
}
