import type { Statistics } from '../../api/types.ts'
import { formatCount, formatMoney, formatMoneyShort, formatShare } from '../../format.ts'
import { counted, monthText, winRateText } from './figures.ts'
import { Bars, Columns } from './lazy-bars.tsx'
import { RATED_MIN, winRate } from './rates.ts'
import { ReportCard, type ReportFrame } from './report-card.tsx'
import { type Breakdown, lossTable, lostReasonsTable, winRateTable, wonByMonthTable } from './tables.ts'

const MAIN = 'var(--report-main)'
const SECOND = 'var(--report-second)'
const WEAK = 'var(--report-weak)'
/** More rows than these are in the table only. */
const ROWS_MAX = 10

interface Props {
  readonly statistics: Statistics
  readonly frame: ReportFrame
}

export function WonByMonthReport({ statistics, frame }: Props) {
  const { wonByMonth } = statistics
  const count = wonByMonth.reduce((sum, month) => sum + month.count, 0)
  const amount = wonByMonth.reduce((sum, month) => sum + Number(month.amount), 0).toFixed(2)
  return (
    <ReportCard
      title="Won amount by month"
      about="The amounts of the jobs that were won in this period, whenever their leads came."
      summary={`${counted(count, 'job')} won, ${formatMoney(amount, frame.currency)} together.`}
      table={wonByMonthTable(statistics, monthText)}
      frame={frame}
      empty={
        count > 0 ? null : 'No job was won in this period. Report “Job won” with its amount, and its month fills here.'
      }
    >
      <Columns
        rows={wonByMonth.map(({ month, amount }) => ({ name: monthText(month), amount: Number(amount) }))}
        series={[{ name: 'amount', label: 'Won amount', color: MAIN }]}
        axis={`Won amount (${frame.currency})`}
        format={(amount) => formatMoneyShort(amount, frame.currency)}
        fractions
      />
    </ReportCard>
  )
}

interface BreakdownProps {
  readonly breakdown: Breakdown
  /** "source" or "category", and how its keys are called. */
  readonly by: string
  readonly nameOf: (key: string) => string
  readonly frame: ReportFrame
}

export function WinRateReport({ breakdown, by, nameOf, frame }: BreakdownProps) {
  const closed = breakdown.filter(({ won, lost }) => won + lost > 0).sort((a, b) => b.won + b.lost - a.won - a.lost)
  const rows = closed.slice(0, ROWS_MAX).map((row) => {
    const { rate, telling } = winRate(row)
    return { name: nameOf(row.key), rate: rate ?? 0, note: winRateText(row), ...(telling ? {} : { color: WEAK }) }
  })
  return (
    <ReportCard
      title={`Win rate by ${by}`}
      about={`Of the leads that were won or lost, how many were won. Grey: fewer than ${RATED_MIN} closed, too few to tell.${restNote(closed)}`}
      summary={rows.map(({ name, note }) => `${name}: ${note}`).join('; ')}
      table={winRateTable(breakdown, capital(by), nameOf)}
      frame={frame}
      empty={rows.length > 0 ? null : 'No lead of this period was won or lost yet. Each one that ends counts here.'}
    >
      <Bars
        rows={rows}
        series={[{ name: 'rate', label: 'Win rate', color: MAIN }]}
        format={formatShare}
        domainMax={1}
      />
    </ReportCard>
  )
}

export function LossReport({ breakdown, by, nameOf, frame }: BreakdownProps) {
  const money = (amount: number) => formatMoneyShort(amount, frame.currency)
  const lost = breakdown.filter((row) => row.lost > 0).sort((a, b) => Number(b.lostAmount) - Number(a.lostAmount))
  const rows = lost.slice(0, ROWS_MAX).map((row) => ({
    name: nameOf(row.key),
    amount: Number(row.lostAmount),
    note: `${money(Number(row.lostAmount))} (${formatCount(row.lost)})`,
  }))
  return (
    <ReportCard
      title={`Cost of loss by ${by}`}
      about={`What the lost leads would have brought, by the amount or value that they had. In brackets: how many.${restNote(lost)}`}
      summary={rows.map(({ name, note }) => `${name}: ${note}`).join('; ')}
      table={lossTable(breakdown, capital(by), nameOf)}
      frame={frame}
      empty={rows.length > 0 ? null : 'No lead of this period was lost. When one is, its value counts here.'}
    >
      <Bars rows={rows} series={[{ name: 'amount', label: 'Lost amount', color: SECOND }]} format={money} />
    </ReportCard>
  )
}

export function LostReasonsReport({ statistics, frame }: Props) {
  const table = lostReasonsTable(statistics)
  const rows = table.rows.map(([name, count, part]) => ({
    name: String(name),
    leads: Number(count),
    note: `${formatCount(Number(count))} (${formatShare(Number(part))})`,
  }))
  return (
    <ReportCard
      title="Lost reasons"
      about="What was said when a lead was reported lost."
      summary={rows.map(({ name, note }) => `${name}: ${note}`).join('; ')}
      table={table}
      frame={frame}
      empty={
        statistics.totals.lost > 0 ? null : 'No lead of this period was lost. When one is, its reason counts here.'
      }
    >
      <Bars
        rows={rows.filter(({ leads }) => leads > 0)}
        series={[{ name: 'leads', label: 'Leads lost', color: SECOND }]}
        format={formatCount}
      />
    </ReportCard>
  )
}

function restNote(rows: readonly unknown[]): string {
  return rows.length > ROWS_MAX ? ` The first ${ROWS_MAX} are drawn; the table has all ${rows.length}.` : ''
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
