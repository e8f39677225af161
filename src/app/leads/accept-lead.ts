import { acceptLead as decideAccept } from '../../core/lead/answer-offer.ts'
import type { App, Caller } from '../app.ts'
import { onLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/** Accepts an offered lead; its contact fields are visible from then on. */
export async function acceptLead(app: App, caller: Caller, leadId: number, options: WriteOptions): Promise<Written> {
  const times = await app.followUps.of(caller.companyId)
  const target = onLead(leadId, (lead, now) => decideAccept(lead, now, times))
  return writeLead(app, caller, target, options)
}
