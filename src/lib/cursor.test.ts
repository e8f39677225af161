import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from './cursor.ts'

const key = fc.array(fc.oneof(fc.string({ maxLength: 20 }), fc.integer()), { minLength: 1, maxLength: 3 })
const filters = fc.record({ status: fc.option(fc.string({ maxLength: 8 })), action: fc.string({ maxLength: 8 }) })

describe('cursors', () => {
  it('give back the key under the same filters, in characters that a URL does not change', () => {
    fc.assert(
      fc.property(filters, key, (filter, place) => {
        const text = encodeCursor(filter, place)
        expect(encodeURIComponent(text)).toBe(text)
        expect(decodeCursor(filter, text)).toEqual(place)
      }),
    )
  })

  it('are refused under other filters', () => {
    expect(decodeCursor({ action: 'NONE' }, encodeCursor({ action: 'DECLINED' }, [7]))).toBeNull()
  })

  it('never throw for any text, and refuse what they did not make', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(decodeCursor({}, text)).toBeNull()
      }),
    )
    const foreign = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const value of [null, 5, {}, [], ['x'], ['x', 5]]) expect(decodeCursor({}, foreign(value))).toBeNull()
  })

  it('refuse a key of any other kind than texts and numbers', () => {
    const parts = JSON.parse(Buffer.from(encodeCursor({}, [1]), 'base64url').toString()) as unknown[]
    const forged = Buffer.from(JSON.stringify([parts[0], { $gt: 1 }])).toString('base64url')
    expect(decodeCursor({}, forged)).toBeNull()
  })
})
