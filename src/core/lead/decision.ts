import type { Refusal } from '../errors.ts'
import type { LeadEvent } from './events.ts'
import type { Lead } from './lead.ts'

/** Rows beside the lead that must change in the same transaction. */
export type SideEffect =
  | { readonly kind: 'publish-attachments'; readonly attachmentIds: readonly number[] }
  | { readonly kind: 'remove-attachment'; readonly attachmentId: number }

/**
 * What a pure rule says to a wish: the lead as it shall be (the writer sets revision and modification time),
 * nothing to do, or a refusal.
 */
export type Decision =
  | {
      readonly kind: 'change'
      readonly lead: Lead
      readonly event: LeadEvent
      readonly effects?: readonly SideEffect[]
    }
  | { readonly kind: 'unchanged'; readonly lead: Lead }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** A decision about a lead that is there. `now` is an ISO instant. */
export type Decide = (lead: Lead, now: string) => Decision
/** A decision that makes a lead under an id that the writer has drawn. */
export type DecideNew = (id: number, now: string) => Decision

export function change(lead: Lead, event: LeadEvent, effects?: readonly SideEffect[]): Decision {
  return effects === undefined ? { kind: 'change', lead, event } : { kind: 'change', lead, event, effects }
}

export function refused(refusal: Refusal): Decision {
  return { kind: 'refused', refusal }
}
