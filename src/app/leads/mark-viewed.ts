import { markViewed as decideViewed } from '../../core/lead/answer-offer.ts'
import type { App, Caller } from '../app.ts'
import { onLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/** Notes that the company has opened the lead; doing so again changes nothing. */
export function markViewed(app: App, caller: Caller, leadId: number, options: WriteOptions): Promise<Written> {
  return writeLead(app, caller, onLead(leadId, decideViewed), options)
}
