import type { Cost } from './processor-time.ts'
import { formatNumber, formatSpread, formatTable } from './statistics.ts'

/** What one slot of one round gave; times in milliseconds. */
export interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99?: number
  readonly max?: number
  /** What a request cost, where the system tells. */
  readonly cost?: Cost | null
}

/** One thing that is measured in every round. */
export interface Slot {
  /** Short, such as `L64`. */
  readonly name: string
  readonly meaning: string
  readonly measure: (seconds: number) => Promise<Measured>
}

export type Results = ReadonlyMap<string, readonly Measured[]>

const TRIAL_SECONDS = 1

export interface RoundOptions {
  readonly rounds: number
  readonly seconds: number
  /** Slots that follow each other and must stay together; 1 when absent. */
  readonly groupSize?: number
}

/**
 * Measures all slots in every round, so that a slow minute of the machine hits all of them. Each round begins with
 * another slot. A round before the first is not counted: it warms caches, plans and compiled code.
 */
export async function runRounds(
  slots: readonly Slot[],
  { rounds, seconds, groupSize = 1 }: RoundOptions,
): Promise<Results> {
  const results = new Map<string, Measured[]>(slots.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    const first = (round * groupSize) % Math.max(1, slots.length)
    for (const slot of [...slots.slice(first), ...slots.slice(0, first)]) {
      const measured = await slot.measure(round === 0 ? Math.min(TRIAL_SECONDS, seconds) : seconds)
      if (round > 0) results.get(slot.name)?.push(measured)
      console.log(`round ${round}  ${slot.name.padEnd(8)} ${describe(measured)}`)
    }
  }
  return results
}

function describe({ perSecond, p50, p99, max, cost }: Measured): string {
  const times = [`${formatNumber(perSecond)}/s`, `p50 ${formatNumber(p50)} ms`]
  if (p99 !== undefined) times.push(`p99 ${formatNumber(p99)} ms`)
  if (max !== undefined) times.push(`max ${formatNumber(max)} ms`)
  if (cost) times.push(`µs: ${[cost.serverUs, cost.postgresUs, cost.loadUs].map(formatNumber).join(' + ')}`)
  return times.join(', ')
}

const HEAD = ['', 'what', 'per second', 'p50 ms', 'p99 ms', 'max ms', 'server µs', 'PostgreSQL µs', 'load µs']

/** One row a slot: median (least to most) over the rounds; the largest maximum. µs are processor time a request. */
export function resultTable(slots: readonly Slot[], results: Results): string {
  const rows = slots.map(({ name, meaning }) => {
    const all = results.get(name) ?? []
    const spread = (read: (one: Measured) => number | undefined) => {
      const values = all.map(read).filter((value) => value !== undefined)
      return values.length === 0 ? '' : formatSpread(values)
    }
    const worst = all.flatMap(({ max }) => (max === undefined ? [] : [max]))
    return [
      name,
      meaning,
      spread(({ perSecond }) => perSecond),
      spread(({ p50 }) => p50),
      spread(({ p99 }) => p99),
      worst.length === 0 ? '' : formatNumber(Math.max(...worst)),
      spread(({ cost }) => cost?.serverUs),
      spread(({ cost }) => cost?.postgresUs),
      spread(({ cost }) => cost?.loadUs),
    ]
  })
  return formatTable(HEAD, rows)
}

/** A value for each round, from the slots of that round; empty when one of them was not measured. */
export function perRound<const Names extends readonly string[]>(
  results: Results,
  names: Names,
  compute: (...measured: { [K in keyof Names]: Measured }) => number,
): number[] {
  const columns = names.map((name) => results.get(name) ?? [])
  const rounds = Math.min(...columns.map((column) => column.length))
  return Array.from({ length: rounds }, (_, round) =>
    compute(...(columns.map((column) => column[round]) as { [K in keyof Names]: Measured })),
  )
}
