import type { Refusal } from '../../core/errors.ts'
import { type Decide, refused } from '../../core/lead/decision.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { PropertyChanges } from '../../core/lead/properties.ts'
import { updateLead as decideUpdate, type OutcomeWish } from '../../core/lead/update-lead.ts'
import type { App, Caller } from '../app.ts'
import { onWorkedLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

/** Something that must be so before the change, judged under the lead's lock; else the refusal is the answer. */
export interface Expectation {
  readonly holds: (lead: Lead) => boolean
  readonly refusal: Refusal
}

export interface LeadUpdate {
  readonly leadId: number
  /** Checked values only; fields that are absent stay as they are. */
  readonly changes: PropertyChanges
  readonly wish: OutcomeWish | null
  readonly expectations: readonly Expectation[]
}

/** Edits a lead being worked and, where wished, its outcome; all of it or nothing. */
export function updateLead(app: App, caller: Caller, update: LeadUpdate, options: WriteOptions): Promise<Written> {
  const { leadId, changes, wish, expectations } = update
  return writeLead(app, caller, onWorkedLead(leadId, expecting(expectations, decideUpdate(changes, wish))), options)
}

function expecting(expectations: readonly Expectation[], decide: Decide): Decide {
  return (lead, now) => {
    const broken = expectations.find(({ holds }) => !holds(lead))
    return broken === undefined ? decide(lead, now) : refused(broken.refusal)
  }
}
