import type { Lead } from '../lead/lead.ts'
import type { EditableField, PropertyChanges } from '../lead/properties.ts'
import { type Outcome, STATUS_RULES } from '../lead/status-rules.ts'
import { type OutcomeWish, updateLead } from '../lead/update-lead.ts'
import { SYNC_FIELDS } from './kinds.ts'
import type { SyncFields, SyncShape, SyncValue } from './shape.ts'
import { coupleWin } from './win.ts'

/**
 * What ConstructionOnline can say of a lead: its properties, and of the status no more than how it ended. A finer status
 * of ours that ends alike is no difference there, and is never lost to it.
 */
export const CONSTRUCTIONONLINE_SHAPE: SyncShape = {
  fields: SYNC_FIELDS.constructiononline,
  // Documented: a lead is not made without them.
  required: ['firstName', 'lastName', 'displayName', 'email'],
  together: ['status', 'value'],
  couple: coupleWin,
  isOneByOne: false,
  isIn: (lead) => lead.action === 'ACCEPTED' && lead.convertedAt === null && lead.deletedAt === null,
  project: (lead) =>
    Object.fromEntries(SYNC_FIELDS.constructiononline.map((field) => [field, fieldValue(lead, field)])),
  // The list of fields is of the lead's own.
  partsOf: (field) => [field as EditableField | 'status'],
  take: (fields, { times }) => {
    const { changes, wish } = takingOf(fields)
    return updateLead(changes, wish, times)
  },
  giveUp: null,
}

function fieldValue(lead: Lead, field: string): SyncValue {
  if (field === 'status') return STATUS_RULES[lead.status].outcome
  // The list of fields is of the lead's own, none of which but the status is of another type.
  return lead[field as EditableField]
}

/** What values mean for a lead of ours: an edit, and an outcome where it is to change. */
export function takingOf({ status, ...values }: SyncFields): {
  readonly changes: PropertyChanges
  readonly wish: OutcomeWish | null
} {
  // The connector gave each field a value that `checkProperty` allows.
  const changes = values as PropertyChanges
  if (status === undefined) return { changes, wish: null }
  const outcome = status as Outcome
  return { changes, wish: { outcome, reasonFallback: 'Set through ConstructionOnline.' } }
}
