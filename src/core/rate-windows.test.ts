import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Admission, admit, gauge, parseLimits, type WindowLimit, type WindowState } from './rate-windows.ts'

/** What is left to wait in a limit's full window, worked out anew from the whole history of admitted calls. */
function waitMs(limit: WindowLimit, admittedAt: readonly number[], nowMs: number): number {
  let startMs = Number.NEGATIVE_INFINITY
  let count = 0
  for (const callMs of admittedAt) {
    if (callMs >= startMs + limit.seconds * 1000) {
      startMs = callMs
      count = 0
    }
    count += 1
  }
  const endMs = startMs + limit.seconds * 1000
  return nowMs < endMs && count >= limit.limit ? endMs - nowMs : 0
}

const limitsArbitrary = fc
  .array(
    fc.record({
      seconds: fc.oneof(fc.constantFrom(1, 2, 5), fc.integer({ min: 1, max: 60 })),
      limit: fc.integer({ min: 1, max: 6 }),
    }),
    {
      maxLength: 4,
    },
  )
  .map((limits) => limits.map((limit, index) => ({ ...limit, name: `w${index}` })))
const gapsArbitrary = fc.array(
  fc.oneof(fc.constantFrom(0, 1, 999, 1000, 1001, 2000, 5000), fc.nat({ max: 5000 }), fc.nat({ max: 90_000 })),
  { minLength: 1, maxLength: 60 },
)
const START_MS = Date.parse('2026-03-01T09:00:00Z')

/** Plays calls after the given gaps; shows each one's time, the state before it, its answer and the history. */
function play(
  limits: readonly WindowLimit[],
  gaps: readonly number[],
  look: (call: { nowMs: number; before: WindowState; answer: Admission; history: readonly number[] }) => void,
): void {
  let nowMs = START_MS
  let state: WindowState = {}
  const history: number[] = []
  for (const gap of gaps) {
    nowMs += gap
    const before = Object.freeze(state)
    const answer = admit(before, limits, nowMs)
    look({ nowMs, before, answer, history })
    if (!answer.admitted) continue
    // A restart reads the state back from the store.
    state = JSON.parse(JSON.stringify(answer.state)) as WindowState
    history.push(nowMs)
  }
}

