import { RefusalError, refuse } from '../../core/errors.ts'
import { declineLead as decideDecline } from '../../core/lead/answer-offer.ts'
import { readText } from '../../core/lead/status-report.ts'
import type { App, Caller } from '../app.ts'
import { onLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

const REASON_LENGTH_MAX = 500

/** Declines an offered lead. The reason is required and has at most 500 characters after trimming. */
export async function declineLead(
  app: App,
  caller: Caller,
  { leadId, reason }: { leadId: number; reason: unknown },
  options: WriteOptions,
): Promise<Written> {
  const text = readText('reason', REASON_LENGTH_MAX, reason ?? '')
  if (!text.ok) throw new RefusalError(text.fault)
  if (text.value === null) refuse('field.required', '{reason} is required.', { field: 'reason' })
  return writeLead(app, caller, onLead(leadId, decideDecline(text.value)), options)
}
