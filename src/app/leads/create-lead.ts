import type { LeadSource } from '../../core/lead/lead.ts'
import { createLeadWithOutcome } from '../../core/lead/new-lead.ts'
import type { PropertyChanges } from '../../core/lead/properties.ts'
import type { OutcomeWish } from '../../core/lead/update-lead.ts'
import type { App, Caller } from '../app.ts'
import { type WriteOptions, type Written, writeLead } from './write-lead.ts'

export interface NewLead {
  readonly source: LeadSource
  /** Checked values only. */
  readonly properties: PropertyChanges
  readonly wish: OutcomeWish | null
}

/** Makes a lead of the caller's own company, which is being worked from the start. */
export function createLead(app: App, caller: Caller, lead: NewLead, options: WriteOptions): Promise<Written> {
  const { source, properties, wish } = lead
  const origin = { companyId: caller.companyId, source, sourceReference: null }
  return writeLead(app, caller, { kind: 'new', decide: createLeadWithOutcome(origin, properties, wish) }, options)
}
