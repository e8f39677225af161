import { type FieldRules, ruleOf } from './kinds.ts'
import { type SyncFields, type SyncShape, type SyncValue, sameValue } from './shape.ts'

/**
 * What a field comes to. `same`: nothing to do. `take`: the upstream's value comes here. `push`: ours goes there.
 * `conflict`: both changed it to different values. `held`: ours would go there, but was refused and nobody has said what
 * to do. `unsaid`: the upstream does not speak of this field.
 */
export type Verdict = 'same' | 'take' | 'push' | 'conflict' | 'held' | 'unsaid'
export type Verdicts = Readonly<Record<string, Verdict>>

export type ValuePairs = Readonly<Record<string, { readonly ours: SyncValue; readonly theirs: SyncValue }>>

/** The three values of each field, and what decides between them. */
export interface Sides {
  /** The last agreed values. */
  readonly base: SyncFields
  readonly ours: SyncFields
  readonly theirs: SyncFields
  readonly rules: FieldRules
  /** ISO instants: when a field of ours changed last, and when anything there did; null where not known. */
  readonly oursAt: (field: string) => string | null
  readonly theirsAt: string | null
  /** Values of ours that the upstream has refused, with the values there at that time. */
  readonly refused: ValuePairs
  /** Values on which the sides have agreed to differ. */
  readonly differs: ValuePairs
  /** Whether the upstream tells its changes; else theirs is no more than what an answer showed once. */
  readonly isTold: boolean
}

/** Judges each field of a lead by what changed since the last agreement. */
export function judge(shape: SyncShape, sides: Sides): Verdicts {
  const verdicts: Record<string, Verdict> = {}
  for (const field of shape.fields) verdicts[field] = judgeField(field, sides)
  return shape.couple(verdicts, sides)
}

function judgeField(field: string, sides: Sides): Verdict {
  const [base, ours, theirs] = [sides.base[field], sides.ours[field], sides.theirs[field]]
  if (theirs === undefined || ours === undefined) return 'unsaid'
  if (sameValue(ours, theirs)) return 'same'
  if (base !== undefined && sameValue(ours, base)) return isAbout(sides.differs, field, sides) ? 'unsaid' : 'take'
  const pushed = isAbout(sides.refused, field, sides) ? 'held' : 'push'
  if (base !== undefined && sameValue(theirs, base)) return pushed
  switch (ruleOf(sides.rules, field)) {
    case 'ask':
      return 'conflict'
    case 'upstream':
      return 'take'
    case 'ours':
      return pushed
    case 'newest':
      return isTheirsNewer(sides.oursAt(field), sides.theirsAt) ? 'take' : pushed
  }
}

/** What is known of a field stands as long as both values are those that it was about. */
function isAbout(pairs: ValuePairs, field: string, { ours, theirs }: Sides): boolean {
  const known = pairs[field]
  return known !== undefined && sameValue(known.ours, ours[field]) && sameValue(known.theirs, theirs[field])
}

/** The wire tells whole seconds: within the same one nobody knows, and the upstream is believed. */
function isTheirsNewer(oursAt: string | null, theirsAt: string | null): boolean {
  if (oursAt === null || theirsAt === null) return theirsAt !== null
  return Math.floor(Date.parse(theirsAt) / 1000) >= Math.floor(Date.parse(oursAt) / 1000)
}

/** The values of one side in the fields with a verdict. */
export function valuesWith(verdict: Verdict, verdicts: Verdicts, values: SyncFields): SyncFields {
  const found: Record<string, SyncValue> = {}
  for (const [field, value] of Object.entries(values)) if (verdicts[field] === verdict) found[field] = value
  return found
}
