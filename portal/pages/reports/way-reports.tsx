import type { Statistics } from '../../api/types.ts'
import { formatCount, formatHours, formatShare } from '../../format.ts'
import { counted } from './figures.ts'
import { Bars } from './lazy-bars.tsx'
import { share } from './rates.ts'
import { ReportCard, type ReportFrame } from './report-card.tsx'
import { firstContactTable, funnelTable, splitFunnel, timePerStageTable } from './tables.ts'

const MAIN = 'var(--report-main)'
const SECOND = 'var(--report-second)'
const WEAK = 'var(--report-weak)'

interface Props {
  readonly statistics: Statistics
  readonly frame: ReportFrame
}

/** How far leads came on the way to a win. */
export function FunnelReport({ statistics, frame }: Props) {
  const { way, aside } = splitFunnel(statistics)
  const all = statistics.totals.count
  const rows = [...way, ...aside].map((row) => ({
    name: row.boardStage,
    reached: row.reached,
    note: noteOf(row.reached, all),
    ...(aside.includes(row) ? { color: WEAK } : {}),
  }))
  const won = way.find(({ boardStage }) => boardStage === 'Won')?.reached ?? 0
  return (
    <ReportCard
      title="Funnel"
      about="How many of these leads ever reached each stage. Grey: stages that lead away from a win."
      summary={`Of ${counted(all, 'lead')}, ${formatCount(won)} reached Won.`}
      table={funnelTable(statistics)}
      frame={frame}
      empty={null}
    >
      <Bars rows={rows} series={[{ name: 'reached', label: 'Reached the stage', color: MAIN }]} format={formatCount} />
    </ReportCard>
  )
}

function noteOf(count: number, all: number): string {
  const part = share(count, all)
  return part === null ? formatCount(count) : `${formatCount(count)} (${formatShare(part)})`
}

export function FirstContactReport({ statistics, frame }: Props) {
  const { medianHours, p90Hours, bands, without } = statistics.firstContact
  const contacted = bands.reduce((sum, band) => sum + band.count, 0)
  const facts =
    medianHours === null || p90Hours === null
      ? ''
      : ` Half heard from you within ${formatHours(medianHours)}, nine of ten within ${formatHours(p90Hours)}.`
  return (
    <ReportCard
      title="Time to first contact"
      about={`From a lead's coming to the first report.${facts}`}
      summary={`Contacted: ${counted(contacted, 'lead')}. Not yet: ${formatCount(without)}.${facts}`}
      table={firstContactTable(statistics)}
      frame={frame}
      empty={
        contacted + without > 0 ? null : 'Once you report the first status of a lead, its waiting time counts here.'
      }
    >
      <Bars
        rows={[
          ...bands.map(({ label, count }) => ({ name: label, leads: count, note: noteOf(count, contacted + without) })),
          { name: 'Not yet', leads: without, note: noteOf(without, contacted + without), color: WEAK },
        ]}
        series={[{ name: 'leads', label: 'Leads', color: MAIN }]}
        format={formatCount}
      />
    </ReportCard>
  )
}

export function TimePerStageReport({ statistics, frame }: Props) {
  const stages = statistics.timePerStage.filter(({ visits }) => visits > 0)
  const slowest = stages.reduce<(typeof stages)[number] | null>(
    (worst, row) => ((row.medianHours ?? 0) > (worst?.medianHours ?? -1) ? row : worst),
    null,
  )
  return (
    <ReportCard
      title="Time per stage"
      about="How long leads stayed in a stage before they moved on. The second bar shows the slow ones: one lead in ten stayed longer."
      summary={slowest === null ? '' : `Leads stay longest in ${slowest.boardStage}.`}
      table={timePerStageTable(statistics)}
      frame={frame}
      empty={stages.length > 0 ? null : 'Once leads move from one stage to the next, this shows where they wait.'}
      wide
    >
      <Bars
        rows={stages.map(({ boardStage, medianHours, p90Hours }) => ({
          name: boardStage,
          median: medianHours ?? 0,
          p90: p90Hours ?? 0,
        }))}
        series={[
          { name: 'median', label: 'Half of the leads', color: MAIN },
          { name: 'p90', label: 'Nine of ten', color: SECOND },
        ]}
        format={formatHours}
      />
    </ReportCard>
  )
}
