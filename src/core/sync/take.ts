import { renderText } from '../errors.ts'
import type { Decision } from '../lead/decision.ts'
import type { FollowUpTimes } from '../lead/follow-ups.ts'
import type { Lead } from '../lead/lead.ts'
import type { Details, SyncFields, SyncShape, SyncValue } from './shape.ts'

/** A value of the upstream that our own rules do not let in, and their sentence. */
export type Untaken = Readonly<Record<string, string>>

export interface Took {
  readonly decision: Exclude<Decision, { kind: 'refused' }>
  readonly taken: SyncFields
  readonly untaken: Untaken
}

export interface Offered {
  readonly values: SyncFields
  /** Fields whose values are no values of ours, with their sentence. */
  readonly unreadable: Untaken
  readonly details: Details
}

/**
 * Takes the upstream's values into a lead, under the rules that hold for everybody. What they refuse is left out, with
 * the fields that go together with it, and the rest is taken.
 */
export function takeInto(
  shape: SyncShape,
  { values, unreadable, details }: Offered,
  { lead, now, times }: { lead: Lead; now: string; times: FollowUpTimes },
): Took {
  let taken = values
  let untaken: Untaken = {}
  const leaveOut = (field: string | undefined, text: string) => {
    const out = fieldsOut(shape, taken, field)
    untaken = { ...untaken, ...Object.fromEntries(out.map((name) => [name, text])) }
    taken = without(taken, out)
  }
  for (const [field, text] of Object.entries(unreadable)) if (Object.hasOwn(taken, field)) leaveOut(field, text)
  while (Object.keys(taken).length > 0) {
    const decision = shape.take(taken, { times, details })(lead, now)
    if (decision.kind !== 'refused') return { decision, taken, untaken }
    leaveOut(
      decision.refusal.field,
      renderText(decision.refusal.text, (name) => name),
    )
  }
  return { decision: { kind: 'unchanged', lead }, taken: {}, untaken }
}

/** The field at fault and those that go together with it; all of them where the refusal names none that was taken. */
function fieldsOut(shape: SyncShape, taken: SyncFields, field: string | undefined): string[] {
  const names = Object.keys(taken)
  const group = field !== undefined && shape.together.includes(field) ? shape.together : [field]
  const out = names.filter((name) => group.includes(name))
  return out.length > 0 ? out : names
}

function without(values: SyncFields, names: readonly string[]): SyncFields {
  const left: Record<string, SyncValue> = {}
  for (const [name, value] of Object.entries(values)) if (!names.includes(name)) left[name] = value
  return left
}
