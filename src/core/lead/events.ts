import type { Lead, LeadField } from './lead.ts'

/** What happened to a lead; the timeline and the outbox use the same words. */
export const LEAD_EVENTS = [
  'lead.created',
  'lead.offered',
  'lead.accepted',
  'lead.declined',
  'lead.status_changed',
  'lead.updated',
  'lead.attachment_added',
  'lead.deleted',
  'lead.restored',
] as const
export type LeadEvent = (typeof LEAD_EVENTS)[number]

/** The office owes a step from now on. Told to the outside only: nothing of the lead changes by it. */
export const REQUIRES_ACTION = 'lead.requires_action'
/** What the outside is told. */
export const TOLD_EVENTS = [...LEAD_EVENTS, REQUIRES_ACTION] as const
export type ToldEvent = (typeof TOLD_EVENTS)[number]

/** The door that a change came through. */
export const FACES = ['renovationfind', 'constructiononline', 'native', 'form', 'cli', 'sync', 'system'] as const
export type Face = (typeof FACES)[number]

/** Who did it; `id` is the token, key or user, so that the timeline can be traced to a credential. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'apikey' | 'operator' | 'system'
  readonly id: string
  readonly name: string
  readonly face: Face
}

export type FieldChanges = Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>>

/** Kept by the writer itself or derived from other fields: no news of their own in a timeline. */
const UNTOLD: ReadonlySet<LeadField> = new Set<LeadField>([
  'companyId',
  'id',
  'revision',
  'createdAt',
  'modifiedAt',
  'statusAt',
  'actionDueAt',
  'lastOpen',
])

/** Old and new value of each field that differs; attachments compare by content. Empty when nothing changed. */
export function diffLeads(before: Lead | null, after: Lead): FieldChanges {
  return tellChanges(before, after, before === null ? fieldsOf(after) : differingFields(before, after))
}

/** As `diffLeads`, of fields that are known to differ. */
export function tellChanges(before: Lead | null, after: Lead, fields: readonly LeadField[]): FieldChanges {
  const changes: Record<string, { old: unknown; new: unknown }> = {}
  for (const field of fields) {
    const old = before === null ? null : before[field]
    const now = after[field]
    if (UNTOLD.has(field) || (before === null && isEmpty(now))) continue
    if (field === 'attachments' && JSON.stringify(old) === JSON.stringify(now)) continue
    changes[field] = { old, new: now }
  }
  return changes
}

/**
 * The fields whose values are not the same. Nearly always one lead was made of the other, so that their fields stand in
 * one order: walking both as lists is several times as fast as looking seventy names up in each.
 */
export function differingFields(before: Lead, after: Lead): LeadField[] {
  const fields = fieldsOf(after)
  const values: readonly unknown[] = Object.values(after)
  const oldFields = fieldsOf(before)
  const oldValues: readonly unknown[] = Object.values(before)
  return fields.filter((field, i) => {
    const old = oldFields[i] === field ? oldValues[i] : before[field]
    return old !== values[i]
  })
}

function fieldsOf(lead: Lead): LeadField[] {
  return Object.keys(lead) as LeadField[]
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0)
}
