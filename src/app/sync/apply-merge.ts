import type { Decide } from '../../core/lead/decision.ts'
import type { FollowUpTimes } from '../../core/lead/follow-ups.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { FieldRules } from '../../core/sync/kinds.ts'
import { judge, type Sides, type ValuePairs, type Verdicts, valuesWith } from '../../core/sync/merge.ts'
import { type Details, type SyncFields, type SyncShape, type SyncValue, sameValue } from '../../core/sync/shape.ts'
import { type Took, takeInto, type Untaken } from '../../core/sync/take.ts'
import { changesBetween, fieldTimes } from '../../store/sync/lead-history.ts'
import type { FoundConflict } from '../../store/sync/open-conflicts.ts'
import type { App } from '../app.ts'
import { onAnyLead } from '../leads/write-lead.ts'
import { syncActor, syncActorId } from './sync-actor.ts'

/** The connection for which a merge is made. */
export interface MergeFor {
  readonly companyId: number
  readonly id: number
  readonly name: string
  readonly fieldRules: FieldRules
  readonly shape: SyncShape
}

/** A lead and what the upstream says of it. */
export interface MergeWork {
  readonly leadId: number
  readonly base: SyncFields
  /** The revision up to which `base` takes our own taking over into account. */
  readonly seenRevision: number
  readonly theirs: SyncFields
  readonly theirsAt: string | null
  readonly unreadable: Untaken
  /** What the upstream shows beside `theirs`. */
  readonly details: Details
  readonly refused: ValuePairs
  readonly differs: ValuePairs
  /** Whether `theirs` follows what changes there. */
  readonly isTold: boolean
}

export interface Merged {
  /** The lead with what was taken. */
  readonly lead: Lead
  readonly isChanged: boolean
  /** The base with all on which both sides now agree. */
  readonly base: SyncFields
  /** What is to go there. */
  readonly push: SyncFields
  readonly conflicts: readonly FoundConflict[]
  /** Fields that wait for somebody's word on a refusal. */
  readonly held: readonly string[]
}

interface Judged {
  readonly verdicts: Verdicts
  readonly took: Took
}

/**
 * Merges what an upstream says into a lead: decides each field by the three values under the lead's lock, and takes what
 * changed there alone. null: the lead is not being worked (deleted, for instance), and nothing moves.
 */
export async function applyMerge(app: App, of: MergeFor, work: MergeWork): Promise<Merged | null> {
  const before = await app.reader.find(of.companyId, work.leadId)
  if (before === null || !of.shape.isIn(before)) return null
  const base = { ...work.base, ...(await agreedSince(app, of, work, before)) }
  const times = await timesOf(app, of, { ...work, base }, before)
  const sidesOf = (lead: Lead): Sides => ({
    base,
    ours: of.shape.project(lead),
    theirs: work.theirs,
    rules: of.fieldRules,
    oursAt: (field) => latest(of.shape.partsOf(field), times) ?? lead.modifiedAt,
    theirsAt: work.theirsAt,
    refused: work.refused,
    differs: work.differs,
    isTold: work.isTold,
  })
  const followUps = await app.followUps.of(of.companyId)
  const judgeNow = (lead: Lead, now: string) => judged(of.shape, sidesOf(lead), work, { lead, now, times: followUps })
  const first = judgeNow(before, before.modifiedAt)
  if (first.took.decision.kind === 'unchanged') return outcomeOf(of.shape, sidesOf(before), first, before, false)
  return write(app, of, { work, judgeNow, sidesOf })
}

function judged(
  shape: SyncShape,
  sides: Sides,
  { unreadable, details }: MergeWork,
  place: { lead: Lead; now: string; times: FollowUpTimes },
): Judged {
  const verdicts = judge(shape, sides)
  const values = valuesWith('take', verdicts, sides.theirs)
  return { verdicts, took: takeInto(shape, { values, unreadable, details }, place) }
}

interface Writing {
  readonly work: MergeWork
  readonly judgeNow: (lead: Lead, now: string) => Judged
  readonly sidesOf: (lead: Lead) => Sides
}

