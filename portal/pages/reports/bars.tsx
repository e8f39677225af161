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

interface ChartProps {
  readonly rows: readonly BarRow[]
  readonly series: readonly BarSeries[]
  readonly format: (value: number) => string
}

export interface BarsProps extends ChartProps {
  /** What the longest bar could say, when that is known: 1 for rates. */
  readonly domainMax?: number
}

export interface ColumnsProps extends ChartProps {
  /** What the height of a column means, with its unit. */
  readonly axis: string
  /** False where the values cannot be fractions, so that the axis has none either. */
  readonly fractions?: boolean
}

const ROW_HEIGHT = 34
const SECOND_SERIES_HEIGHT = 16
const MARGIN = 6
const LEGEND_HEIGHT = 34
const NAME_LENGTH_MAX = 24
const NAME_WIDTH = 138
const NAME_WIDTH_NARROW = 122
const NOTE_WIDTH = 92
/** As wide as the chart, and not as the plot, where a phone has no room for it in one line. */
const WHOLE_WIDTH = { left: 0, width: '100%' }
const BASE_LINE = { stroke: 'var(--mantine-color-default-border)' }
const COLUMNS_HEIGHT = 330
const TICKS = 5

/**
 * Bars that lie, a row each: for names, which would not fit below columns. Each says its value at its end, so that no
 * axis is needed, nor lines that would cross the words. Not reachable by keyboard: the table is.
 */
export function Bars({ rows, series, format, domainMax }: BarsProps) {
  const isNarrow = useMediaQuery('(max-width: 36em)')
  const isSingle = series.length === 1
  const rowHeight = ROW_HEIGHT + (series.length - 1) * SECOND_SERIES_HEIGHT
  return (
    <BarChart
      h={rows.length * rowHeight + 2 * MARGIN + (isSingle ? 0 : LEGEND_HEIGHT)}
      data={[...rows]}
      dataKey="name"
      series={[...series]}
      orientation="vertical"
      gridAxis="none"
      tickLine="none"
      maxBarWidth={22}
      accessibilityLayer={false}
      withLegend={!isSingle}
      legendProps={{ verticalAlign: 'top', wrapperStyle: WHOLE_WIDTH }}
      withBarValueLabel
      valueLabelProps={isSingle ? { dataKey: 'note', content: BarEnd } : { content: barEndBy(format) }}
      valueFormatter={format}
      withXAxis={false}
      xAxisProps={{ domain: [0, (domainMax ?? largest(rows, series)) || 1] }}
      yAxisProps={{
        width: isNarrow ? NAME_WIDTH_NARROW : NAME_WIDTH,
        interval: 0,
        tickFormatter: shortened,
        axisLine: BASE_LINE,
      }}
      barChartProps={{ margin: { top: MARGIN, bottom: MARGIN, left: 0, right: NOTE_WIDTH } }}
    />
  )
}

/** Columns that stand, for a row of months or bands in their order. */
export function Columns({ rows, series, axis, format, fractions = false }: ColumnsProps) {
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
      yAxisProps={{ width: 68, ticks, domain: [0, ticks.at(-1) ?? 1], tickFormatter: format, interval: 0 }}
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
