import type { Decide, DecideNew, Decision } from '../../core/lead/decision.ts'
import { type Actor, diffLeads } from '../../core/lead/events.ts'
import type { Lead } from '../../core/lead/lead.ts'
import type { FinishedLead } from '../../store/bulk-load.ts'

/** Who does something in a story. */
export type Role = 'operator' | 'office' | 'renovationfind' | 'constructiononline'
/** The actors that stand in the timeline for the roles. */
export type Cast = { readonly [R in Role]: Actor }

export interface Beat {
  /** ISO instant; not before that of the beat before it. */
  readonly at: string
  readonly by: Role
  /** Who works at the company is known only when the story is told; `staff` are the ids of its users. */
  readonly decideFor: (staff: readonly number[]) => Decide
}

/** What happened to one lead, from its beginning. */
export interface Story {
  readonly at: string
  readonly by: Role
  readonly begin: (companyId: number) => DecideNew
  readonly beats: readonly Beat[]
}

export interface Setting {
  readonly companyId: number
  readonly id: number
  readonly cast: Cast
  /** Ids of the company's users, the owner of its address first. */
  readonly staff: readonly number[]
}

type Row = FinishedLead['history'][number]

/**
 * Tells a story by the core's own decisions, one after the other at their instants, as the lead writer would have done:
 * so revision, timeline and record agree. Throws when a decision refuses, as a story must make sense.
 */
export function tellStory(story: Story, { companyId, id, cast, staff }: Setting): FinishedLead {
  const history = [nextRow(null, story.begin(companyId)(id, story.at), { at: story.at, actor: cast[story.by] })]
  for (const { at, by, decideFor } of story.beats) {
    const before = lastOf(history)
    const decision = decideFor(staff)(before, at)
    if (decision.kind !== 'unchanged') history.push(nextRow(before, decision, { at, actor: cast[by] }))
  }
  return { lead: lastOf(history), history }
}

function nextRow(before: Lead | null, decision: Decision, { at, actor }: { at: string; actor: Actor }): Row {
  if (decision.kind !== 'change') {
    const reason = decision.kind === 'refused' ? decision.refusal.text : 'nothing changed'
    throw new Error(`A demo story does not make sense: ${reason}`)
  }
  const lead: Lead = { ...decision.lead, revision: (before?.revision ?? 0) + 1, modifiedAt: at }
  return { write: { actor }, lead, event: decision.event, changes: diffLeads(before, lead) }
}

function lastOf(history: readonly Row[]): Lead {
  const row = history.at(-1)
  if (row === undefined) throw new Error('A story has a beginning.')
  return row.lead
}
