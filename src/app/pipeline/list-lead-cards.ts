import type { LeadFilter, LeadSort } from '../../core/lead/lead-filter.ts'
import { type CardFilter, mustLook } from '../../store/pipeline/card-filter.ts'
import { countCards } from '../../store/pipeline/list-counts.ts'
import { countPicked } from '../../store/pipeline/list-pick.ts'
import type { App, Principal } from '../app.ts'
import { type LeadInList, loadLeads } from './lead-cards.ts'
import { decodeListCursor, encodeListCursor, type ListTotal } from './list-cursor.ts'
import { asksForTextOnly, type ListPlan, planList } from './plan-list.ts'
import { LIST_START, readSlice } from './read-slice.ts'
import { resolveFilter } from './resolve-filter.ts'

export interface LeadListWish {
  readonly filter: LeadFilter
  readonly sort: LeadSort
  readonly cursor: string | null
  readonly limit: number
}

export interface LeadListPage {
  readonly leads: readonly LeadInList[]
  /** Where the next page begins; null on the last one. A page may be short and still have a next one. */
  readonly nextCursor: string | null
  readonly total: number
  readonly totalIsExact: boolean
}

/** Leads are counted up to here, and so many are looked at for it. */
const TOTAL_MAX = 10_000
/** The same where not all can be looked at: it says no more than that there are many. */
const ROUGH_TOTAL_MAX = 1_000
const LOOKS_MAX = 100_000
/** Looking at the search text costs more. */
const TEXT_LOOKS_MAX = 10_000

/** One page of the company's leads. Refuses a cursor that came with other filters. */
export async function listLeadCards(app: App, caller: Principal, wish: LeadListWish): Promise<LeadListPage> {
  const bound = { filter: wish.filter, sort: wish.sort }
  const cursor = wish.cursor === null ? null : decodeListCursor(bound, wish.cursor)
  const filter = await resolveFilter(app, caller, wish.filter)
  await app.feed.settled(caller.companyId)
  const plan = await planList(app, filter, wish.sort)
  const [slice, counted] = await Promise.all([
    readSlice(app, plan, cursor?.place ?? LIST_START, wish.limit),
    cursor ?? countList(app, plan),
  ])
  const { isExact } = counted
  const total = Math.max(counted.total, isExact ? 0 : slice.ids.length)
  return {
    leads: await loadLeads(app, filter, slice.ids),
    nextCursor: slice.next === null ? null : encodeListCursor(bound, { place: slice.next, total, isExact }),
    total,
    totalIsExact: isExact,
  }
}

/** Exact where that is cheap; else a number that the list has at least. */
async function countList(app: App, plan: ListPlan): Promise<ListTotal> {
  const { filter, ids, some, standing, isByStageOnly } = plan
  if (isByStageOnly) return { total: standing, isExact: true }
  if (ids !== null) return { total: await countPicked(app.db, filter, ids), isExact: true }
  if (some !== null) return { total: await countSome(app, filter, some), isExact: false }
  const hasWords = filter.terms.length > 0
  const looksMax = hasWords ? TEXT_LOOKS_MAX : LOOKS_MAX
  const canLookAtAll = standing <= looksMax || !mustLook(filter)
  const all = hasWords ? standing : null
  const looks = canLookAtAll ? all : Math.ceil(looksMax / filter.stages.length)
  const totalMax = canLookAtAll ? TOTAL_MAX : ROUGH_TOTAL_MAX
  const counted = await countCards(app.db, filter, { max: totalMax + 1, looks })
  return counted > totalMax ? { total: totalMax, isExact: false } : { total: counted, isExact: canLookAtAll }
}

/** How many fit of some leads that have the words. */
async function countSome(app: App, filter: CardFilter, some: readonly number[]): Promise<number> {
  return asksForTextOnly(filter) ? some.length : countPicked(app.db, { ...filter, terms: [] }, some)
}
