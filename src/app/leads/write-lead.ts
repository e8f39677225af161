import { type Refusal, RefusalError, refusal } from '../../core/errors.ts'
import { type Decide, refused } from '../../core/lead/decision.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { IdempotencyKey, StoredAnswer, Target } from '../../store/lead-writer/types.ts'
import type { App, Caller } from '../app.ts'

/** A lead as it is after the request, or the stored answer of an earlier request with the same key. */
export type Written =
  | { readonly kind: 'lead'; readonly lead: Lead }
  | { readonly kind: 'replayed'; readonly answer: StoredAnswer }

/** Something that must be so before the change, judged under the lead's lock; else the refusal is the answer. */
export interface Expectation {
  readonly holds: (lead: Lead) => boolean
  readonly refusal: Refusal
}

export interface WriteOptions {
  readonly idempotency?: IdempotencyKey | undefined
  /** What the client believes of the lead; for a new one there is nothing to believe. */
  readonly expectations?: readonly Expectation[] | undefined
}

/** Hands a decision to the writer under the caller's company, and throws what it refuses. */
export async function writeLead(app: App, caller: Caller, target: Target, options: WriteOptions): Promise<Written> {
  const { companyId, actor, charge } = caller
  const { idempotency, expectations = [] } = options
  const outcome = await app.writer.write({
    companyId,
    actor,
    target: target.kind === 'new' ? target : { ...target, decide: expecting(expectations, target.decide) },
    charge,
    idempotency,
  })
  switch (outcome.kind) {
    case 'refused':
      throw new RefusalError(outcome.refusal)
    case 'replayed':
      return { kind: 'replayed', answer: outcome.answer }
    default:
      return { kind: 'lead', lead: outcome.lead }
  }
}

/** A decision about an existing lead, deleted ones included. */
export function onAnyLead(leadId: number, decide: Decide): Target {
  return { kind: 'existing', leadId, decide }
}

/** A decision about an existing lead. A deleted one is as if it were not there. */
export function onLead(leadId: number, decide: Decide): Target {
  return { kind: 'existing', leadId, decide: (lead, now) => (lead.deletedAt === null ? decide(lead, now) : missing()) }
}

/** As `onLead`, for a face that shows only leads being worked: no open offers, declined or converted ones. */
export function onWorkedLead(leadId: number, decide: Decide): Target {
  return onLead(leadId, (lead, now) => (isWorked(lead) ? decide(lead, now) : missing()))
}

export function isWorked(lead: Lead): boolean {
  return lead.action === 'ACCEPTED' && lead.convertedAt === null && lead.deletedAt === null
}

/** A lead that is not there for the decision is not found, whatever was expected of it. */
function expecting(expectations: readonly Expectation[], decide: Decide): Decide {
  if (expectations.length === 0) return decide
  return (lead, now) => {
    const decision = decide(lead, now)
    const broken = expectations.find(({ holds }) => !holds(lead))
    if (broken === undefined) return decision
    if (decision.kind === 'refused' && decision.refusal.code === 'lead.not-found') return decision
    return refused({ ...broken.refusal, current: lead })
  }
}

function missing() {
  return refused(refusal('lead.not-found', 'There is no such lead.'))
}
