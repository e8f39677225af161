import { editLead as decideEdit } from '../../core/lead/edit-lead.ts'
import type { LeadEdit } from '../../core/lead/lead-edit.ts'
import type { App, Caller } from '../app.ts'
import { requireAssignee } from './name-assignees.ts'
import { onLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/** Edits a lead's fields in place, all of them or none; `edit` is a checked one. */
export async function editLead(
  app: App,
  caller: Caller,
  { leadId, edit }: { leadId: number; edit: LeadEdit },
  options: WriteOptions,
): Promise<Written> {
  await requireAssignee(app, caller.companyId, edit.assigneeId)
  return writeLead(app, caller, onLead(leadId, decideEdit(edit)), options)
}
