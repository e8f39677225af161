import { declineLead as decideDecline } from '../../core/lead/answer-offer.ts'
import type { App, Caller } from '../app.ts'
import { onLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/** Declines an offered lead; `reason` is a checked one. */
export function declineLead(
  app: App,
  caller: Caller,
  { leadId, reason }: { leadId: number; reason: string },
  options: WriteOptions,
): Promise<Written> {
  return writeLead(app, caller, onLead(leadId, decideDecline(reason)), options)
}
