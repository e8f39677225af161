import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonArrayFault, JsonArrayReader } from './json-array.ts'

/** Reads the text in pieces of the given lengths, the rest at the end; the elements parsed, or the first fault. */
function read(text: string, lengths: readonly number[] = [], lengthMax = 10_000): unknown[] | JsonArrayFault {
  const reader = new JsonArrayReader(lengthMax)
  const values: unknown[] = []
  let at = 0
  for (const length of [...lengths, text.length]) {
    const piece = reader.push(text.slice(at, at + length))
    if (!piece.ok) return piece.fault
    for (const item of piece.value) values.push(JSON.parse(item))
    at += length
  }
  return reader.end() ?? values
}

const lengthsArbitrary = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 200 })
const itemsArbitrary = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 8 })

describe('JsonArrayReader', () => {
  it('gives what JSON.parse gives, however the text is cut into pieces', () => {
    fc.assert(
      fc.property(itemsArbitrary, lengthsArbitrary, fc.constantFrom(0, 2), (items, lengths, indent) => {
        const text = ` ${JSON.stringify(items, null, indent)}\r\n`
        expect(read(text, lengths)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('is not content with a part of an array', () => {
    fc.assert(
      fc.property(itemsArbitrary, fc.nat(), lengthsArbitrary, (items, cut, lengths) => {
        const text = JSON.stringify(items)
        const part = text.slice(0, cut % text.length)
        expect(['broken', 'not-an-array']).toContain(read(part, lengths))
      }),
    )
  })

  it('takes nothing for an array that JSON.parse does not', () => {
    const pieces = fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', '1', 'null', '"a"', ' ')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), lengthsArbitrary, (parts, lengths) => {
        const text = parts.join('')
        let found: unknown
        try {
          found = read(text, lengths)
        } catch {
          return
        }
        if (Array.isArray(found)) expect(found).toEqual(JSON.parse(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('names what is wrong', () => {
    expect(read('{"a":1}')).toBe('not-an-array')
    expect(read('<html>')).toBe('not-an-array')
    expect(read('')).toBe('not-an-array')
    for (const text of ['[1,]', '[,1]', '[,]', '[1] 2', '[1]]', '[1', '["a]']) expect(read(text), text).toBe('broken')
    expect(read(`[${'['.repeat(33)}`)).toBe('too-deep')
    expect(read(`[1,"${'x'.repeat(100)}"]`, [], 100)).toBe('too-long')
    expect(read(`["${'x'.repeat(100)}`, [50, 50], 100)).toBe('too-long')
  })

  it('gives nothing after a fault', () => {
    const reader = new JsonArrayReader(10)
    expect(reader.push('x').ok).toBe(false)
    expect(reader.push('[1]').ok).toBe(false)
    expect(reader.end()).toBe('broken')
  })
})
