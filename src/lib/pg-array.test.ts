import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainArray, textArray } from './pg-array.ts'

/** Reads a one-dimensional array literal by PostgreSQL's rules, written from its documentation. */
function readLiteral(literal: string): (string | null)[] {
  const elements: (string | null)[] = []
  let at = 1
  while (literal[at] !== '}') {
    if (literal[at] === ',') at += 1
    if (literal[at] === '"') {
      let text = ''
      for (at += 1; literal[at] !== '"'; at += 1) {
        if (literal[at] === '\\') at += 1
        text += literal[at]
      }
      at += 1
      elements.push(text)
    } else {
      let text = ''
      for (; literal[at] !== ',' && literal[at] !== '}'; at += 1) text += literal[at]
      elements.push(text === 'NULL' ? null : text)
    }
  }
  return elements
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^["\\{},NUL ]*$/),
  fc.constantFrom('NULL', 'null', '', ' ', '{}', '\\', '"', ','),
)

describe('textArray', () => {
  it('gives every text and null back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.option(anyText)), (texts) => {
        expect(readLiteral(textArray(texts))).toEqual(texts)
      }),
    )
  })
})

describe('plainArray', () => {
  it('gives every number, flag, date and null back as its text', () => {
    const plain = fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.constantFrom('2026-03-01', '2026-03-01T10:00:00.000Z', '12.50'),
    )
    fc.assert(
      fc.property(fc.array(fc.option(plain)), (values) => {
        expect(readLiteral(plainArray(values))).toEqual(values.map((value) => (value === null ? null : String(value))))
      }),
    )
  })
})
