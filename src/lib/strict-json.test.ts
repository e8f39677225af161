import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseStrictJson } from './strict-json.ts'

function faultOf(text: string) {
  const parsed = parseStrictJson(text)
  return parsed.ok ? undefined : parsed.fault
}

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth)
}

function jsonParse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** Short names of few letters, so that repeats and look-alikes by escape are common. */
const members = fc.array(fc.tuple(fc.constantFrom('a', 'b', '\\u0061', 'A', '', '\\"', ':', 'a:', '{'), fc.nat(9)), {
  maxLength: 5,
})

/** Texts made of JSON's own pieces: nearly JSON far more often than arbitrary characters are. */
const nearlyJson = fc
  .array(
    fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"b"', '"', '\\', '\\u', '0', '1', '-', '.5', 'e', 'E+2', '01'],
      ...['true', 'null', 'nul', ' ', '\n', '\t', '\u00a0', '\ufeff', '"\\u0061"', '"\\x"', '""', '\u0001'],
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''))

describe('what JSON.parse accepts', () => {
  test('every JSON value round-trips, compact and indented', () => {
    const values = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'))
    fc.assert(
      fc.property(values, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
      }),
    )
  })

  test('any text gives the value of JSON.parse, or a named refusal, or a refusal of both', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearlyJson), (text) => {
        const expected = jsonParse(text)
        const actual = parseStrictJson(text)
        if (actual.ok) {
          expect(expected).toEqual({ value: actual.value })
        } else if (expected !== undefined) {
          expect(['duplicate-key', 'forbidden-key', 'too-deep']).toContain(actual.fault.kind)
        }
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    [
      'the names constructor, prototype and toString',
      '{"constructor":1,"prototype":{},"toString":null,"hasOwnProperty":0}',
    ],
    ['one name in different objects', '[{"a":1},{"a":{"a":2}},{"b":[{"a":3}]}]'],
    ['names that differ in case or by a space', '{"a":1,"A":2,"a ":3}'],
    ['colons, brackets and escaped quotes within strings', '{"a\\":\\\\":"{[:\\"}","b":":"}'],
    ['numeric names, which objects reorder', '{"2":1,"1":2,"a":3}'],
    ['__proto__ as a value', '{"a":"__proto__"}'],
    ['scalars', '-1.5e3'],
    ['white space around', ' \r\n\t{ "a" : [ ] } \n'],
  ])('accepts %s', (_, text) => {
    expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })
})

