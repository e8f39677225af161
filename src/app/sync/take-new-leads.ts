import type { DecideNew } from '../../core/lead/decision.ts'
import type { FollowUpTimes } from '../../core/lead/follow-ups.ts'
import { createLeadWithOutcome, type Origin } from '../../core/lead/new-lead.ts'
import { takingOf } from '../../core/sync/constructiononline-shape.ts'
import type { SyncFields, SyncShape } from '../../core/sync/shape.ts'
import type { Untaken } from '../../core/sync/take.ts'
import { sha256 } from '../../lib/sha256.ts'
import type { WriteOutcome } from '../../store/lead-writer/types.ts'
import type { App } from '../app.ts'
import type { MergeFor } from './apply-merge.ts'
import { syncActor } from './sync-actor.ts'

/** A lead that the upstream has and we do not. */
export interface NewUpstreamLead {
  readonly id: string
  readonly fields: SyncFields
  readonly unreadable: Untaken
}

export interface MadeLead {
  readonly upstreamId: string
  readonly leadId: number
  /** The revision that it was made with. */
  readonly revision: number
  /** Our side at that time. */
  readonly base: SyncFields
  /** It was made by an earlier run that could not write it down. */
  readonly isOld: boolean
}

/**
 * Makes leads of what an upstream has, each once: an earlier try that was cut off is found by its key. What our rules do
 * not let in is left out; the merge then shows it as a conflict.
 */
export async function takeNewLeads(app: App, of: MergeFor, leads: readonly NewUpstreamLead[]): Promise<MadeLead[]> {
  const times = await app.followUps.of(of.companyId)
  const made = await Promise.allSettled(leads.map((lead) => takeNew(app, of, lead, times)))
  // All have ended before the first fault is told.
  return made.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}

async function takeNew(app: App, of: MergeFor, lead: NewUpstreamLead, times: FollowUpTimes): Promise<MadeLead> {
  const key = `connection ${of.id} lead ${lead.id}`
  const outcome = await app.writer.write({
    companyId: of.companyId,
    actor: syncActor(of),
    target: { kind: 'new', decide: decideNew(of, lead, times) },
    idempotency: {
      key: sha256(key).toString('hex'),
      requestHash: sha256(key),
      present: (made) => ({ status: 201, body: JSON.stringify([made.id, made.revision, of.shape.project(made)]) }),
    },
  })
  return readMade(of.shape, lead.id, outcome)
}

function readMade(shape: SyncShape, upstreamId: string, outcome: WriteOutcome): MadeLead {
  if (outcome.kind === 'refused') throw new Error(`A lead of an upstream was refused: ${outcome.refusal.text}`)
  if (outcome.kind === 'replayed') {
    // Written by `present` above.
    const [leadId, revision, base] = JSON.parse(outcome.answer.body) as [number, number, SyncFields]
    return { upstreamId, leadId, revision, base, isOld: true }
  }
  const { id, revision } = outcome.lead
  return { upstreamId, leadId: id, revision, base: shape.project(outcome.lead), isOld: false }
}

function decideNew({ companyId }: MergeFor, lead: NewUpstreamLead, times: FollowUpTimes): DecideNew {
  const origin: Origin = { companyId, source: 'constructiononline', sourceReference: lead.id }
  const readable = Object.entries(lead.fields).filter(([field]) => lead.unreadable[field] === undefined)
  const { changes, wish } = takingOf(Object.fromEntries(readable))
  return (id, now) => {
    const whole = createLeadWithOutcome(origin, changes, wish, times)(id, now)
    // Without the outcome that our rules refuse, such as a win without an amount.
    const decision = whole.kind === 'refused' ? createLeadWithOutcome(origin, changes, null, times)(id, now) : whole
    if (decision.kind !== 'change') return decision
    // An opening date that the upstream does not give is not made up.
    return { ...decision, lead: { ...decision.lead, openedDate: changes.openedDate ?? null } }
  }
}
