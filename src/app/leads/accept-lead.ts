import { acceptLead as decideAccept } from '../../core/lead/answer-offer.ts'
import type { App, Caller } from '../app.ts'
import { onLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/** Accepts an offered lead; its contact fields are visible from then on. */
export function acceptLead(app: App, caller: Caller, leadId: number, options: WriteOptions): Promise<Written> {
  return writeLead(app, caller, onLead(leadId, decideAccept), options)
}
