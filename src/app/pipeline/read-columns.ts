import type { AssigneeWish } from '../../core/lead/lead-filter.ts'
import type { BoardStage } from '../../core/lead/status-rules.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import type { Money } from '../../lib/decimal.ts'
import type { CardFilter } from '../../store/pipeline/card-filter.ts'
import { standingAt } from '../../store/pipeline/card-stages.ts'
import { BOARD_ORDER } from '../../store/pipeline/list-orders.ts'
import { pickStages, totalPicked } from '../../store/pipeline/list-pick.ts'
import { fitsThroughout, type Place, walkStages } from '../../store/pipeline/list-walk.ts'
import { countAssigned, countUnassigned, findStageTotals, type StageTotal } from '../../store/pipeline/stage-totals.ts'
import type { App } from '../app.ts'
import { findByWords } from './find-by-words.ts'
import { type LeadInList, loadLeads } from './lead-cards.ts'
import { readPlace, refuseCursor } from './list-cursor.ts'
import { cutAtLast } from './read-slice.ts'

export interface BoardColumn {
  readonly stage: BoardStage
  /** Of the whole column; where it is not exact, so many stand there at least, and what they come to is not known. */
  readonly count: number
  readonly countIsExact: boolean
  readonly amount: Money | null
  readonly leads: readonly LeadInList[]
  readonly nextCursor: string | null
}

/** Whose leads a board shows, and, with a line of search, only those that it finds. */
export interface BoardScope {
  readonly assignee: AssigneeWish | null
  readonly q: string | null
}

export interface ColumnsWish {
  readonly stages: readonly BoardStage[]
  readonly scope: BoardScope
  readonly after: Place | null
  readonly limit: number
}

/** Cards of a column that are looked at for such as nobody has, which no index holds. */
const UNASSIGNED_STEPS = 10_000

/** The same for leads with common words, each of which is looked up. */
const SEARCH_STEPS = 2000

/** What some columns show, and what the whole columns come to. */
interface Findings {
  readonly rows: readonly (Place & { readonly stage: string; readonly fits: boolean; readonly isLast: boolean })[]
  readonly totals: readonly StageTotal[]
  readonly isExact: boolean
}

/** A page of each of some columns, with what the whole column comes to: one walk for all of them. */
export async function readColumns(app: App, filter: CardFilter, wish: ColumnsWish): Promise<BoardColumn[]> {
  const { stages, scope, limit } = wish
  await app.feed.settled(filter.companyId)
  const wanted = limit + 1
  const place = { after: wish.after, wanted }
  const { rows, totals, isExact } = await (filter.terms.length === 0
    ? walkColumns(app, filter, place)
    : searchColumns(app, filter, place))
  const slices = stages.map((stage) => {
    const ofStage = rows.filter((row) => row.stage === stage)
    const { places, stoppedAt } = cutAtLast(ofStage, wanted)
    return { stage, shown: places.slice(0, limit), next: places.length > limit ? places[limit - 1] : stoppedAt }
  })
  const standings = slices.flatMap(({ stage, shown }) => shown.map((place) => standingAt(stage, place)))
  const ids = standings.map(({ id }) => id)
  const leads = new Map((await loadLeads(app, filter, ids, standings)).map((one) => [one.lead.id, one]))
  return slices.map(({ stage, shown, next }) => {
    const total = totals.find((one) => one.stage === stage)
    const count = total?.leads ?? 0
    return {
      stage,
      count: isExact ? count : Math.max(count, shown.length),
      countIsExact: isExact,
      amount: isExact ? (total?.amount ?? '0.00') : null,
      leads: shown.flatMap(({ id }) => leads.get(id) ?? []),
      nextCursor: next ? encodeCursor(boundTo(stage, scope), [next.key, next.id]) : null,
    }
  })
}

interface PlaceWish {
  readonly after: Place | null
  readonly wanted: number
}

async function walkColumns(app: App, filter: CardFilter, place: PlaceWish): Promise<Findings> {
  const steps = fitsThroughout(filter, BOARD_ORDER) ? place.wanted : UNASSIGNED_STEPS
  const [rows, totals] = await Promise.all([
    walkStages(app.db, filter, BOARD_ORDER, { ...place, steps }),
    totalsOf(app, filter),
  ])
  return { rows, totals, isExact: true }
}

/** What has the words is picked where it is little; else it is met soon on the way down each column. */
async function searchColumns(app: App, filter: CardFilter, place: PlaceWish): Promise<Findings> {
  const { all, some } = await findByWords(app, filter)
  const found = { ...filter, terms: [] }
  if (all === null) {
    const [rows, totals] = await Promise.all([
      walkStages(app.db, filter, BOARD_ORDER, { ...place, steps: SEARCH_STEPS }),
      some === null ? [] : totalPicked(app.db, found, some),
    ])
    return { rows, totals, isExact: false }
  }
  const [rows, totals] = await Promise.all([
    pickStages(app.db, found, BOARD_ORDER, { ids: all, ...place }),
    totalPicked(app.db, found, all),
  ])
  return { rows: rows.map((row) => ({ ...row, fits: true, isLast: false })), totals, isExact: true }
}

function totalsOf(app: App, { companyId, assigneeId, unassigned }: CardFilter): Promise<StageTotal[]> {
  if (assigneeId !== null) return countAssigned(app.db, companyId, assigneeId)
  return unassigned ? countUnassigned(app.db, companyId) : findStageTotals(app.db, companyId)
}

function boundTo(stage: BoardStage, { assignee, q }: BoardScope): unknown {
  return { column: stage, assignee, q }
}

/** The place in a column that a cursor stands for; one that the column did not give is refused. */
export function columnPlace(stage: BoardStage, scope: BoardScope, cursor: string): Place {
  const [key, id, ...rest] = decodeCursor(boundTo(stage, scope), cursor) ?? []
  return (rest.length === 0 ? readPlace(BOARD_ORDER, key, id) : null) ?? refuseCursor()
}
