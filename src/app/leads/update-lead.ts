import type { PropertyChanges } from '../../core/lead/properties.ts'
import { updateLead as decideUpdate, type OutcomeWish } from '../../core/lead/update-lead.ts'
import type { App, Caller } from '../app.ts'
import { type Expectation, onWorkedLead, type WriteOptions, type Written, writeLead } from './write-lead.ts'

export interface LeadUpdate {
  readonly leadId: number
  /** Checked values only; fields that are absent stay as they are. */
  readonly changes: PropertyChanges
  readonly wish: OutcomeWish | null
  readonly expectations: readonly Expectation[]
}

/** Edits a lead being worked and, where wished, its outcome; all of it or nothing. */
export async function updateLead(
  app: App,
  caller: Caller,
  update: LeadUpdate,
  options: WriteOptions,
): Promise<Written> {
  const { leadId, changes, wish, expectations } = update
  const decide = decideUpdate(changes, wish, await app.followUps.of(caller.companyId))
  return writeLead(app, caller, onWorkedLead(leadId, decide), { ...options, expectations })
}
