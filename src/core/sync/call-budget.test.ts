import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admit, type WindowLimit, type WindowState } from '../rate-windows.ts'
import { type CallCounts, type CallPurpose, gaugeCalls, leastIntervalSeconds, takeCall } from './call-budget.ts'

const START_MS = Date.parse('2026-03-01T09:00:00Z')
const HOUR: WindowLimit = { name: 'hour', seconds: 3600, limit: 10 }

const limitsArbitrary = fc
  .array(fc.record({ seconds: fc.integer({ min: 1, max: 300 }), limit: fc.integer({ min: 1, max: 12 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((limits) => limits.map((limit, index) => ({ ...limit, name: `w${index}` })))
const callsArbitrary = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.constantFrom(0, 1, 1000), fc.nat({ max: 5000 }), fc.nat({ max: 400_000 })),
    delayMs: fc.nat({ max: 1000 }),
    purpose: fc.constantFrom<CallPurpose>('pull', 'push'),
  }),
  { minLength: 1, maxLength: 200 },
)

/** Takes as many calls as there are at one moment. */
function takeAll(limits: readonly WindowLimit[], purpose: CallPurpose, nowMs: number, counts: CallCounts = {}) {
  let taken = 0
  for (;;) {
    const answer = takeCall(counts, limits, { purpose, nowMs })
    if (!answer.taken) return { taken, counts, refusal: answer }
    counts = JSON.parse(JSON.stringify(answer.counts)) as CallCounts
    taken += 1
  }
}

describe('takeCall', () => {
  it('never overruns an upstream, wherever its windows begin and however late a call arrives', () => {
    fc.assert(
      fc.property(limitsArbitrary, callsArbitrary, fc.nat({ max: 300_000 }), (limits, calls, offsetMs) => {
        // The upstream's windows run already, with nothing in them.
        let upstream: WindowState = Object.fromEntries(limits.map(({ name }) => [name, [START_MS - offsetMs, 0]]))
        let counts: CallCounts = {}
        let nowMs = START_MS
        let arrivedMs = START_MS
        for (const { gapMs, delayMs, purpose } of calls) {
          nowMs += gapMs
          const answer = takeCall(counts, limits, { purpose, nowMs })
          if (!answer.taken) continue
          counts = JSON.parse(JSON.stringify(answer.counts)) as CallCounts
          // Calls are made one after the other.
          arrivedMs = Math.max(arrivedMs, nowMs + delayMs)
          const admission = admit(upstream, limits, Math.min(arrivedMs, nowMs + 1000))
          expect(admission.admitted).toBe(true)
          if (admission.admitted) upstream = admission.state
        }
      }),
    )
  })

  it('lets a call through as soon as the wait that it named is over, and not before', () => {
    fc.assert(
      fc.property(limitsArbitrary, callsArbitrary, (limits, calls) => {
        let counts: CallCounts = {}
        let nowMs = START_MS
        for (const { gapMs, purpose } of calls) {
          nowMs += gapMs
          const answer = takeCall(counts, limits, { purpose, nowMs })
          if (answer.taken) counts = answer.counts
          else {
            const { retryAfterSeconds, window } = answer
            const roomMs = nowMs + retryAfterSeconds * 1000
            expect(takeCall(counts, [window], { purpose, nowMs: roomMs }).taken).toBe(true)
            if (retryAfterSeconds > 1) {
              expect(takeCall(counts, [window], { purpose, nowMs: roomMs - 1001 }).taken).toBe(false)
            }
          }
        }
      }),
    )
  })

  it('leaves a fifth of each window to pushes', () => {
    const pulls = takeAll([HOUR], 'pull', START_MS)
    expect(pulls.taken).toBe(8)
    const pushes = takeAll([HOUR], 'push', START_MS, pulls.counts)
    expect(pushes.taken).toBe(2)
    expect(pushes.refusal.window).toBe(HOUR)
    expect(gaugeCalls(pushes.counts, [HOUR], START_MS)).toEqual([
      { window: 'hour', seconds: 3600, limit: 10, reserve: 2, used: 10 },
    ])
  })

  it('uses the whole limit within a window and a half', () => {
    const first = takeAll([HOUR], 'push', START_MS)
    const later = takeAll([HOUR], 'push', START_MS + 1.1 * 3_600_000, first.counts)
    expect([first.taken, later.taken]).toEqual([10, 10])
  })

  it('names the window that stays full longest', () => {
    const day = { name: 'day', seconds: 86_400, limit: 10 }
    const { refusal } = takeAll([HOUR, day], 'push', START_MS)
    expect(refusal.window).toBe(day)
    expect(refusal.retryAfterSeconds).toBeGreaterThan(86_400)
    expect(refusal.retryAfterSeconds).toBeLessThan(86_400 * 1.1)
  })

  it('is open without limits, and after a clock that was far ahead', () => {
    expect(takeCall({}, [], { purpose: 'pull', nowMs: START_MS })).toEqual({ taken: true, counts: {} })
    const { counts } = takeAll([HOUR], 'push', START_MS + 10 * 3_600_000)
    expect(takeCall(counts, [HOUR], { purpose: 'pull', nowMs: START_MS }).taken).toBe(true)
  })

  it('keeps little', () => {
    let counts: CallCounts = {}
    const limits = [{ name: 'hour', seconds: 3600, limit: 500 }]
    for (let at = 0; at < 2000; at += 1) {
      const answer = takeCall(counts, limits, { purpose: 'push', nowMs: START_MS + at * 20_000 })
      if (answer.taken) counts = answer.counts
    }
    expect(counts['hour']?.length).toBeLessThan(65)
  })
})

describe('leastIntervalSeconds', () => {
  it('uses at most half of any window', () => {
    const limits = [
      { name: 'hour', seconds: 3600, limit: 500 },
      { name: 'month', seconds: 30 * 86_400, limit: 200_000 },
    ]
    expect(leastIntervalSeconds(limits, 1)).toBe(26)
    expect(leastIntervalSeconds(limits, 10)).toBe(260)
    expect(leastIntervalSeconds([], 1)).toBe(1)
  })
})
