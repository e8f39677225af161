import { STRETCHES, type Stretch } from '../../store/pipeline/list-orders.ts'
import { pickInOrder } from '../../store/pipeline/list-pick.ts'
import { fitsByCard, fitsThroughout, type Place, type WalkedRow, walkMerged } from '../../store/pipeline/list-walk.ts'
import type { App } from '../app.ts'
import { type ListPlan, SHORT_WALK } from './plan-list.ts'

/** Where a list goes on. */
export interface ListPlace {
  /** Number of the stretch of the list's order. */
  readonly stretch: number
  readonly after: Place | null
}

export const LIST_START: ListPlace = { stretch: 0, after: null }

export interface Slice {
  readonly ids: readonly number[]
  /** null at the end of the list. */
  readonly next: ListPlace | null
}

/** Leads that one walk looks at, round after round, until it has what is wanted. */
const ROUNDS = [1_000, 8_000, 40_000]
/** The same where each lead has to be looked up in another table. */
const DEAR_ROUNDS = [1_000, 6_000, 12_000]
/** One round more when nothing at all was found, as an empty slice is no help to anybody. */
const LAST_ROUND = 80_000
const DEAR_LAST_ROUND = 30_000

/**
 * The next leads of a list. When they are very thinly spread the slice is shorter than `limit`, even empty, and goes on
 * where looking stopped: so no single read is long, and no lead is left out.
 */
export async function readSlice(app: App, plan: ListPlan, from: ListPlace, limit: number): Promise<Slice> {
  const stretches = STRETCHES[plan.sort]
  const found: ListPlace[] = []
  let { stretch: at, after } = from
  for (let stretch = stretches[at]; stretch !== undefined; stretch = stretches[at]) {
    // One more than the slice shows whether another follows.
    const part = await readStretch(app, plan, stretch, { after, wanted: limit + 1 - found.length })
    for (const place of part.places) found.push({ stretch: at, after: place })
    const next = found.length > limit ? found[limit - 1] : part.stoppedAt && { stretch: at, after: part.stoppedAt }
    if (next) return { ids: idsOf(found.slice(0, limit)), next }
    at += 1
    after = null
  }
  return { ids: idsOf(found), next: null }
}

function idsOf(places: readonly ListPlace[]): number[] {
  return places.flatMap(({ after }) => (after === null ? [] : [after.id]))
}

interface StretchPart {
  readonly places: readonly Place[]
  /** Set when looking stopped before there was enough and before the end. */
  readonly stoppedAt: Place | null
}

interface StretchWish {
  readonly after: Place | null
  readonly wanted: number
}

async function readStretch(app: App, plan: ListPlan, stretch: Stretch, wish: StretchWish): Promise<StretchPart> {
  const { filter, ids, standing } = plan
  if (ids !== null) return { places: await pickInOrder(app.db, filter, stretch, { ids, ...wish }), stoppedAt: null }
  if (fitsThroughout(filter, stretch) || (standing <= SHORT_WALK && fitsByCard(filter, stretch))) {
    return { places: await walkMerged(app.db, filter, stretch, { ...wish, steps: null }), stoppedAt: null }
  }
  const places: Place[] = []
  let { after } = wish
  const isDear = stretch.table !== 'lead_card' || filter.terms.length > 0
  const rounds = isDear ? DEAR_ROUNDS : ROUNDS
  for (const steps of [...rounds, isDear ? DEAR_LAST_ROUND : LAST_ROUND]) {
    if (steps > (rounds.at(-1) ?? 0) && places.length > 0) break
    const wanted = wish.wanted - places.length
    const rows = await walkMerged(app.db, filter, stretch, { after, wanted, steps: Math.max(steps, wanted) })
    const round = cutAtLast(rows, wanted)
    places.push(...round.places)
    after = round.stoppedAt
    if (after === null) break
  }
  return { places, stoppedAt: after }
}

/** What was found up to the row at which the steps ended, behind which nothing was looked at. */
export function cutAtLast(rows: readonly WalkedRow[], wanted: number): StretchPart {
  const places: Place[] = []
  for (const row of rows) {
    if (row.fits) places.push(row)
    if (places.length === wanted) return { places, stoppedAt: null }
    if (row.isLast) return { places, stoppedAt: { key: row.key, id: row.id } }
  }
  return { places, stoppedAt: null }
}
