import { describe, expect, it } from 'vitest'
import { makeSeededRandom } from './seeded-random.ts'
import { bandsOf, type Histogram, inSteps, NO_DURATIONS, percentileOf, totalOf } from './spread.ts'

function histogramOf(values: readonly number[]): Histogram {
  const groups = Map.groupBy(values, (value) => value)
  const steps = [...groups.keys()].sort((a, b) => a - b)
  return { steps, counts: steps.map((step) => groups.get(step)?.length ?? 0) }
}

/** By the definition: the place in the sorted list, between two neighbours in proportion. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const [below = 0, above = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below + (above - below) * (place % 1)
}

it('inSteps puts steps in their order, each with its own count', () => {
  expect(inSteps([100, 9, 20], [1, 2, 3])).toEqual({ steps: [9, 20, 100], counts: [2, 3, 1] })
  expect(inSteps([], [])).toEqual(NO_DURATIONS)
})

describe('percentileOf', () => {
  it('is null of nothing, and the value itself of one', () => {
    expect(percentileOf(NO_DURATIONS, 0.5)).toBeNull()
    expect(percentileOf({ steps: [90], counts: [1] }, 0.9)).toBe(90)
  })

  it('lies between two values in proportion', () => {
    expect(percentileOf({ steps: [10, 20], counts: [1, 1] }, 0.5)).toBe(15)
    expect(percentileOf({ steps: [10, 20], counts: [3, 1] }, 0.5)).toBe(10)
  })

  it('is that of the values one by one, whatever they are', () => {
    const random = makeSeededRandom(7)
    for (let round = 0; round < 200; round += 1) {
      const values = Array.from({ length: random.integer(1, 60) }, () => random.integer(0, 20) * 30)
      for (const share of [0, 0.5, 0.9, 1])
        expect(percentileOf(histogramOf(values), share)).toBeCloseTo(percentile(values, share), 9)
    }
  })
})

describe('bandsOf', () => {
  it('counts what lies on a limit in the band that begins there', () => {
    expect(bandsOf({ steps: [0, 9, 10, 11, 20, 99], counts: [1, 2, 3, 4, 5, 6] }, [10, 20])).toEqual([3, 7, 11])
  })

  it('loses none', () => {
    const random = makeSeededRandom(8)
    for (let round = 0; round < 100; round += 1) {
      const histogram = histogramOf(Array.from({ length: random.integer(0, 60) }, () => random.integer(0, 100)))
      const bands = bandsOf(histogram, [10, 40, 70])
      expect(bands.reduce((sum, count) => sum + count, 0)).toBe(totalOf(histogram))
    }
  })
})
