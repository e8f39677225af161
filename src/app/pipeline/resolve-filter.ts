import { refuse } from '../../core/errors.ts'
import { type CardStage, DELETED_STAGE, stagesOfStatuses } from '../../core/lead/board-stage.ts'
import type { AssigneeWish, LeadFilter } from '../../core/lead/lead-filter.ts'
import { searchTerms } from '../../core/lead/search-terms.ts'
import { BOARD_STAGES } from '../../core/lead/status-rules.ts'
import type { CardFilter } from '../../store/pipeline/card-filter.ts'
import { findPeriod } from '../../store/pipeline/period.ts'
import type { App, Principal } from '../app.ts'

/** The wish for an assignee, told by ids. */
export type AssigneeFilter = Pick<CardFilter, 'assigneeId' | 'unassigned'>

/** Who is meant; a token is no user, so that it is refused `me`. */
export function resolveAssignee({ actor }: Principal, wish: AssigneeWish | null): AssigneeFilter {
  if (wish === null) return { assigneeId: null, unassigned: false }
  if (wish === 'none') return { assigneeId: null, unassigned: true }
  if (wish !== 'me') return { assigneeId: wish, unassigned: false }
  if (actor.kind !== 'user') {
    const text = 'assignee=me needs a signed-in user; a token names a user by id.'
    return refuse('request.parameter-invalid', text, { field: 'assignee' })
  }
  return { assigneeId: Number(actor.id), unassigned: false }
}

/** Where leads can stand that fit, the likeliest first: the fewer stages, the fewer leads are looked at. At least one. */
function stagesOf({ deleted, stages, statuses }: LeadFilter): readonly CardStage[] {
  if (deleted) return [DELETED_STAGE]
  const wanted = stages ?? BOARD_STAGES
  if (statuses === null) return wanted
  const both = [...stagesOfStatuses(statuses)].filter((stage) => wanted.includes(stage))
  // Nothing can fit, and an empty list of stages would mean something else.
  return both.length === 0 ? wanted.slice(0, 1) : both
}

/** A filter in the words of the cards: ids for `me`, instants for dates, terms for a line of search. */
export async function resolveFilter(app: App, caller: Principal, filter: LeadFilter): Promise<CardFilter> {
  const { companyId } = caller
  const now = app.clock().toISOString()
  const terms = filter.q === null ? [] : searchTerms(filter.q)
  const { createdFrom, createdTo } = filter
  const isDated = createdFrom !== null || createdTo !== null
  const period = isDated ? await findPeriod(app.db, companyId, { from: createdFrom, to: createdTo, now }) : null
  return {
    companyId,
    ids: filter.ids,
    stages: stagesOf(filter),
    statuses: filter.statuses,
    sources: filter.sources,
    categories: filter.categories,
    ...resolveAssignee(caller, filter.assignee),
    requiresAction: filter.requiresAction,
    now,
    createdFrom: period?.from ?? null,
    createdUntil: period?.until ?? null,
    terms,
  }
}