async function write(app: App, of: MergeFor, { work, judgeNow, sidesOf }: Writing): Promise<Merged | null> {
  // Of several tries of the writer the last one is that which was kept.
  let last: { judged: Judged; before: Lead } | null = null
  const decide: Decide = (lead, now) => {
    last = of.shape.isIn(lead) ? { judged: judgeNow(lead, now), before: lead } : null
    return last?.judged.took.decision ?? { kind: 'unchanged', lead }
  }
  const target = onAnyLead(work.leadId, decide)
  const outcome = await app.writer.write({ companyId: of.companyId, actor: syncActor(of), target })
  const decided = last as { judged: Judged; before: Lead } | null
  if (decided === null || (outcome.kind !== 'changed' && outcome.kind !== 'unchanged')) return null
  const isChanged = outcome.kind === 'changed'
  return outcomeOf(of.shape, sidesOf(decided.before), decided.judged, outcome.lead, isChanged)
}

/** What a merge comes to, told of the lead as it is afterwards. */
function outcomeOf(shape: SyncShape, sides: Sides, { verdicts, took }: Judged, lead: Lead, isChanged: boolean): Merged {
  const ours = shape.project(lead)
  return {
    lead,
    isChanged,
    base: { ...sides.base, ...valuesWith('same', verdicts, sides.ours), ...took.taken },
    push: valuesWith('push', verdicts, ours),
    conflicts: shape.fields.flatMap((field) => conflictOf(field, { sides, verdict: verdicts[field], took }) ?? []),
    held: shape.fields.filter((field) => verdicts[field] === 'held'),
  }
}

function conflictOf(
  field: string,
  { sides, verdict, took }: { sides: Sides; verdict: Verdicts[string] | undefined; took: Took },
): FoundConflict | null {
  const detail = took.untaken[field]
  if (verdict !== 'conflict' && detail === undefined) return null
  return {
    field,
    kind: detail === undefined ? 'both-changed' : 'refused',
    base: sides.base[field],
    ours: sides.ours[field],
    oursAt: sides.oursAt(field),
    theirs: sides.theirs[field],
    theirsAt: sides.theirsAt,
    detail: detail ?? null,
  }
}

/**
 * What was agreed and not written down, as the process was killed: what we took over. The timeline tells it: the lead as
 * it is, with all later changes undone.
 */
async function agreedSince(app: App, of: MergeFor, work: MergeWork, lead: Lead): Promise<SyncFields> {
  if (lead.revision <= work.seenRevision) return {}
  const wanted = { actorId: syncActorId(of.id), afterRevision: work.seenRevision, toRevision: lead.revision }
  const told = await changesBetween(app.db, { companyId: of.companyId, leadId: work.leadId }, wanted)
  const agreed: Record<string, SyncValue> = {}
  let then = lead
  for (const { changes, isOwn } of told) {
    const values = isOwn ? Object.entries(of.shape.project(then)) : []
    for (const [field, value] of values) {
      const isTaken = of.shape.partsOf(field).some((part) => changes[part] !== undefined)
      if (isTaken && !Object.hasOwn(agreed, field)) agreed[field] = value
    }
    // The timeline tells values of the lead's own types.
    const before = Object.entries(changes).map(([name, change]) => [name, change.old])
    then = { ...then, ...Object.fromEntries(before) }
  }
  return agreed
}

/** When the fields changed here that both sides changed; of the others nobody asks. */
async function timesOf(app: App, of: MergeFor, work: MergeWork, lead: Lead): Promise<ReadonlyMap<string, string>> {
  const ours = of.shape.project(lead)
  const contested = of.shape.fields.filter((field) => {
    const [base, mine, theirs] = [work.base[field], ours[field], work.theirs[field]]
    return theirs !== undefined && ![mine, base].some((value) => sameValue(value, theirs)) && !sameValue(mine, base)
  })
  if (contested.length === 0) return new Map()
  const parts = contested.flatMap((field) => of.shape.partsOf(field))
  return fieldTimes(app.db, { companyId: of.companyId, leadId: work.leadId }, parts)
}

function latest(fields: readonly string[], times: ReadonlyMap<string, string>): string | null {
  return (
    fields
      .flatMap((field) => times.get(field) ?? [])
      .sort()
      .at(-1) ?? null
  )
}
