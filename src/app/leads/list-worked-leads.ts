import type { Lead } from '../../core/lead/lead.ts'
import { midnightUtc } from '../../lib/calendar.ts'
import { listWorkedLeads as selectSlice } from '../../store/leads.ts'
import type { App, Principal } from '../app.ts'

const PAGE_ROWS = 200

export interface WorkedLeadsFilter {
  /** Calendar date (UTC) on or after which the lead was modified; null: whenever. */
  readonly fromDate: string | null
  /** Leads passed over, and leads given at most; both left out: the whole list. */
  readonly skip?: number
  readonly take?: number
}

/**
 * Every lead being worked, or a stretch of them, in the order of ids, a bounded number at a time. Nothing is held
 * between two pages, so a slow reader costs no connection; a lead changed meanwhile is seen once, as it was before or
 * after.
 */
export async function* listWorkedLeads(
  app: App,
  caller: Principal,
  { fromDate, skip = 0, take = Number.POSITIVE_INFINITY }: WorkedLeadsFilter,
): AsyncGenerator<readonly Lead[], void, void> {
  const modifiedFrom = fromDate === null ? null : midnightUtc(fromDate)
  let [afterId, passOver, wanted] = [0, skip, take]
  while (wanted > 0) {
    const limit = Math.min(PAGE_ROWS, wanted)
    const page = await selectSlice(app.db, caller.companyId, { afterId, modifiedFrom, skip: passOver, limit })
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (last === undefined || page.length < limit) return
    afterId = last.id
    passOver = 0
    wanted -= page.length
  }
}
