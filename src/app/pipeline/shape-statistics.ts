import {
  BOARD_STAGES,
  type BoardStage,
  LOST_REASONS,
  type LostReason,
  STATUS_RULES,
} from '../../core/lead/status-rules.ts'
import type { Money } from '../../lib/decimal.ts'
import { bandsOf, type Histogram, NO_DURATIONS, percentileOf, totalOf } from '../../lib/spread.ts'
import type { MonthOfWins, StageCell, StageDurations } from '../../store/pipeline/statistics.ts'

/** What some leads came to. Neither won nor lost nor open are the declined ones. */
export interface Bucket {
  readonly count: number
  readonly won: number
  readonly lost: number
  readonly open: number
  readonly wonAmount: Money
  readonly lostAmount: Money
  /** Of those that are won or lost; null when there are none. */
  readonly winRate: number | null
}
export type KeyedBucket = Bucket & { readonly key: string }

export interface Figures {
  readonly totals: Bucket & { readonly averageWon: Money | null }
  readonly funnel: readonly { boardStage: BoardStage; count: number; reached: number; amount: Money }[]
  readonly wonByMonth: readonly { month: string; count: number; amount: Money }[]
  readonly bySource: readonly KeyedBucket[]
  /** By the office's own names of sources. */
  readonly bySourceLabel: readonly KeyedBucket[]
  readonly byCategory: readonly KeyedBucket[]
  readonly lostReasons: readonly { reason: LostReason | null; count: number; amount: Money }[]
  readonly firstContact: {
    readonly medianHours: number | null
    readonly p90Hours: number | null
    readonly bands: readonly { label: string; count: number }[]
    readonly without: number
  }
  readonly timePerStage: readonly {
    boardStage: BoardStage
    visits: number
    medianHours: number | null
    p90Hours: number | null
  }[]
}

export interface Statistics extends Figures {
  /** Dates, both included. */
  readonly from: string
  readonly to: string
}

/** What the store found out. */
export interface Findings {
  readonly cells: readonly StageCell[]
  readonly wins: readonly MonthOfWins[]
  readonly contacts: Histogram
  readonly stays: readonly StageDurations[]
}

const WON = STATUS_RULES.JOB_WON.stage
const LOST = STATUS_RULES.JOB_LOST.stage
const DECLINED: BoardStage = 'Declined'
/** Where nothing can be reported. */
const UNACCEPTED: ReadonlySet<string> = new Set<BoardStage>(['Offered', DECLINED])
const NOTHING: Money = '0.00'
const HOUR_SECONDS = 3600

/** Hours that part the bands of the first contact, each with the name of what lies below it. */
const BANDS = [
  [1, 'Within an hour'],
  [4, '1 to 4 hours'],
  [24, '4 to 24 hours'],
  [72, '1 to 3 days'],
  [168, '3 to 7 days'],
] as const
const LAST_BAND = 'Over 7 days'
const BAND_SECONDS: readonly number[] = BANDS.map(([hours]) => hours * HOUR_SECONDS)

