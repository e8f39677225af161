import type { Decide } from '../lead/decision.ts'
import type { FollowUpTimes } from '../lead/follow-ups.ts'
import type { Lead, LeadField } from '../lead/lead.ts'
import type { Sides, Verdicts } from './merge.ts'

type Scalar = string | number | boolean | null

/** A value as the two sides compare it: plain, or a flat object of what only makes sense together. */
export type SyncValue = Scalar | { readonly [part: string]: Scalar }

/** Values by field. An absent field is one of which nothing is known or said. */
export type SyncFields = Readonly<Record<string, SyncValue>>

/** Checked values by core field that an upstream shows beside those that are kept in step. */
export type Details = Readonly<Record<string, string | number | null>>

/** What goes with taking values over. */
export interface TakeContext {
  readonly times: FollowUpTimes
  readonly details: Details
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
  /** The fields of a lead that a value of `project` is made of. */
  readonly partsOf: (field: string) => readonly LeadField[]
  /** Takes the upstream's values over, under the rules that hold for everybody. A refusal names the field at fault. */
  readonly take: (fields: SyncFields, context: TakeContext) => Decide
  /** Gives our value of a field up as far as our rules let it go; null when `take` does that. */
  readonly giveUp: ((field: string, value: SyncValue | null, times: FollowUpTimes) => Decide) | null
}

/** Whether two values are the same; the order of an object's parts does not count, as jsonb does not keep it. */
export function sameValue(a: SyncValue | undefined, b: SyncValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
}
