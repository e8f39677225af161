import { call, tagOf } from '../../api/client.ts'
import { putLead } from '../../api/queries/lead.ts'
import type { Lead, LeadCard } from '../../api/types.ts'

/** What the form needs to know of a lead; a list's card has it as well as the whole lead. */
export interface ReportedLead {
  readonly id: number
  readonly revision: number
  readonly name: string
  readonly status: Lead['status']
  /** The amount on record, which a win starts with. */
  readonly amount: string | null
  readonly attachmentCount: number
}

export function reportedLead(lead: Lead | LeadCard): ReportedLead {
  const { id, revision, name, status } = lead
  if ('attachmentCount' in lead) {
    return { id, revision, name, status, amount: lead.amount, attachmentCount: lead.attachmentCount }
  }
  return { id, revision, name, status, amount: lead.jobAmount ?? lead.value, attachmentCount: lead.attachments.length }
}

/** Reports a status onto the revision that the user has seen; the same key makes a repeated try harmless. */
export async function sendReport(
  { id, revision }: Pick<ReportedLead, 'id' | 'revision'>,
  body: Record<string, unknown>,
  idempotencyKey: string,
): Promise<Lead> {
  return putLead(await call<Lead>(`/leads/${id}/status`, { body, ifMatch: tagOf(revision), idempotencyKey }))
}

/** The lead as it is now, after someone else has changed it. */
export async function fetchNewest(id: number): Promise<Lead> {
  return putLead(await call<Lead>(`/leads/${id}`))
}
