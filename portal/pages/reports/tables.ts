import type { Statistics } from '../../api/types.ts'
import { SOURCE_WORDS } from '../../words.ts'
import { share, winRate } from './rates.ts'

/** How a column's cells are written. Rates are between 0 and 1, hours are numbers, money is a decimal text. */
export type CellKind = 'text' | 'count' | 'money' | 'rate' | 'hours'
export type Cell = string | number | null

export interface Column {
  readonly label: string
  readonly kind: CellKind
}

/** The figures of one report: what its table shows, its chart draws and its file holds. The first column names a row. */
export interface ReportTable {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}

const LOST_REASON_NAMES = { PRICE: 'Price', TIMING: 'Timing', OTHER: 'Something else' } as const
const SOURCE_NAMES: Readonly<Record<string, string>> = SOURCE_WORDS
const OUTCOME_STAGES: readonly string[] = ['Lost', 'On hold', 'Declined']

export function sourceName(key: string): string {
  return SOURCE_NAMES[key] ?? (key === '' ? 'Not said' : key)
}

export function categoryName(key: string): string {
  return key.trim() === '' ? 'No category' : key
}

export function ownSourceName(key: string): string {
  return key.trim() === '' ? 'Not said' : key
}

/** The stages on the way to a win, in their order, and those that lead away from it. */
export function splitFunnel(statistics: Statistics): { way: Statistics['funnel']; aside: Statistics['funnel'] } {
  const aside = statistics.funnel.filter((row) => OUTCOME_STAGES.includes(row.boardStage))
  return { way: statistics.funnel.filter((row) => !aside.includes(row)), aside }
}

export function funnelTable({ funnel, totals }: Statistics): ReportTable {
  return {
    columns: [
      { label: 'Stage', kind: 'text' },
      { label: 'Ever reached', kind: 'count' },
      { label: 'Of all leads', kind: 'rate' },
      { label: 'There now', kind: 'count' },
      { label: 'Amount there now', kind: 'money' },
    ],
    rows: funnel.map((row) => [row.boardStage, row.reached, share(row.reached, totals.count), row.count, row.amount]),
  }
}

/** `monthName` writes YYYY-MM for people; the file gets it too, as spreadsheets read either. */
export function wonByMonthTable({ wonByMonth }: Statistics, monthName: (month: string) => string): ReportTable {
  return {
    columns: [
      { label: 'Month', kind: 'text' },
      { label: 'Won amount', kind: 'money' },
      { label: 'Leads won', kind: 'count' },
    ],
    rows: wonByMonth.map((row) => [monthName(row.month), row.amount, row.count]),
  }
}

export type Breakdown = Statistics['bySource']

/** Biggest first, by leads. */
export function winRateTable(breakdown: Breakdown, heading: string, nameOf: (key: string) => string): ReportTable {
  return {
    columns: [
      { label: heading, kind: 'text' },
      { label: 'Leads', kind: 'count' },
      { label: 'Open', kind: 'count' },
      { label: 'Won', kind: 'count' },
      { label: 'Lost', kind: 'count' },
      { label: 'Win rate', kind: 'rate' },
    ],
    rows: [...breakdown]
      .sort((a, b) => b.count - a.count)
      .map((row) => [nameOf(row.key), row.count, row.open, row.won, row.lost, toldRate(row)]),
  }
}

/** Of too few closed leads there is no rate: the counts beside it say all there is. */
function toldRate(row: Breakdown[number]): number | null {
  const { rate, telling } = winRate(row)
  return telling ? rate : null
}

/** Dearest loss first. */
export function lossTable(breakdown: Breakdown, heading: string, nameOf: (key: string) => string): ReportTable {
  return {
    columns: [
      { label: heading, kind: 'text' },
      { label: 'Leads lost', kind: 'count' },
      { label: 'Lost amount', kind: 'money' },
      { label: 'Won amount', kind: 'money' },
    ],
    rows: [...breakdown]
      .sort((a, b) => Number(b.lostAmount) - Number(a.lostAmount))
      .map((row) => [nameOf(row.key), row.lost, row.lostAmount, row.wonAmount]),
  }
}

export function lostReasonsTable({ lostReasons }: Statistics): ReportTable {
  const all = lostReasons.reduce((sum, row) => sum + row.count, 0)
  return {
    columns: [
      { label: 'Reason', kind: 'text' },
      { label: 'Leads lost', kind: 'count' },
      { label: 'Of all lost', kind: 'rate' },
      { label: 'Amount', kind: 'money' },
    ],
    rows: [...lostReasons]
      .sort((a, b) => b.count - a.count)
      .map((row) => [
        row.reason === null ? 'Not said' : LOST_REASON_NAMES[row.reason],
        row.count,
        share(row.count, all),
        row.amount,
      ]),
  }
}

export function firstContactTable({ firstContact }: Statistics): ReportTable {
  const all = firstContact.bands.reduce((sum, band) => sum + band.count, firstContact.without)
  const rows = [...firstContact.bands, { label: 'Not contacted yet', count: firstContact.without }]
  return {
    columns: [
      { label: 'First contact after', kind: 'text' },
      { label: 'Leads', kind: 'count' },
      { label: 'Of all', kind: 'rate' },
    ],
    rows: rows.map((band) => [band.label, band.count, share(band.count, all)]),
  }
}

export function timePerStageTable({ timePerStage }: Statistics): ReportTable {
  return {
    columns: [
      { label: 'Stage', kind: 'text' },
      { label: 'Stays that ended', kind: 'count' },
      { label: 'Half were shorter than', kind: 'hours' },
      { label: 'Nine of ten were shorter than', kind: 'hours' },
    ],
    rows: timePerStage.map((row) => [row.boardStage, row.visits, row.medianHours, row.p90Hours]),
  }
}

/** What a file names a column: with its unit, as the cells are plain numbers there. */
export function csvHeader({ label, kind }: Column, currency: string): string {
  if (kind === 'money') return `${label} (${currency})`
  if (kind === 'hours') return `${label} (hours)`
  return kind === 'rate' ? `${label} (%)` : label
}

const TENTHS = 10

/** A cell as a file holds it: amounts to the cent as they came, percentages and hours to a tenth. */
export function csvCell(cell: Cell, kind: CellKind): Cell {
  if (cell === null || kind === 'text') return cell
  const value = Number(cell)
  if (kind === 'rate') return Math.round(value * 100 * TENTHS) / TENTHS
  return kind === 'hours' ? Math.round(value * TENTHS) / TENTHS : value
}
