import { NO_FILTER } from '../../core/lead/lead-filter.ts'
import { BOARD_STAGES, type BoardStage } from '../../core/lead/status-rules.ts'
import { STRETCHES } from '../../store/pipeline/list-orders.ts'
import { walkMerged } from '../../store/pipeline/list-walk.ts'
import { findPeriod } from '../../store/pipeline/period.ts'
import { findStageTotals } from '../../store/pipeline/stage-totals.ts'
import { findLongestDue, findNextActions, type ListHead } from '../../store/pipeline/today.ts'
import type { App, Principal } from '../app.ts'
import { type LeadInList, loadLeads } from './lead-cards.ts'
import { resolveFilter } from './resolve-filter.ts'

/** The first leads of a list and how long it is; a list of leads that are due is counted up to 1,000. */
export interface TodayList {
  readonly count: number
  readonly countIsExact: boolean
  readonly leads: readonly LeadInList[]
}

export interface Today {
  /** Longest waiting first. */
  readonly offers: TodayList
  /** Longest overdue first; without the offers. */
  readonly requiresAction: TodayList
  /** Oldest date first. */
  readonly nextActions: TodayList
  readonly newest: TodayList
}

/** Nobody works off more than a thousand in a day, and each one that is counted may cost a look at its card. */
const SIZE = { limit: 20, countMax: 1_000 }
const OFFERED: BoardStage = 'Offered'

/** What the office should look at now. */
export async function readToday(app: App, caller: Principal): Promise<Today> {
  const { companyId } = caller
  const now = app.clock().toISOString()
  await app.feed.settled(companyId)
  const [totals, { today }, offers, newest] = await Promise.all([
    findStageTotals(app.db, companyId),
    findPeriod(app.db, companyId, { from: null, to: null, now }),
    first(app, caller, [OFFERED], 'oldest'),
    first(app, caller, BOARD_STAGES, 'newest'),
  ])
  const [due, nextActions] = await Promise.all([
    findLongestDue(app.db, { companyId, now, but: [OFFERED] }, SIZE),
    findNextActions(app.db, { companyId, today }, SIZE),
  ])
  const count = (stages: readonly BoardStage[]) =>
    totals.reduce((sum, { stage, leads }) => sum + (stages.some((one) => one === stage) ? leads : 0), 0)
  const offered = { ids: offers, count: count([OFFERED]), countIsExact: true }
  const latest = { ids: newest, count: count(BOARD_STAGES), countIsExact: true }
  const ids = [...new Set([offered, due, nextActions, latest].flatMap((head) => head.ids))]
  const leads = new Map(
    (await loadLeads(app, { companyId, stages: BOARD_STAGES }, ids)).map((one) => [one.lead.id, one]),
  )
  const list = ({ ids, ...counted }: ListHead) => ({ ...counted, leads: ids.flatMap((id) => leads.get(id) ?? []) })
  return {
    offers: list(offered),
    requiresAction: list(due),
    nextActions: list(nextActions),
    newest: list(latest),
  }
}

async function first(
  app: App,
  caller: Principal,
  stages: readonly BoardStage[],
  sort: 'newest' | 'oldest',
): Promise<number[]> {
  const filter = await resolveFilter(app, caller, { ...NO_FILTER, stages })
  const [stretch] = STRETCHES[sort]
  if (stretch === undefined) throw new Error('Every order has a stretch.')
  const { limit } = SIZE
  const rows = await walkMerged(app.db, filter, stretch, { after: null, wanted: limit, steps: limit })
  return rows.slice(0, limit).map(({ id }) => id)
}
