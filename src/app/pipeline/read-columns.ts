import type { AssigneeWish } from '../../core/lead/lead-filter.ts'
import type { BoardStage } from '../../core/lead/status-rules.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import type { Money } from '../../lib/decimal.ts'
import type { CardFilter } from '../../store/pipeline/card-filter.ts'
import { BOARD_ORDER } from '../../store/pipeline/list-orders.ts'
import { fitsThroughout, type Place, walkStages } from '../../store/pipeline/list-walk.ts'
import { countAssigned, countUnassigned, findStageTotals, type StageTotal } from '../../store/pipeline/stage-totals.ts'
import type { App } from '../app.ts'
import { type LeadInList, loadLeads } from './lead-cards.ts'
import { readPlace, refuseCursor } from './list-cursor.ts'
import { cutAtLast } from './read-slice.ts'

export interface BoardColumn {
  readonly stage: BoardStage
  /** Of the whole column. */
  readonly count: number
  readonly amount: Money
  readonly leads: readonly LeadInList[]
  readonly nextCursor: string | null
}

export interface ColumnsWish {
  readonly stages: readonly BoardStage[]
  readonly assignee: AssigneeWish | null
  readonly after: Place | null
  readonly limit: number
}

/** Cards of a column that are looked at for such as nobody has, which no index holds. */
const UNASSIGNED_STEPS = 10_000

/** A page of each of some columns, with what the whole column comes to: one walk for all of them. */
export async function readColumns(app: App, filter: CardFilter, wish: ColumnsWish): Promise<BoardColumn[]> {
  const { stages, assignee, after, limit } = wish
  await app.feed.settled(filter.companyId)
  const wanted = limit + 1
  const steps = fitsThroughout(filter, BOARD_ORDER) ? wanted : UNASSIGNED_STEPS
  const [rows, totals] = await Promise.all([
    walkStages(app.db, filter, BOARD_ORDER, { after, wanted, steps }),
    totalsOf(app, filter),
  ])
  const slices = stages.map((stage) => {
    const ofStage = rows.filter((row) => row.stage === stage)
    const { places, stoppedAt } = cutAtLast(ofStage, wanted)
    return { stage, shown: places.slice(0, limit), next: places.length > limit ? places[limit - 1] : stoppedAt }
  })
  const ids = slices.flatMap(({ shown }) => shown.map(({ id }) => id))
  const leads = new Map((await loadLeads(app, filter, ids)).map((one) => [one.lead.id, one]))
  return slices.map(({ stage, shown, next }) => {
    const total = totals.find((one) => one.stage === stage)
    return {
      stage,
      count: total?.leads ?? 0,
      amount: total?.amount ?? '0.00',
      leads: shown.flatMap(({ id }) => leads.get(id) ?? []),
      nextCursor: next ? encodeCursor(boundTo(stage, assignee), [next.key, next.id]) : null,
    }
  })
}

function totalsOf(app: App, { companyId, assigneeId, unassigned }: CardFilter): Promise<StageTotal[]> {
  if (assigneeId !== null) return countAssigned(app.db, companyId, assigneeId)
  return unassigned ? countUnassigned(app.db, companyId) : findStageTotals(app.db, companyId)
}

function boundTo(stage: BoardStage, assignee: AssigneeWish | null): unknown {
  return { column: stage, assignee }
}

/** The place in a column that a cursor stands for; one that the column did not give is refused. */
export function columnPlace(stage: BoardStage, assignee: AssigneeWish | null, cursor: string): Place {
  const [key, id, ...rest] = decodeCursor(boundTo(stage, assignee), cursor) ?? []
  return (rest.length === 0 ? readPlace(BOARD_ORDER, key, id) : null) ?? refuseCursor()
}
