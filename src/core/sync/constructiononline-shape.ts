import type { FieldChanges } from '../lead/events.ts'
import type { Lead } from '../lead/lead.ts'
import type { EditableField, PropertyChanges } from '../lead/properties.ts'
import { type LeadStatus, type Outcome, STATUS_RULES } from '../lead/status-rules.ts'
import { SYNC_FIELDS } from './kinds.ts'
import type { SyncFields, SyncShape, SyncValue, Taking } from './shape.ts'
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
  projectChanges,
  take,
  giveUp: null,
}

function fieldValue(lead: Lead, field: string): SyncValue {
  if (field === 'status') return STATUS_RULES[lead.status].outcome
  // The list of fields is of the lead's own, none of which but the status is of another type.
  return lead[field as EditableField]
}

function projectChanges(changes: FieldChanges): SyncFields {
  const values: Record<string, SyncValue> = {}
  for (const field of SYNC_FIELDS.constructiononline) {
    const told = changes[field]
    if (told === undefined) continue
    // The timeline tells values of the lead's own types.
    values[field] = field === 'status' ? STATUS_RULES[told.new as LeadStatus].outcome : (told.new as SyncValue)
  }
  return values
}

function take({ status, ...values }: SyncFields): Taking {
  // The connector gave each field a value that `checkProperty` allows.
  const changes = values as PropertyChanges
  if (status === undefined) return { changes, wish: null }
  const outcome = status as Outcome
  return { changes, wish: { outcome, reasonFallback: 'Set through ConstructionOnline.' } }
}
