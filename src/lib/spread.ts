/** How many durations of each step there are: `counts[i]` of `steps[i]`, the steps ascending and in one unit. */
export interface Histogram {
  readonly steps: readonly number[]
  readonly counts: readonly number[]
}

export const NO_DURATIONS: Histogram = { steps: [], counts: [] }

/** The histogram of steps, each once, that come in any order, with how many there are of each. */
export function inSteps(steps: readonly number[], counts: readonly number[]): Histogram {
  const order = Uint32Array.from(steps.keys()).sort((a, b) => (steps[a] ?? 0) - (steps[b] ?? 0))
  return { steps: Array.from(order, (i) => steps[i] ?? 0), counts: Array.from(order, (i) => counts[i] ?? 0) }
}

export function totalOf({ counts }: Histogram): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * The value below which a share (0 to 1) of the durations lies, between two of them in proportion, as PostgreSQL's
 * percentile_cont finds it; null of none.
 */
export function percentileOf(histogram: Histogram, share: number): number | null {
  const total = totalOf(histogram)
  if (total === 0) return null
  const place = share * (total - 1)
  const [below, above] = [Math.floor(place), Math.ceil(place)].map((rank) => stepAt(histogram, rank))
  return below === undefined || above === undefined ? null : below + (above - below) * (place - Math.floor(place))
}

/** The step of the duration that has so many before it. */
function stepAt({ steps, counts }: Histogram, rank: number): number | undefined {
  let upTo = 0
  for (const [i, count] of counts.entries()) {
    upTo += count
    if (upTo > rank) return steps[i]
  }
  return undefined
}

/** How many lie below the first limit, from each limit to the next, and from the last one on. */
export function bandsOf({ steps, counts }: Histogram, limits: readonly number[]): number[] {
  const bands = [...limits, Number.POSITIVE_INFINITY].map(() => 0)
  let band = 0
  for (const [i, step] of steps.entries()) {
    while ((limits[band] ?? Number.POSITIVE_INFINITY) <= step) band += 1
    bands[band] = (bands[band] ?? 0) + (counts[i] ?? 0)
  }
  return bands
}
