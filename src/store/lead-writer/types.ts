import type { Refusal } from '../../core/errors.ts'
import type { Decide, DecideNew } from '../../core/lead/decision.ts'
import type { Actor } from '../../core/lead/events.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { WindowLimit } from '../../core/rate-windows.ts'

/** An answer kept for a repeated keyed request: HTTP status and body, as sent. */
export interface StoredAnswer {
  readonly status: number
  readonly body: string
}

/** The promise of a keyed write: the same key and request give the same answer, whatever happened in between. */
export interface IdempotencyKey {
  readonly key: string
  /** SHA-256 over what makes two requests the same. */
  readonly requestHash: Buffer
  /** Renders the answer inside the transaction, so that it is stored with its effect. */
  readonly present: (lead: Lead) => StoredAnswer
}

/** One call to be counted against a credential's rate windows. */
export interface Charge {
  /** Names the credential, such as `apikey:501`. */
  readonly subject: string
  readonly limits: readonly WindowLimit[]
}

export type Target =
  | { readonly kind: 'existing'; readonly leadId: number; readonly decide: Decide }
  | { readonly kind: 'new'; readonly decide: DecideNew }

export interface LeadWrite {
  readonly companyId: number
  readonly actor: Actor
  readonly target: Target
  readonly idempotency?: IdempotencyKey | undefined
  readonly charge?: Charge | undefined
}

export type WriteOutcome =
  | { readonly kind: 'changed'; readonly lead: Lead }
  | { readonly kind: 'unchanged'; readonly lead: Lead }
  /** The stored answer of an earlier request with the same key. */
  | { readonly kind: 'replayed'; readonly answer: StoredAnswer }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export type ChargeOutcome = { readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly refusal: Refusal }

/** What a lane carries: a write, a count, or both. */
export type Item = { readonly write: LeadWrite } | { readonly charge: Charge }
export type ItemOutcome = WriteOutcome | ChargeOutcome

export interface LeadWriter {
  /** Applies a decision; resolves only after the change is on disk. Rejects with RefusalError when the store is away. */
  write(write: LeadWrite): Promise<WriteOutcome>
  /** Counts a call that writes nothing, such as a read or a refused body. */
  charge(charge: Charge): Promise<ChargeOutcome>
  /** Writes through every lane, to prove that changes would be written; rejects when they would not. */
  probe(): Promise<void>
  /** Refuses new work, finishes what waits, and lets the connections go. */
  close(): Promise<void>
}
