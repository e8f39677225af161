import { type LinkRow, listLinks as select } from '../../store/sync/links.ts'
import type { App, Principal } from '../app.ts'
import { getAnyLead } from '../leads/get-lead.ts'

/** The upstream accounts that a lead is linked to; deleted leads included. Refuses an unknown lead. */
export async function listLinks(app: App, caller: Principal, leadId: number): Promise<LinkRow[]> {
  const lead = await getAnyLead(app, caller, leadId)
  return select(app.db, { companyId: caller.companyId, leadId: lead.id })
}
