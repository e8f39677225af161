import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import { useMediaQuery } from '@mantine/hooks'
import type { LabelProps } from 'recharts'
import { niceTicks } from './ticks.ts'

export interface BarSeries {
  /** Key of the row's value. */
  readonly name: string
  readonly label: string
  readonly color: string
}

/** A row of a chart: its name, a number for each series, and what is written at the end of its bar. */
export type BarRow = { readonly name: string; readonly note?: string; readonly color?: string } & {
  readonly [series: string]: string | number | undefined
}

export interface BarsProps {
  readonly rows: readonly BarRow[]
  readonly series: readonly BarSeries[]
  /** What the length of a bar means, with its unit. */
  readonly axis: string
  readonly format: (value: number) => string
  /** False where the values cannot be fractions, so that the axis has none either. */
  readonly fractions?: boolean
  /** How the axis writes its values, when not as the bars do. */
  readonly tick?: (value: number) => string
  /** Where the axis ends, when that is known: 1 for rates. */
  readonly domainMax?: number
}

const ROW_HEIGHT = 34
const SECOND_SERIES_HEIGHT = 16
const AXIS_HEIGHT = 64
const LEGEND_HEIGHT = 34
const NAME_LENGTH_MAX = 24
const NAME_WIDTH = 138
const NAME_WIDTH_NARROW = 122
const NOTE_WIDTH = 92
/** As wide as the chart, and not as the plot, where a phone has no room for it in one line. */
const WHOLE_WIDTH = { left: 0, width: '100%' }
const COLUMNS_HEIGHT = 330
const TICKS = 5
const TICKS_NARROW = 3

/** Bars that lie, a row each: for names, which would not fit below columns. Not reachable by keyboard: the table is. */
export function Bars({ rows, series, axis, format, fractions = false, tick = format, domainMax }: BarsProps) {
  const isNarrow = useMediaQuery('(max-width: 36em)')
  const isSingle = series.length === 1
  const rowHeight = ROW_HEIGHT + (series.length - 1) * SECOND_SERIES_HEIGHT
  const ticks = niceTicks(domainMax ?? largest(rows, series), isNarrow ? TICKS_NARROW : TICKS, !fractions)
  return (
    <BarChart
      h={rows.length * rowHeight + AXIS_HEIGHT + (isSingle ? 0 : LEGEND_HEIGHT)}
      data={[...rows]}
      dataKey="name"
      series={[...series]}
      orientation="vertical"
      gridAxis="y"
      tickLine="none"
      maxBarWidth={22}
      accessibilityLayer={false}
      withLegend={!isSingle}
      legendProps={{ verticalAlign: 'top', wrapperStyle: WHOLE_WIDTH }}
      withBarValueLabel
      valueLabelProps={isSingle ? { dataKey: 'note', content: BarEnd } : { content: barEndBy(format) }}
      valueFormatter={format}
      xAxisLabel={axis}
      xAxisProps={{ ticks, domain: [0, ticks.at(-1) ?? 1], tickFormatter: tick, interval: 'equidistantPreserveStart' }}
      yAxisProps={{ width: isNarrow ? NAME_WIDTH_NARROW : NAME_WIDTH, interval: 0, tickFormatter: shortened }}
      barChartProps={{ margin: { top: 4, bottom: 34, left: 0, right: NOTE_WIDTH } }}
    />
  )
}

/** Columns that stand, for a row of months or bands in their order. */
export function Columns({ rows, series, axis, format, fractions = false, tick = format }: BarsProps) {
  const ticks = niceTicks(largest(rows, series), TICKS, !fractions)
  return (
    <BarChart
      h={COLUMNS_HEIGHT}
      data={[...rows]}
      dataKey="name"
      series={[...series]}
      tickLine="none"
      maxBarWidth={44}
      accessibilityLayer={false}
      valueFormatter={format}
      yAxisLabel={axis}
      yAxisProps={{ width: 68, ticks, domain: [0, ticks.at(-1) ?? 1], tickFormatter: tick, interval: 0 }}
      xAxisProps={{ interval: 'equidistantPreserveStart', minTickGap: 8 }}
      barChartProps={{ margin: { top: 8, bottom: 12, left: 12, right: 8 } }}
    />
  )
}

/** What stands behind a bar, in one line: the chart's own labels break where the plot ends. */
function BarEnd({ x, y, width, height, value }: LabelProps) {
  const middle = Number(y) + Number(height) / 2
  return (
    <text x={Number(x) + Number(width) + 6} y={middle} dy="0.36em" fontSize={12} fill="var(--mantine-color-dimmed)">
      {String(value ?? '')}
    </text>
  )
}

function barEndBy(format: (value: number) => string) {
  return ({ value, ...place }: LabelProps) => <BarEnd {...place} value={format(Number(value))} />
}

function largest(rows: readonly BarRow[], series: readonly BarSeries[]): number {
  return Math.max(0, ...rows.flatMap((row) => series.map(({ name }) => Number(row[name] ?? 0))))
}

function shortened(name: string): string {
  return name.length <= NAME_LENGTH_MAX ? name : `${name.slice(0, NAME_LENGTH_MAX - 1).trimEnd()}…`
}
