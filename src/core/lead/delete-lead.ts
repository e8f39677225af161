import { change, type Decide } from './decision.ts'

/** Takes the lead out of every list and face; all of it is kept. Deleting again changes nothing. */
export const deleteLead: Decide = (lead, now) =>
  lead.deletedAt === null ? change({ ...lead, deletedAt: now }, 'lead.deleted') : { kind: 'unchanged', lead }

/** Brings a deleted lead back as it was. */
export const restoreLead: Decide = (lead) =>
  lead.deletedAt === null ? { kind: 'unchanged', lead } : change({ ...lead, deletedAt: null }, 'lead.restored')
