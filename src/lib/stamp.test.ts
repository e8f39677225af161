import { describe, expect, it } from 'vitest'
import { makeStamp, readStamp } from './stamp.ts'

const ABOUT = { secret: Buffer.alloc(32, 7), purpose: 'form', subject: 'abc' }
const NOW = Date.parse('2026-03-10T12:00:00Z')

describe('a stamp', () => {
  it('tells its time, and is never the same twice', () => {
    const [one, two] = [makeStamp(ABOUT, NOW), makeStamp(ABOUT, NOW)]
    expect([readStamp(ABOUT, one), readStamp(ABOUT, two)]).toEqual([NOW, NOW])
    expect(one).not.toBe(two)
  })

  it('counts for nothing else, and cannot be changed', () => {
    const stamp = makeStamp(ABOUT, NOW)
    const others = [
      { ...ABOUT, secret: Buffer.alloc(32, 8) },
      { ...ABOUT, purpose: 'other' },
      { ...ABOUT, subject: 'abd' },
    ]
    for (const other of others) expect(readStamp(other, stamp)).toBeNull()
    const earlier = stamp.replace(String(NOW), String(NOW - 60_000))
    for (const text of ['', 'x', earlier, stamp.slice(1), `${stamp}A`, stamp.toUpperCase()]) {
      expect(readStamp(ABOUT, text)).toBeNull()
    }
  })
})
