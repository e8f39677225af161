import type { AttachmentInfo } from '../../core/lead/lead.ts'
import type { App, Principal } from '../app.ts'
import { getLead } from '../leads/get-lead.ts'

/** The files of a lead in the order in which they were attached. */
export async function listAttachments(app: App, caller: Principal, leadId: number): Promise<readonly AttachmentInfo[]> {
  const lead = await getLead(app, caller, leadId)
  return lead.attachments
}
