import { RefusalError, refusal } from '../../core/errors.ts'
import { type Decide, refused } from '../../core/lead/decision.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { IdempotencyKey, StoredAnswer, Target } from '../../store/lead-writer/types.ts'
import type { App, Caller } from '../app.ts'

/** A lead as it is after the request, or the stored answer of an earlier request with the same key. */
export type Written =
  | { readonly kind: 'lead'; readonly lead: Lead }
  | { readonly kind: 'replayed'; readonly answer: StoredAnswer }

export interface WriteOptions {
  readonly idempotency?: IdempotencyKey | undefined
}

/** Hands a decision to the writer under the caller's company, and throws what it refuses. */
export async function writeLead(app: App, caller: Caller, target: Target, options: WriteOptions): Promise<Written> {
  const { companyId, actor, charge } = caller
  const outcome = await app.writer.write({ companyId, actor, target, charge, idempotency: options.idempotency })
  switch (outcome.kind) {
    case 'refused':
      throw new RefusalError(outcome.refusal)
    case 'replayed':
      return { kind: 'replayed', answer: outcome.answer }
    default:
      return { kind: 'lead', lead: outcome.lead }
  }
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

function missing() {
  return refused(refusal('lead.not-found', 'There is no such lead.'))
}
