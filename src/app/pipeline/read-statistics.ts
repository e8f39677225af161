import type { AssigneeWish } from '../../core/lead/lead-filter.ts'
import { findPeriod } from '../../store/pipeline/period.ts'
import {
  countByStage,
  durationsByStage,
  findFirstContacts,
  type StatisticsScope,
  winsByMonth,
} from '../../store/pipeline/statistics.ts'
import type { App, Principal } from '../app.ts'
import { resolveAssignee } from './resolve-filter.ts'
import { type Figures, type Statistics, shapeStatistics } from './shape-statistics.ts'

export interface StatisticsWish {
  /** Dates, both included; without a first one the period is the year before the last, without a last one it ends today. */
  readonly from: string | null
  readonly to: string | null
  readonly assignee: AssigneeWish | null
}

/** What became of the leads that were created in a period of the company's calendar, and what was won in it. */
export async function readStatistics(app: App, caller: Principal, wish: StatisticsWish): Promise<Statistics> {
  const { companyId } = caller
  const assignee = resolveAssignee(caller, wish.assignee)
  await app.feed.settled(companyId)
  const now = app.clock().toISOString()
  const { today } = await findPeriod(app.db, companyId, { from: null, to: null, now })
  const to = wish.to ?? (wish.from !== null && wish.from > today ? wish.from : today)
  const from = wish.from ?? yearBefore(to)
  const period = await findPeriod(app.db, companyId, { from, to, now })
  if (period.from === null || period.until === null) throw new Error('Two dates make two instants.')
  const scope = { companyId, from: period.from, until: period.until, ...assignee }
  const { timeZone } = period
  // Pages that show reports ask again together whenever a lead changes.
  const shared = JSON.stringify(['statistics', scope, timeZone])
  return { from, to, ...(await app.shared(shared, () => findFigures(app, scope, timeZone))) }
}

async function findFigures(app: App, scope: StatisticsScope, timeZone: string): Promise<Figures> {
  const [cells, wins, contacts, stays] = await Promise.all([
    countByStage(app.db, scope),
    winsByMonth(app.db, scope, timeZone),
    findFirstContacts(app.db, scope),
    durationsByStage(app.db, scope),
  ])
  return shapeStatistics({ cells, wins, contacts, stays })
}

/** The first day of the year that ends with a date. */
function yearBefore(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCFullYear(day.getUTCFullYear() - 1)
  day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}