describe('what JSON.parse lets pass', () => {
  test('an object is refused exactly when two of its names decode to the same text', () => {
    fc.assert(
      fc.property(members, fc.constantFrom('', '[', '{"outer":[0,'), (pairs, outer) => {
        const object = `{${pairs.map(([name, value]) => `"${name}":${value}`).join(', ')}}`
        const text = outer + object + { '': '', '[': ']', '{"outer":[0,': ']}' }[outer]
        const names = pairs.map(([name]) => (name === '\\u0061' ? 'a' : name.replace('\\', '')))
        const repeated = names.find((name, index) => names.indexOf(name) < index)
        expect(faultOf(text)).toEqual(repeated === undefined ? undefined : { kind: 'duplicate-key', key: repeated })
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['at the top', '{"__proto__":{"admin":true}}'],
    ['nested', '{"a":[{"b":1,"__proto__":null}]}'],
    ['spelled with escapes', '{"\\u005f_pro\\u0074o__":1}'],
    ['twice', '{"__proto__":1,"__proto__":2}'],
    ['below another one', '{"__proto__":{"__proto__":1}}'],
  ])('the name __proto__ is refused %s', (_, text) => {
    expect(faultOf(text)).toEqual({ kind: 'forbidden-key', key: '__proto__' })
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
  })

  test('a repeated name and __proto__ together are refused, the first in the text being named', () => {
    expect(faultOf('{"a":1,"a":2,"__proto__":3}')).toEqual({ kind: 'duplicate-key', key: 'a' })
    expect(faultOf('{"__proto__":3,"a":1,"a":2}')).toEqual({ kind: 'forbidden-key', key: '__proto__' })
  })

  test('32 levels are accepted and 33 are refused', () => {
    expect(parseStrictJson(nested(32)).ok).toBe(true)
    expect(faultOf(nested(33))).toEqual({ kind: 'too-deep', depthMax: 32 })
    expect(parseStrictJson(`${'{"a":'.repeat(32)}1${'}'.repeat(32)}`).ok).toBe(true)
    expect(faultOf(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`)).toEqual({ kind: 'too-deep', depthMax: 32 })
    expect(parseStrictJson(`[${Array(100).fill(nested(31)).join(',')}]`).ok).toBe(true)
    expect(parseStrictJson(JSON.stringify('['.repeat(100))).ok).toBe(true)
  })

  test('ten million brackets are refused without deep recursion', () => {
    expect(faultOf('['.repeat(10_000_000))).toEqual({ kind: 'too-deep', depthMax: 32 })
    expect(faultOf('{"a":'.repeat(2_000_000))).toEqual({ kind: 'too-deep', depthMax: 32 })
    expect(faultOf(']'.repeat(50) + '['.repeat(10_000_000))?.kind).not.toBe('empty')
  })
})

describe('what is no JSON', () => {
  test.each(['', ' ', '\r\n\t '])('a blank text is empty: %j', (text) => {
    expect(faultOf(text)).toEqual({ kind: 'empty' })
  })

  test.each([
    ['{"a":1', 'it ends too early'],
    ['{"a":"x', 'it ends too early'],
    ['"\\u00', 'it ends too early'],
    ['-', 'it ends too early'],
    ['"\\u004"', 'unexpected character " at line 1, column 7'],
    ['"\\u00g0"', 'unexpected character g at line 1, column 6'],
    ['"\\x"', 'unexpected character x at line 1, column 3'],
    ['1.e5', 'unexpected character e at line 1, column 3'],
    ['hello', 'unexpected character h at line 1, column 1'],
    ["{'a':1}", "unexpected character ' at line 1, column 2"],
    ['{"a":1,}', 'unexpected character } at line 1, column 8'],
    ['{\n  "city": "X"\n  "state": "Y"\n}', 'unexpected character " at line 3, column 3'],
    ['{"a":1}-u', 'unexpected character - at line 1, column 8'],
    ['{"a":01}', 'unexpected character 1 at line 1, column 7'],
    ['{"a":NaN}', 'unexpected character N at line 1, column 6'],
    ['{"a":"x\ny"}', 'unexpected character U+000A at line 1, column 8'],
    ['{\u00a0"a":1}', 'unexpected character U+00A0 at line 1, column 2'],
    ['\ufeff{}', 'unexpected character U+FEFF at line 1, column 1'],
    ['{"a":\ud800}', 'unexpected character U+D800 at line 1, column 6'],
    ['{"a":😀}', 'unexpected character 😀 at line 1, column 6'],
  ])('%j names the place and at most one character', (text, message) => {
    expect(faultOf(text)).toEqual({ kind: 'syntax', message })
  })

  test('a control character put anywhere inside valid JSON is found where it is', () => {
    const texts = fc.jsonValue().map((value) => JSON.stringify({ value }, null, 1))
    fc.assert(
      fc.property(
        texts.filter((text) => !text.includes('__proto__')),
        fc.nat(),
        (text, seed) => {
          const at = seed % text.length
          const lines = text.slice(0, at).split('\n')
          const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
          expect(faultOf(`${text.slice(0, at)}\u0001${text.slice(at)}`)).toEqual({
            kind: 'syntax',
            message: `unexpected character U+0001 at ${place}`,
          })
        },
      ),
    )
  })

  test('a text cut short anywhere inside its outer brackets ends too early', () => {
    const values = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'))
    fc.assert(
      fc.property(values, fc.nat(), (value, seed) => {
        const text = JSON.stringify([value])
        const cut = text.slice(0, 1 + (seed % (text.length - 1)))
        expect(faultOf(cut)).toEqual({ kind: 'syntax', message: 'it ends too early' })
      }),
    )
  })

  test('no message holds more of the text than one character', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearlyJson), (text) => {
        const fault = faultOf(text)
        if (fault?.kind !== 'syntax') return
        expect(fault.message).toMatch(/^(it ends too early|unexpected character \S{1,8} at line \d+, column \d+)$/u)
      }),
      { numRuns: 1000 },
    )
  })
})
