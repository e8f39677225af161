import type { Lead } from '../../core/lead/lead.ts'
import { midnightUtc } from '../../lib/calendar.ts'
import { listWorkedLeads as selectSlice } from '../../store/leads.ts'
import type { App, Principal } from '../app.ts'

const PAGE_ROWS = 500

export interface WorkedLeadsFilter {
  /** Calendar date (UTC) on or after which the lead was modified; null: whenever. */
  readonly fromDate: string | null
}

/**
 * Every lead being worked, in the order of ids, a bounded number at a time. Nothing is held between two pages, so a
 * slow reader costs no connection; a lead changed meanwhile is seen once, as it was before or after.
 */
export async function* listWorkedLeads(
  app: App,
  caller: Principal,
  { fromDate }: WorkedLeadsFilter,
): AsyncGenerator<readonly Lead[], void, void> {
  const modifiedFrom = fromDate === null ? null : midnightUtc(fromDate)
  let afterId = 0
  for (;;) {
    const page = await selectSlice(app.db, caller.companyId, { afterId, modifiedFrom, skip: 0, limit: PAGE_ROWS })
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE_ROWS) return
    afterId = last.id
  }
}

/** One stretch of the same list. */
export function pageWorkedLeads(
  app: App,
  caller: Principal,
  { fromDate, skip, take }: WorkedLeadsFilter & { readonly skip: number; readonly take: number },
): Promise<readonly Lead[]> {
  const modifiedFrom = fromDate === null ? null : midnightUtc(fromDate)
  return selectSlice(app.db, caller.companyId, { afterId: 0, modifiedFrom, skip, limit: take })
}
