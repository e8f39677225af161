import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askedWaitMs, backOffMs } from './back-off.ts'

const BACK_OFF = { firstMs: 1000, mostMs: 60_000 }
const randoms = fc.double({ min: 0, max: 1, noNaN: true })

describe('backOffMs', () => {
  it('doubles from the first wait to the most', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((failures) => backOffMs(failures, BACK_OFF, 1))
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
  })

  it('is at least half of the whole wait and at most all of it, however many failures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), randoms, (failures, random) => {
        const waitMs = backOffMs(failures, BACK_OFF, random)
        const wholeMs = backOffMs(failures, BACK_OFF, 1)
        expect(waitMs).toBeGreaterThanOrEqual(wholeMs / 2)
        expect(waitMs).toBeLessThanOrEqual(wholeMs)
        expect(wholeMs).toBeLessThanOrEqual(BACK_OFF.mostMs)
      }),
    )
  })

  it('never shrinks with one failure more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), randoms, (failures, random) => {
        expect(backOffMs(failures + 1, BACK_OFF, random)).toBeGreaterThanOrEqual(backOffMs(failures, BACK_OFF, random))
      }),
    )
  })
})

describe('askedWaitMs', () => {
  it('is never shorter than asked, and hardly longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 * 3600 }), randoms, (seconds, random) => {
        const waitMs = askedWaitMs(seconds, random)
        expect(waitMs).toBeGreaterThanOrEqual(seconds * 1000)
        expect(waitMs).toBeLessThanOrEqual(seconds * 1100 + 1)
      }),
    )
  })

  it('waits a second where none is asked, and a day at most', () => {
    expect(askedWaitMs(0, 0)).toBe(1000)
    expect(askedWaitMs(10 ** 9, 0)).toBe(24 * 3_600_000)
  })
})
