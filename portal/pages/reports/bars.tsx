import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'

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
const NAME_WIDTH = 118
const NAME_LENGTH_MAX = 26
const NOTE_WIDTH = 84

/** Bars that lie, a row each: for names, which would not fit below columns. Not reachable by keyboard: the table is. */
export function Bars({ rows, series, axis, format, fractions = false, tick = format, domainMax }: BarsProps) {
  const isSingle = series.length === 1
  const rowHeight = ROW_HEIGHT + (series.length - 1) * SECOND_SERIES_HEIGHT
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
      withBarValueLabel
      valueLabelProps={isSingle ? NOTE_LABEL : { formatter: (value: unknown) => format(Number(value)) }}
      valueFormatter={format}
      xAxisLabel={axis}
      xAxisProps={{ allowDecimals: fractions, tickCount: 5, domain: [0, domainMax ?? 'auto'], tickFormatter: tick }}
      yAxisProps={{ width: NAME_WIDTH, interval: 0, tickFormatter: shortened }}
      barChartProps={{ margin: { top: 4, bottom: 34, left: 0, right: NOTE_WIDTH } }}
    />
  )
}

const NOTE_LABEL = { dataKey: 'note', formatter: (note: unknown) => String(note ?? '') } as const

/** Columns that stand, for a row of months or bands in their order. */
export function Columns({ rows, series, axis, format, fractions = false }: BarsProps) {
  return (
    <BarChart
      h={300}
      data={[...rows]}
      dataKey="name"
      series={[...series]}
      tickLine="none"
      maxBarWidth={44}
      accessibilityLayer={false}
      valueFormatter={format}
      yAxisLabel={axis}
      yAxisProps={{ width: 68, allowDecimals: fractions, domain: [0, 'auto'] }}
      xAxisProps={{ interval: 'equidistantPreserveStart', minTickGap: 8 }}
      barChartProps={{ margin: { top: 8, bottom: 12, left: 12, right: 8 } }}
    />
  )
}

function shortened(name: string): string {
  return name.length <= NAME_LENGTH_MAX ? name : `${name.slice(0, NAME_LENGTH_MAX - 1).trimEnd()}…`
}
