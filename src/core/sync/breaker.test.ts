import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Breaker, breakerAfter, type UpstreamHealth, WELL } from './breaker.ts'

const NOW_MS = Date.parse('2026-03-01T09:00:00Z')
const now = { ms: NOW_MS, random: 1 }
const AWAY: UpstreamHealth = { kind: 'away', retryAfterSeconds: null }

/** How long the breaker stays open from now, in seconds. */
function openFor({ brokenUntilMs }: Breaker): number {
  return ((brokenUntilMs ?? NOW_MS) - NOW_MS) / 1000
}

function afterMany(times: number, health: UpstreamHealth): Breaker {
  let breaker = WELL
  for (let time = 0; time < times; time += 1) breaker = breakerAfter(breaker, health, now)
  return breaker
}

describe('breakerAfter', () => {
  it('opens for longer with each failure, and closes with one good answer', () => {
    expect([1, 2, 3, 4].map((times) => openFor(afterMany(times, AWAY)))).toEqual([5, 10, 20, 40])
    expect(openFor(afterMany(50, AWAY))).toBe(900)
    expect(breakerAfter(afterMany(50, AWAY), { kind: 'well' }, now)).toEqual(WELL)
  })

  it('waits as long as the upstream asks, and not less than by itself', () => {
    expect(openFor(afterMany(5, { kind: 'away', retryAfterSeconds: 0 }))).toBe(80)
    expect(openFor(afterMany(1, { kind: 'away', retryAfterSeconds: 120 }))).toBe(132)
  })

  it('asks seldom while the credentials are not taken', () => {
    expect(openFor(afterMany(1, { kind: 'unauthorised' }))).toBe(300)
    expect(openFor(afterMany(20, { kind: 'unauthorised' }))).toBe(6 * 3600)
  })

  it('is open for some time and a day at most, and counts every failure', () => {
    const healths = fc.oneof(
      fc.record({ kind: fc.constant('away' as const), retryAfterSeconds: fc.option(fc.nat({ max: 10 ** 9 })) }),
      fc.constant<UpstreamHealth>({ kind: 'unauthorised' }),
    )
    fc.assert(
      fc.property(fc.array(healths, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (list, random) => {
        let breaker = WELL
        for (const health of list) breaker = breakerAfter(breaker, health, { ms: NOW_MS, random })
        expect(breaker.failures).toBe(list.length)
        expect(openFor(breaker)).toBeGreaterThanOrEqual(2.5)
        expect(openFor(breaker)).toBeLessThanOrEqual(24 * 3600 + 30)
      }),
    )
  })
})