/** The figures in the form that the reports show. */
export function shapeStatistics({ cells, wins, contacts, stays }: Findings): Figures {
  const all = cells.filter(({ by }) => by === 'stage')
  const ofStage = (stage: BoardStage) => all.find((cell) => cell.stage === stage)
  const masks = cells.filter(({ by }) => by === 'reached')
  return {
    totals: { ...bucketOf(all), averageWon: ofStage(WON)?.average ?? null },
    funnel: BOARD_STAGES.map((boardStage, bit) => ({
      boardStage,
      count: ofStage(boardStage)?.leads ?? 0,
      reached: masks.reduce((sum, { key, leads }) => sum + ((Number(key) >> bit) & 1) * leads, 0),
      amount: ofStage(boardStage)?.amount ?? NOTHING,
    })),
    wonByMonth: wonByMonth(wins),
    bySource: bucketsOf(cells.filter(({ by }) => by === 'source')),
    bySourceLabel: bucketsOf(cells.filter(({ by }) => by === 'sourceLabel')),
    byCategory: bucketsOf(cells.filter(({ by }) => by === 'category')),
    lostReasons: lostReasons(cells.filter(({ by, stage }) => by === 'lostReason' && stage === LOST)),
    firstContact: {
      ...hoursOf(contacts),
      bands: bandsOf(contacts, BAND_SECONDS).map((count, i) => ({ label: BANDS[i]?.[1] ?? LAST_BAND, count })),
      without: all.reduce((sum, { stage, silent }) => sum + (UNACCEPTED.has(stage ?? '') ? 0 : silent), 0),
    },
    timePerStage: BOARD_STAGES.map((boardStage) => {
      const stay = stays.find(({ stage }) => stage === boardStage) ?? NO_DURATIONS
      return { boardStage, visits: totalOf(stay), ...hoursOf(stay) }
    }),
  }
}

/** One bucket of the cells of all stages. */
function bucketOf(cells: readonly StageCell[]): Bucket {
  const leadsAt = (stage: BoardStage) => cells.find((cell) => cell.stage === stage)?.leads ?? 0
  const amountAt = (stage: BoardStage) => cells.find((cell) => cell.stage === stage)?.amount ?? NOTHING
  const count = cells.reduce((sum, { leads }) => sum + leads, 0)
  const [won, lost] = [leadsAt(WON), leadsAt(LOST)]
  return {
    count,
    won,
    lost,
    open: count - won - lost - leadsAt(DECLINED),
    wonAmount: amountAt(WON),
    lostAmount: amountAt(LOST),
    winRate: won + lost === 0 ? null : Math.round((won / (won + lost)) * 10_000) / 10_000,
  }
}

/** Categories and names of sources are anybody's texts: there may be as many as leads. */
const KEYS_MAX = 200

/** A bucket for each key, the largest `KEYS_MAX`, the largest first; the empty key is of leads that have none. */
function bucketsOf(cells: readonly StageCell[]): KeyedBucket[] {
  const byKey = Map.groupBy(cells, ({ key }) => key ?? '')
  return [...byKey]
    .map(([key, ofKey]) => ({ key, ...bucketOf(ofKey) }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
    .slice(0, KEYS_MAX)
}

/** Months from the first to the last with a win, those between without one included. */
function wonByMonth(wins: readonly MonthOfWins[]): Statistics['wonByMonth'] {
  const found = new Map(wins.map((win) => [win.month, win]))
  const [first, last] = [wins.at(0)?.month, wins.at(-1)?.month]
  const months: { month: string; count: number; amount: Money }[] = []
  for (let month = first; month !== undefined && last !== undefined && month <= last; month = monthAfter(month)) {
    const win = found.get(month)
    months.push({ month, count: win?.leads ?? 0, amount: win?.amount ?? NOTHING })
  }
  return months
}

/** 2026-12 gives 2027-01. */
function monthAfter(month: string): string {
  const next = new Date(`${month}-01T00:00:00Z`)
  next.setUTCMonth(next.getUTCMonth() + 1)
  return next.toISOString().slice(0, 7)
}

function lostReasons(cells: readonly StageCell[]): Statistics['lostReasons'] {
  return [...LOST_REASONS, null].flatMap((reason) => {
    const cell = cells.find(({ key }) => key === reason)
    return cell === undefined ? [] : [{ reason, count: cell.leads, amount: cell.amount }]
  })
}

function hoursOf(durations: Histogram): { medianHours: number | null; p90Hours: number | null } {
  const hours = (share: number) => {
    const seconds = percentileOf(durations, share)
    return seconds === null ? null : Math.round((seconds / HOUR_SECONDS) * 100) / 100
  }
  return { medianHours: hours(0.5), p90Hours: hours(0.9) }
}
