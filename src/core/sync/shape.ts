import type { Decide } from '../lead/decision.ts'
import type { FieldChanges } from '../lead/events.ts'
import type { FollowUpTimes } from '../lead/follow-ups.ts'
import type { Lead } from '../lead/lead.ts'
import type { PropertyChanges } from '../lead/properties.ts'
import type { OutcomeWish } from '../lead/update-lead.ts'
import type { Sides, Verdicts } from './merge.ts'

type Scalar = string | number | boolean | null

/** A value as the two sides compare it: plain, or a flat object of what only makes sense together. */
export type SyncValue = Scalar | { readonly [part: string]: Scalar }

/** Values by field. An absent field is one of which nothing is known or said. */
export type SyncFields = Readonly<Record<string, SyncValue>>

/** What taking values over means for a lead of ours: an edit, and an outcome where it is to change. */
export interface Taking {
  readonly changes: PropertyChanges
  readonly wish: OutcomeWish | null
}

/** What a kind of connection keeps in step, in the terms of its wire: what that cannot say is no difference. */
export interface SyncShape {
  /** Fields in the order in which they are pushed and shown. */
  readonly fields: readonly string[]
  /** Fields without which the upstream makes no lead. */
  readonly required: readonly string[]
  /** Fields that a push never separates. */
  readonly together: readonly string[]
  /** Corrects verdicts on fields that depend on each other. */
  readonly couple: (verdicts: Verdicts, sides: Sides) => Verdicts
  /** True where each field is a call of its own, in the order of `fields`. */
  readonly isOneByOne: boolean
  /** Whether a lead of ours is kept in step as it is; else nothing of it moves. */
  readonly isIn: (lead: Lead) => boolean
  /** Our lead as the upstream would show it; every field of `fields`. */
  readonly project: (lead: Lead) => SyncFields
  /** The same of a change that the timeline tells: the new values of fields that it changed. */
  readonly projectChanges: (changes: FieldChanges) => SyncFields
  /** What taking the values means here; null when this shape takes nothing over. */
  readonly take: ((fields: SyncFields) => Taking) | null
  /** Gives our value of a field up where nothing can be taken over; null when `take` does that. */
  readonly giveUp: ((field: string, value: SyncValue | null, times: FollowUpTimes) => Decide) | null
}

/** Whether two values are the same; the order of an object's parts does not count, as jsonb does not keep it. */
export function sameValue(a: SyncValue | undefined, b: SyncValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
}
