import { refuse } from '../../core/errors.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { App, Principal } from '../app.ts'
import { isWorked } from './write-lead.ts'

/** One lead of the caller's company, deleted ones included. Unknown and another company's are the same: not found. */
export async function getAnyLead(app: App, caller: Principal, leadId: number): Promise<Lead> {
  const lead = await app.reader.find(caller.companyId, leadId)
  return lead ?? refuse('lead.not-found', 'There is no such lead.')
}

/** One lead of the caller's company. Unknown, deleted and another company's are the same: not found. */
export async function getLead(app: App, caller: Principal, leadId: number): Promise<Lead> {
  const lead = await app.reader.find(caller.companyId, leadId)
  if (lead === null || lead.deletedAt !== null) refuse('lead.not-found', 'There is no such lead.')
  return lead
}

/** As `getLead`, for a face that shows only leads being worked. */
export async function getWorkedLead(app: App, caller: Principal, leadId: number): Promise<Lead> {
  const lead = await getLead(app, caller, leadId)
  if (!isWorked(lead)) refuse('lead.not-found', 'There is no such lead.')
  return lead
}
