import { deleteLead as decideDelete, restoreLead as decideRestore } from '../../core/lead/delete-lead.ts'
import type { App, Caller } from '../app.ts'
import { onAnyLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/** Takes a lead out of every list and face; it can be restored. Deleting again changes nothing. */
export function deleteLead(app: App, caller: Caller, leadId: number, options: WriteOptions): Promise<Written> {
  return writeLead(app, caller, onAnyLead(leadId, decideDelete), options)
}

/** Brings a deleted lead back as it was; one that is there stays as it is. */
export function restoreLead(app: App, caller: Caller, leadId: number, options: WriteOptions): Promise<Written> {
  return writeLead(app, caller, onAnyLead(leadId, decideRestore), options)
}
