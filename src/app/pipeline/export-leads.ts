import type { LeadFilter, LeadSort } from '../../core/lead/lead-filter.ts'
import { findPeriod } from '../../store/pipeline/period.ts'
import type { App, Principal } from '../app.ts'
import { type LeadInList, loadLeads } from './lead-cards.ts'
import { planList } from './plan-list.ts'
import { LIST_START, type ListPlace, readSlice } from './read-slice.ts'
import { resolveFilter } from './resolve-filter.ts'

export interface LeadExport {
  /** IANA name of the company's time zone, and today's date there. */
  readonly timeZone: string
  readonly today: string
  /** Whoever stops reading stops the pages. */
  readonly pages: AsyncGenerator<readonly LeadInList[], void, void>
}

const PAGE_LEADS = 500

/** All leads of a list, page by page: a list of any length needs the memory of one page. */
export async function exportLeads(
  app: App,
  caller: Principal,
  { filter, sort }: { filter: LeadFilter; sort: LeadSort },
): Promise<LeadExport> {
  const cards = await resolveFilter(app, caller, filter)
  await app.feed.settled(caller.companyId)
  const [plan, { timeZone, today }] = await Promise.all([
    planList(app, cards, sort),
    findPeriod(app.db, caller.companyId, { from: null, to: null, now: cards.now }),
  ])
  async function* pages(): AsyncGenerator<readonly LeadInList[], void, void> {
    for (let place: ListPlace | null = LIST_START; place !== null; ) {
      const slice = await readSlice(app, plan, place, PAGE_LEADS)
      if (slice.ids.length > 0) yield await loadLeads(app, cards, slice.ids)
      place = slice.next
    }
  }
  return { timeZone, today, pages: pages() }
}
