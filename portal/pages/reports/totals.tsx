import { Paper, Text } from '@mantine/core'
import type { Statistics } from '../../api/types.ts'
import { formatCount, formatMoney, formatShare } from '../../format.ts'
import { counted } from './figures.ts'
import { winRate } from './rates.ts'
import classes from './reports.module.css'

interface Props {
  readonly totals: Statistics['totals']
  readonly currency: string
}

/** The four figures that an owner asks for first, each with the count behind it. */
export function Totals({ totals, currency }: Props) {
  const { closed, rate, telling } = winRate(totals)
  const wins = `${counted(totals.won, 'lead')} won`
  return (
    <dl className={classes.tiles} aria-label="Totals">
      <Tile name="Leads" value={formatCount(totals.count)} note={`${formatCount(totals.open)} still open`} />
      <Tile name="Won amount" value={formatMoney(wholeAmount(totals.wonAmount), currency)} note={wins} />
      <Tile
        name="Win rate"
        value={rate === null || !telling ? '–' : formatShare(rate)}
        note={winRateNote(closed, totals.won, telling)}
      />
      <Tile
        name="Average won"
        value={totals.averageWon === null ? '–' : formatMoney(wholeAmount(totals.averageWon), currency)}
        note={totals.averageWon === null ? 'No lead won yet' : `over ${wins}`}
      />
    </dl>
  )
}

function winRateNote(closed: number, won: number, telling: boolean): string {
  if (closed === 0) return 'No lead won or lost yet'
  if (!telling) return `${formatCount(won)} of ${formatCount(closed)} closed: too few for a rate`
  return `${formatCount(won)} of ${formatCount(closed)} closed leads`
}

/** Totals are read at a glance: without cents. */
function wholeAmount(amount: string): string {
  return Number(amount).toFixed(0)
}

function Tile({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <Paper withBorder p="md" radius="lg" className={classes.card ?? ''}>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" fw={650} lh={1.2} m={0} className={classes.figure ?? ''}>
        {value}
      </Text>
      <Text component="dd" size="sm" c="dimmed" m={0}>
        {note}
      </Text>
    </Paper>
  )
}
