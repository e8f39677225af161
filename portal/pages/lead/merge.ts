import type { Lead } from '../../api/types.ts'
import { type Draft, draftOf, type EditField, type FieldSpec, typedIn } from './fields.ts'

/** One field that both sides changed, each to something else. */
export interface Clash {
  readonly spec: FieldSpec
  readonly before: string
  readonly theirs: string
  readonly yours: string
}

/**
 * What stands in the way of saving a draft that began with `base` onto the lead as it is now. Empty: the two sides
 * changed different fields, or the same ones alike, and both changes can live.
 */
export function clashesOf(
  base: Lead,
  current: Lead,
  draft: Draft,
  changed: readonly EditField[],
  fields: readonly FieldSpec[],
): Clash[] {
  const before = draftOf(base, fields)
  const theirs = draftOf(current, fields)
  return fields.flatMap((spec) => {
    const { name } = spec
    const yours = typedIn(draft, spec)
    const hasClash = changed.includes(name) && theirs[name] !== before[name] && theirs[name] !== yours
    return hasClash ? [{ spec, before: before[name] ?? '', theirs: theirs[name] ?? '', yours }] : []
  })
}
