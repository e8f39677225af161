import type { LeadSource } from '../../core/lead/lead.ts'
import type { LeadEdit } from '../../core/lead/lead-edit.ts'
import { createLeadWithOutcome } from '../../core/lead/new-lead.ts'
import type { OutcomeWish } from '../../core/lead/update-lead.ts'
import type { App, Caller } from '../app.ts'
import { type WriteOptions, type Written, writeLead } from './write-lead.ts'

export interface NewLead {
  readonly source: LeadSource
  /** Checked values only. */
  readonly properties: LeadEdit
  readonly wish: OutcomeWish | null
}

/** Makes a lead of the caller's own company, which is being worked from the start. */
export async function createLead(app: App, caller: Caller, lead: NewLead, options: WriteOptions): Promise<Written> {
  const { source, properties, wish } = lead
  const origin = { companyId: caller.companyId, source, sourceReference: null }
  const decide = createLeadWithOutcome(origin, properties, wish, await app.followUps.of(caller.companyId))
  return writeLead(app, caller, { kind: 'new', decide }, options)
}
