import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryAfterSeconds } from './retry-after.ts'

const NOW_MS = Date.parse('2026-03-01T09:00:00.500Z')

describe('retryAfterSeconds', () => {
  it('reads seconds, with blanks around them', () => {
    expect(retryAfterSeconds('300', NOW_MS)).toBe(300)
    expect(retryAfterSeconds(' 0 ', NOW_MS)).toBe(0)
  })

  it('reads an HTTP date and rounds up, so that nobody comes too early', () => {
    expect(retryAfterSeconds('Sun, 01 Mar 2026 09:00:02 GMT', NOW_MS)).toBe(2)
    expect(retryAfterSeconds('Sun, 01 Mar 2026 08:00:00 GMT', NOW_MS)).toBe(0)
  })

  it('takes nothing else', () => {
    const others = [
      undefined,
      '',
      '-1',
      '1.5',
      '1e3',
      'soon',
      '2026-03-01',
      '9'.repeat(10),
      'Sun, 99 Xyz 2026 09:00:02 GMT',
    ]
    for (const text of others) expect(retryAfterSeconds(text, NOW_MS), String(text)).toBeNull()
  })

  it('gives whole seconds or null for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seconds = retryAfterSeconds(text, NOW_MS)
        expect(seconds === null || (Number.isInteger(seconds) && seconds >= 0)).toBe(true)
      }),
    )
  })

  it('gives back the whole seconds to any date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        const startMs = Date.parse('2026-03-01T09:00:00Z')
        expect(retryAfterSeconds(new Date(startMs + seconds * 1000).toUTCString(), startMs)).toBe(seconds)
      }),
    )
  })
})
