import { describe, expect, it } from 'vitest'
import { readChunked } from '../../bench/lib/chunked.ts'
import { Histogram } from '../../bench/lib/histogram.ts'
import {
  describeShape,
  drawOfFirstCompany,
  drawTarget,
  FIRST_LEAD_ID,
  FIRST_WORKED_KIND,
  KINDS,
  leadCount,
  roundSize,
  type Shape,
  shapeOf,
  targetAt,
} from '../../bench/lib/shape.ts'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'

/** A bucket is a 128th of its power of two wide, or one microsecond. */
const RELATIVE_ERROR = 1 / 128
const SHARES = [0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1]

describe('the histogram of durations', () => {
  it('gives each quantile of 20,000 durations from 1 us to 100 s to within a bucket, never too low', () => {
    const random = makeSeededRandom(7)
    const histogram = new Histogram()
    const times = Array.from({ length: 20_000 }, () => 10 ** (random.integer(-3000, 5000) / 1000))
    for (const time of times) histogram.record(time)
    times.sort((a, b) => a - b)
    for (const share of SHARES) {
      const exact = times[Math.ceil(share * times.length) - 1] ?? Number.NaN
      const given = histogram.quantile(share)
      expect(given).toBeGreaterThanOrEqual(exact * (1 - 1e-12))
      expect(given).toBeLessThanOrEqual(exact * (1 + RELATIVE_ERROR) + 0.001)
    }
    expect(histogram.total).toBe(times.length)
  })

  it('puts a duration at either side of each power of two into its own bucket', () => {
    for (let power = 0; power < 31; power += 1) {
      for (const us of [2 ** power - 1, 2 ** power, 2 ** power + 1]) {
        const histogram = new Histogram()
        histogram.record(us / 1000)
        // One longer duration, so that the quantile is the end of the bucket and not the longest time.
        histogram.record(us + 1e6)
        const given = histogram.quantile(0.5) * 1000
        expect(given).toBeGreaterThan(us)
        expect(given).toBeLessThanOrEqual(us * (1 + RELATIVE_ERROR) + 1)
      }
    }
  })

  it('keeps the longest time exactly, and no quantile exceeds it', () => {
    const histogram = new Histogram()
    for (const time of [3.3337, 0.2, 1234.5678]) histogram.record(time)
    expect(histogram.max()).toBe(1234.5678)
    expect(histogram.quantile(1)).toBe(1234.5678)
  })

  it('takes a clock that ran backwards as no time, and a time of hours as one that long', () => {
    const histogram = new Histogram()
    histogram.record(-5)
    expect([histogram.quantile(1), histogram.max(), histogram.total]).toEqual([0, 0, 1])
    histogram.record(36_000_000)
    expect(histogram.max()).toBe(36_000_000)
    expect(histogram.total).toBe(2)
  })

  it('is 0 for everything while nothing was recorded', () => {
    const histogram = new Histogram()
    expect([histogram.quantile(0.5), histogram.quantile(1), histogram.max(), histogram.total]).toEqual([0, 0, 0, 0])
  })
})

const SHAPES: readonly Shape[] = [
  { companies: 1, bigLeads: 1, cycles: 2 },
  { companies: 3, bigLeads: 1, cycles: 1 },
  { companies: 20, bigLeads: 5, cycles: 2 },
  { companies: 17, bigLeads: 40, cycles: 1 },
]

/** Every lead of a shape, by company and kind. */
function allTargets(shape: Shape): { company: number; leadId: number; kind: number }[] {
  return Array.from({ length: shape.cycles }, (_, cycle) => cycle).flatMap((cycle) =>
    Array.from({ length: roundSize(shape) }, (_, place) => place).flatMap((place) =>
      Array.from({ length: KINDS }, (_, kind) => ({ ...targetAt(shape, cycle, place, kind), kind })),
    ),
  )
}

describe.each(SHAPES)('the shape of $companies companies, $bigLeads to 1, in $cycles cycles', (shape) => {
  it('names every lead exactly once, without a gap', () => {
    const ids = allTargets(shape).map(({ leadId }) => leadId)
    ids.sort((a, b) => a - b)
    expect(ids).toEqual(Array.from({ length: leadCount(shape) }, (_, n) => FIRST_LEAD_ID + n))
  })

  it('gives each company as many leads of each kind as of any other', () => {
    const counts = new Map<string, number>()
    for (const { company, kind } of allTargets(shape)) {
      counts.set(`${company} ${kind}`, (counts.get(`${company} ${kind}`) ?? 0) + 1)
    }
    expect(counts.size).toBe(shape.companies * KINDS)
    for (const [name, count] of counts) {
      expect([name, count]).toEqual([name, shape.cycles * (name.startsWith('0 ') ? shape.bigLeads : 1)])
    }
  })

  it('draws only leads that take reports, each with its company, and for the first company only its own', () => {
    const worked = new Map(
      allTargets(shape)
        .filter(({ kind }) => kind >= FIRST_WORKED_KIND)
        .map(({ company, leadId }) => [leadId, company]),
    )
    const random = makeSeededRandom(3)
    for (let n = 0; n < 500; n += 1) {
      const drawn = drawTarget(shape, random.integer)
      expect([drawn.leadId, worked.get(drawn.leadId)]).toEqual([drawn.leadId, drawn.company])
      const own = drawOfFirstCompany(shape, random.integer)
      expect([own.leadId, own.company, worked.get(own.leadId)]).toEqual([own.leadId, 0, 0])
    }
  })
})

describe('the shape for a number of leads', () => {
  it.each([
    [100_000, 20, 0],
    [10_000_000, 1000, 1_000_000],
    [100_000, 1000, 10_000],
    [10_000, 1, 0],
  ])('of %i over %i companies, %i of them of the first, comes within a few per cent', (leads, companies, big) => {
    const shape = shapeOf(leads, companies, big)
    expect(shape.companies).toBe(companies)
    expect(Math.abs(leadCount(shape) / leads - 1)).toBeLessThan(0.1)
    const first = shape.bigLeads * shape.cycles * KINDS
    expect(first).toBeGreaterThanOrEqual(big * 0.9)
    if (big > 0) expect(first).toBeLessThanOrEqual(big * 1.1)
  })

  it('is never empty, however few are asked for', () => {
    expect(leadCount(shapeOf(1, 3, 0))).toBe(3 * KINDS)
  })

  it('is told in words', () => {
    expect(describeShape({ companies: 20, bigLeads: 5, cycles: 2 })).toBe(
      '768 leads over 20 companies, the first with 160 leads',
    )
    expect(describeShape({ companies: 3, bigLeads: 1, cycles: 1 })).toBe('48 leads over 3 companies, equal in size')
  })
})

describe('a chunked answer', () => {
  const WIRE = Buffer.from('HEAD5;x=1\r\nab\r\nc\r\n10\r\n0123456789abcdef\r\n0\r\n\r\nNEXT')

  it('is put together, and ends where the next answer begins', () => {
    const read = readChunked(WIRE, 4)
    expect(read?.body.toString()).toBe('ab\r\nc0123456789abcdef')
    expect(WIRE.toString('latin1', read?.end)).toBe('NEXT')
  })

  it('is not there before its last byte', () => {
    for (let length = 4; length < WIRE.length - 4; length += 1)
      expect(readChunked(WIRE.subarray(0, length), 4)).toBeNull()
  })

  it('with something else where a size should be is an error', () => {
    expect(() => readChunked(Buffer.from('[{\r\n'), 0)).toThrow('size')
  })
})
