import type { LeadSort } from '../../core/lead/lead-filter.ts'
import { BOARD_STAGES } from '../../core/lead/status-rules.ts'
import type { CardFilter } from '../../store/pipeline/card-filter.ts'
import { STRETCHES } from '../../store/pipeline/list-orders.ts'
import { fitsThroughout } from '../../store/pipeline/list-walk.ts'
import {
  findByAssignee,
  findByCategory,
  findBySource,
  findByStage,
  findByStatus,
  findCreated,
  findDue,
  isRareSource,
} from '../../store/pipeline/rare-leads.ts'
import { findStageTotals } from '../../store/pipeline/stage-totals.ts'
import type { App } from '../app.ts'
import { findByWords } from './find-by-words.ts'

/** How a list is read. */
export interface ListPlan {
  readonly filter: CardFilter
  readonly sort: LeadSort
  /** Every lead that can fit, where they are few; null walks the list's order. */
  readonly ids: readonly number[] | null
  /** Leads at the filter's stages, whatever else is asked. */
  readonly standing: number
  /** The filter asks for nothing but stages. */
  readonly isByStageOnly: boolean
  /** More leads with the words of the search than are picked, but not all of them; null where that is not so. */
  readonly some: readonly number[] | null
}

/** A walk past so many leads costs less than looking for a better way. */
export const SHORT_WALK = 5000
/** A filter that leaves no more than so many leads over is the way in: they are found, then sorted. */
const FEW = 3000

/**
 * Chooses how to read a list, so that no filter makes it slow. Where an index has the list's order and every condition,
 * it is walked. Else the filters are tried one by one for one that leaves few leads over; they are picked by id. When
 * all of them leave many, a walk meets what fits soon.
 */
export async function planList(app: App, filter: CardFilter, sort: LeadSort): Promise<ListPlan> {
  const totals = await findStageTotals(app.db, filter.companyId)
  const everywhere = totals.reduce((sum, { leads }) => sum + leads, 0)
  const standing = totals.reduce((sum, { stage, leads }) => sum + (filter.stages.includes(stage) ? leads : 0), 0)
  const stretches = STRETCHES[sort]
  const walked = stretches.every(({ table }) => table === 'lead_card') ? standing : everywhere
  const isByStageOnly = isUnfiltered(filter)
  const plan: ListPlan = { filter, sort, ids: filter.ids, standing, isByStageOnly, some: null }
  if (filter.ids !== null) return plan
  if (walked <= SHORT_WALK || stretches.every((stretch) => fitsThroughout(filter, stretch))) return plan
  for (const find of waysIn(app, filter, standing)) {
    const ids = await find()
    if (ids !== null && ids.length <= FEW) return { ...plan, ids }
  }
  if (filter.terms.length === 0) return plan
  const { all, some } = await findByWords(app, filter)
  // What was just found by its text need not be held against it again.
  return all === null ? { ...plan, some } : { ...plan, filter: { ...filter, terms: [] }, ids: all }
}

/** Whether every lead that has the words of the search fits. */
export function asksForTextOnly(filter: CardFilter): boolean {
  return isUnfiltered({ ...filter, terms: [] }) && BOARD_STAGES.every((stage) => filter.stages.includes(stage))
}

function isUnfiltered(filter: CardFilter): boolean {
  const { ids, statuses, sources, categories, assigneeId, unassigned, requiresAction, createdFrom, createdUntil } =
    filter
  const lists = [ids, statuses, sources, categories, assigneeId, requiresAction, createdFrom, createdUntil]
  return !unassigned && filter.terms.length === 0 && lists.every((one) => one === null)
}

/** The filters that have an index, each as a look for what it alone leaves over; the cheapest first. */
function waysIn(app: App, filter: CardFilter, standing: number): (() => Promise<number[] | null>)[] {
  const { companyId, statuses, categories, sources, assigneeId, requiresAction, createdFrom, createdUntil } = filter
  const limit = FEW + 1
  const ways: (() => Promise<number[] | null>)[] = []
  if (standing <= FEW) ways.push(() => findByStage(app.db, filter, limit))
  if (statuses !== null) ways.push(() => findByStatus(app.db, companyId, statuses, limit))
  if (assigneeId !== null) ways.push(() => findByAssignee(app.db, companyId, assigneeId, limit))
  if (sources?.every(isRareSource)) ways.push(() => findBySource(app.db, companyId, sources, limit))
  if (categories !== null) ways.push(() => findByCategory(app.db, companyId, categories, limit))
  if (createdFrom !== null || createdUntil !== null) ways.push(() => findCreated(app.db, filter, limit))
  if (requiresAction === true) ways.push(() => findDue(app.db, filter, limit))
  return ways
}
