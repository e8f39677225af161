import type { LeadSource } from './lead.ts'
import type { BoardStage, LeadStatus } from './status-rules.ts'

/** Which leads are wanted; null filters nothing, and of a list one must fit. */
export interface LeadFilter {
  readonly q: string | null
  readonly ids: readonly number[] | null
  readonly stages: readonly BoardStage[] | null
  readonly statuses: readonly LeadStatus[] | null
  readonly sources: readonly LeadSource[] | null
  readonly categories: readonly string[] | null
  readonly assignee: AssigneeWish | null
  readonly requiresAction: boolean | null
  /** Dates, both included, in the company's time zone. */
  readonly createdFrom: string | null
  readonly createdTo: string | null
  /** Only deleted leads, in place of only others. */
  readonly deleted: boolean
}

/** A user's id, the one who asks, or nobody. */
export type AssigneeWish = number | 'me' | 'none'

export const NO_FILTER: LeadFilter = {
  q: null,
  ids: null,
  stages: null,
  statuses: null,
  sources: null,
  categories: null,
  assignee: null,
  requiresAction: null,
  createdFrom: null,
  createdTo: null,
  deleted: false,
}

export const LEAD_SORTS = ['newest', 'oldest', 'changed', 'name', 'amount', 'next-action'] as const
export type LeadSort = (typeof LEAD_SORTS)[number]