describe('admit', () => {
  it('admits exactly the calls that a count over the whole history admits', () => {
    fc.assert(
      fc.property(limitsArbitrary, gapsArbitrary, (limits, gaps) => {
        play(limits, gaps, ({ nowMs, answer, history }) => {
          const waits = limits.map((limit) => waitMs(limit, history, nowMs))
          const longestMs = Math.max(0, ...waits)
          expect(answer.admitted).toBe(longestMs === 0)
          if (answer.admitted) return
          expect(answer.retryAfterSeconds).toBe(Math.ceil(longestMs / 1000))
          expect(waitMs(answer.window, history, nowMs)).toBe(longestMs)
        })
      }),
      { numRuns: 500 },
    )
  })

  it('admits the next call after the stated wait, and not a second earlier', () => {
    fc.assert(
      fc.property(limitsArbitrary, gapsArbitrary, (limits, gaps) => {
        play(limits, gaps, ({ nowMs, before, answer }) => {
          if (answer.admitted) return
          const afterMs = nowMs + answer.retryAfterSeconds * 1000
          expect(admit(before, limits, afterMs).admitted).toBe(true)
          expect(admit(before, limits, afterMs - 1000).admitted).toBe(false)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('lets a window start with its first call and end by itself to the millisecond', () => {
    const limits: WindowLimit[] = [{ name: 'hour', seconds: 3600, limit: 2 }]
    const answers: boolean[] = []
    const hourMs = 3_600_000
    // The fourth call comes as the window ends and starts the next one, which the fifth one fills.
    play(limits, [0, hourMs - 2, 1, 1, 1, 1], ({ answer }) => answers.push(answer.admitted))
    expect(answers).toEqual([true, true, false, true, true, false])
  })

  it('names the window that stays full longest', () => {
    const limits: WindowLimit[] = [
      { name: 'hour', seconds: 3600, limit: 1 },
      { name: 'week', seconds: 604_800, limit: 1 },
      { name: 'day', seconds: 86_400, limit: 1 },
    ]
    const first = admit({}, limits, START_MS)
    if (!first.admitted) throw new Error('the first call is admitted')
    const second = admit(first.state, limits, START_MS + 500)
    expect(second).toEqual({ admitted: false, window: limits[1], retryAfterSeconds: 604_800 })
  })

  it('admits every call when there are no limits', () => {
    expect(admit({}, [], START_MS)).toEqual({ admitted: true, state: {} })
  })

  it('counts a call into the running window when its clock reads a little before the start of that window', () => {
    // Two callers take their time, then wait for the same lock, and the later one gets it first.
    const limits: WindowLimit[] = [{ name: 'hour', seconds: 3600, limit: 1 }]
    const first = admit({}, limits, START_MS + 1)
    if (!first.admitted) throw new Error('the first call is admitted')
    expect(admit(first.state, limits, START_MS).admitted).toBe(false)
  })

  it('does not stay shut for years when a clock that ran far ahead is put right', () => {
    const limits: WindowLimit[] = [{ name: 'hour', seconds: 3600, limit: 1 }]
    const ahead = START_MS + 5 * 365 * 86_400_000
    expect(admit({ hour: [ahead, 1] }, limits, START_MS).admitted).toBe(true)
  })
})

describe('parseLimits', () => {
  it('reads the four windows of ConstructionOnline', () => {
    expect(parseLimits('hour:500,day:10000,week:50000,month:200000')).toEqual([
      { name: 'hour', seconds: 3600, limit: 500 },
      { name: 'day', seconds: 86_400, limit: 10_000 },
      { name: 'week', seconds: 604_800, limit: 50_000 },
      { name: 'month', seconds: 2_592_000, limit: 200_000 },
    ])
  })

  it('reads lengths in minutes, hours and days', () => {
    expect(parseLimits('5m:3000, 2h:7 ,3d:9')).toEqual([
      { name: '5m', seconds: 300, limit: 3000 },
      { name: '2h', seconds: 7200, limit: 7 },
      { name: '3d', seconds: 259_200, limit: 9 },
    ])
  })

  it('reads off as no limits', () => {
    expect(parseLimits('off')).toEqual([])
    expect(parseLimits(' off ')).toEqual([])
  })

  it.each([
    '',
    ' ',
    ',',
    'hour',
    'hour:',
    ':5',
    'hour:0',
    'hour:-1',
    'hour:1.5',
    'hour:1e3',
    'hour:five',
    'hour=5',
    'year:5',
    'hours:5',
    '5s:5',
    '0m:5',
    'm:5',
    '-5m:5',
    '5m:',
    'hour:5,',
    'hour:5,,day:6',
    'hour:5,hour:6',
    'hour:5,off',
    'OFF',
    '9999999d:5',
    'hour:9999999999999',
  ])('refuses %j', (text) => {
    expect(parseLimits(text)).toBeNull()
  })

  it.each(['hour:5:9', 'hour:5:', '5m:1:day:2'])('refuses %j: a part with more than one colon', (text) => {
    expect(parseLimits(text)).toBeNull()
  })

  it.each(['constructor:5', 'toString:5', 'valueOf:5', '__proto__:5', 'hasOwnProperty:5'])(
    'refuses %j: a name that every object inherits is no window',
    (text) => {
      expect(parseLimits(text)).toBeNull()
    },
  )
})

describe('gauge', () => {
  const limits = [
    { name: 'hour', seconds: 3600, limit: 3 },
    { name: 'day', seconds: 86_400, limit: 10 },
  ]

  it('shows what admit counted, until each window is over', () => {
    let state: WindowState = {}
    for (const at of [1000, 2000, 3000]) {
      const admission = admit(state, limits, at)
      if (admission.admitted) state = admission.state
    }
    const used = (nowMs: number) => gauge(state, limits, nowMs).map((one) => [one.window, one.used, one.endsAtMs])
    expect(used(3000)).toEqual([
      ['hour', 3, 3_601_000],
      ['day', 3, 86_401_000],
    ])
    expect(used(3_600_999)).toEqual(used(3000))
    expect(used(3_601_000)).toEqual([
      ['hour', 0, null],
      ['day', 3, 86_401_000],
    ])
    expect(gauge({}, [], 0)).toEqual([])
  })

  it('leaves out what a setting of before counted', () => {
    expect(gauge({ month: [0, 7] }, limits, 5)).toEqual([
      { window: 'hour', seconds: 3600, limit: 3, used: 0, endsAtMs: null },
      { window: 'day', seconds: 86_400, limit: 10, used: 0, endsAtMs: null },
    ])
  })
})
