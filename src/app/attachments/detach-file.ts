import { detachFile as decideDetach } from '../../core/lead/attach.ts'
import type { App, Caller } from '../app.ts'
import { onLead, type WriteOptions, type Written, writeLead } from '../leads/write-lead.ts'

/** Takes a file off its lead; its bytes are deleted in the same transaction. */
export function detachFile(
  app: App,
  caller: Caller,
  { leadId, attachmentId }: { leadId: number; attachmentId: number },
  options: WriteOptions,
): Promise<Written> {
  return writeLead(app, caller, onLead(leadId, decideDetach(attachmentId)), options)
}
