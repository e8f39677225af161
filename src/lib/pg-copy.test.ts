import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyJson, copyPlain, copyText } from './pg-copy.ts'

const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Reads one line of COPY's text format by PostgreSQL's rules, written from its documentation. */
function readLine(line: string): (string | null)[] {
  return line.split('\t').map((column) => {
    if (column === '\\N') return null
    let text = ''
    for (let at = 0; at < column.length; at += 1) {
      const escaped = column[at] === '\\'
      if (escaped) at += 1
      const letter = column[at] ?? ''
      text += escaped ? (LETTERS[letter] ?? letter) : letter
    }
    return text
  })
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[\\\t\n\rNntrbfvx.01]*$/),
  fc.constantFrom('\\N', '\\.', '', ' ', '\\', '\\\\', '\t', '\n', '\r\n', '\\n', '\\x41', '\\101'),
)

describe('copyText', () => {
  it('gives every text and null back as it was, on one line', () => {
    fc.assert(
      fc.property(fc.array(fc.option(anyText), { minLength: 1 }), (texts) => {
        const line = texts.map(copyText).join('\t')
        expect(line).not.toMatch(/[\n\r]/)
        expect(readLine(line)).toEqual(texts)
      }),
    )
  })

  it.each([
    [null, '\\N'],
    ['', ''],
    ['\\N', '\\\\N'],
    ['\\.', '\\\\.'],
    ['a\tb\nc\rd\\e', 'a\\tb\\nc\\rd\\\\e'],
    ['12" “pipe”', '12" “pipe”'],
  ])('writes %j as %j', (value, written) => {
    expect(copyText(value)).toBe(written)
  })
})

describe('copyPlain', () => {
  it('gives every number, flag, date and null back as its text', () => {
    const plain = fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.constantFrom('2026-03-01', '2026-03-01T10:00:00.000Z', '12.50'),
    )
    fc.assert(
      fc.property(fc.array(fc.option(plain), { minLength: 1 }), (values) => {
        const texts = values.map((value) => (value === null ? null : String(value)))
        expect(readLine(values.map(copyPlain).join('\t'))).toEqual(texts)
      }),
    )
  })
})

describe('copyJson', () => {
  it('gives every structure back as JSON reads it, on one line', () => {
    const structure = fc.oneof(fc.jsonValue(), fc.dictionary(anyText, anyText), fc.array(anyText))
    fc.assert(
      fc.property(structure, (value) => {
        const line = copyJson(value)
        expect(line).not.toMatch(/[\t\n\r]/)
        const [text] = readLine(line)
        expect(text === null ? null : JSON.parse(text ?? '')).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('writes null as no value, not as the null of JSON', () => {
    expect(copyJson(null)).toBe('\\N')
  })
})
