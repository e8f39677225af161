import { RefusalError } from '../../core/errors.ts'
import { type LeadEdit, refuseNobody, withDisplayName } from '../../core/lead/lead-edit.ts'
import type { App, Caller } from '../app.ts'
import { createLead } from './create-lead.ts'
import { requireAssignee } from './name-assignees.ts'
import type { WriteOptions, Written } from './write-lead.ts'

/**
 * Makes a lead that somebody in the office writes down, or a program of the company. Refuses one that names nobody;
 * `edit` is a checked one.
 */
export async function createOwnLead(app: App, caller: Caller, edit: LeadEdit, options: WriteOptions): Promise<Written> {
  const nobody = refuseNobody(edit)
  if (nobody !== null) throw new RefusalError(nobody)
  await requireAssignee(app, caller.companyId, edit.assigneeId)
  const source = caller.actor.kind === 'user' ? 'portal' : 'native'
  return createLead(app, caller, { source, properties: withDisplayName(edit), wish: null }, options)
}
