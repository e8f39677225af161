import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBody } from './decode-body.ts'

const FORM_TYPE = 'application/x-www-form-urlencoded'
const CONTENT_TYPES = [
  undefined,
  '',
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/json; charset=utf-32',
  'application/json; charset=ISO-8859-1',
  'text/plain;charset=UTF-8',
  FORM_TYPE,
]

function utf16(text: string, littleEndian: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return littleEndian ? bytes : bytes.swap16()
}

function utf32(text: string, littleEndian: boolean): Buffer {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0)
  return utf32OfPoints(points, littleEndian)
}

function utf32OfPoints(points: number[], littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(points.length * 4)
  points.forEach((point, index) => {
    if (littleEndian) bytes.writeUInt32LE(point, index * 4)
    else bytes.writeUInt32BE(point, index * 4)
  })
  return bytes
}

/** The encoded text, without a byte order mark; with one it is the same with U+FEFF in front. */
const ENCODINGS: Record<string, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text, 'utf8'),
  'UTF-16 LE': (text) => utf16(text, true),
  'UTF-16 BE': (text) => utf16(text, false),
  'UTF-32 LE': (text) => utf32(text, true),
  'UTF-32 BE': (text) => utf32(text, false),
}
const ENCODING_NAMES = Object.keys(ENCODINGS)

function encode(encoding: string, text: string, mark: boolean): Buffer {
  const bytes = ENCODINGS[encoding]?.(mark ? `\ufeff${text}` : text)
  if (bytes === undefined) throw new Error(`no encoder for ${encoding}`)
  return bytes
}

const utf8 = (text: string) => Buffer.from(text, 'utf8')
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex')
const json = (value: unknown) => ({ kind: 'json', value })
const fault = (message: string) => ({ kind: 'fault', message })
const form = (fields: Record<string, string>) => ({
  kind: 'form',
  fields: Object.assign(Object.create(null), fields),
})
const decode = (bytes: Buffer, contentType?: string) => decodeBody(bytes, contentType)

const text = fc.string({ unit: 'grapheme' })
const contentType = fc.constantFrom(...CONTENT_TYPES)
const jsonObject = fc
  .dictionary(text, fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 2 }))
  .map((value) => JSON.stringify(value))
  .filter((serialised) => !serialised.includes('__proto__'))
const surrounded = fc
  .tuple(fc.constantFrom('', ' ', '\n', '\r\n\t '), jsonObject, fc.constantFrom('', '\r\n'))
  .map((pieces) => pieces.join(''))
const properties = fc.dictionary(fc.stringMatching(/^[A-Z_]{1,12}$/), text, { minKeys: 1, noNullPrototype: true })

describe('the documented sample clients', () => {
  const LEAD = { LEAD_QUALITY: '3', LEAD_VALUE: '40000' }
  // The line breaks are those of the printed payload example.
  const PRINTED = '{\n\n"LEAD_QUALITY" : "3",\n"LEAD_VALUE" : "40000"\n\n}'

  test('curl -d: JSON under the form type', () => {
    expect(decode(utf8('{"LEAD_QUALITY":"3","LEAD_VALUE":"40000"}'), FORM_TYPE)).toEqual(json(LEAD))
    expect(decode(utf8(PRINTED), FORM_TYPE)).toEqual(json(LEAD))
    // A value may look like a form; a name of the documented set may not start with a brace.
    expect(decode(utf8('{"LEAD_NOTES":"a=1&b=2+%"}'), FORM_TYPE)).toEqual(json({ LEAD_NOTES: 'a=1&b=2+%' }))
  })

  test('curl exactly as misprinted, with -u glued to the data, is refused by place', () => {
    expect(decode(utf8('{"LEAD_QUALITY":"3"}-u'), FORM_TYPE)).toEqual(
      fault('The body is not valid JSON: unexpected character - at line 1, column 21.'),
    )
  })

  test('Python requests with a JSON text: UTF-8 without a type', () => {
    expect(decode(utf8(PRINTED))).toEqual(json(LEAD))
    expect(decode(utf8('{"FIRSTNAME":"Zoë 李 😀"}'))).toEqual(json({ FIRSTNAME: 'Zoë 李 😀' }))
  })

  test('Python requests on urllib3 1.x: ISO-8859-1 without a type', () => {
    const bytes = hex('7b 22 46 22 3a 22 5a 6f eb 20 80 22 7d')
    expect(decode(bytes)).toEqual(json({ F: 'Zo\u00eb \u0080' }))
  })

  test('Python requests with a dict: real form fields', () => {
    expect(decode(utf8('LEAD_QUALITY=3&LEAD_VALUE=40000'), FORM_TYPE)).toEqual(form(LEAD))
    // What requests makes of {'FIRSTNAME': 'Zoë & Co', 'LEAD_NOTES': '50% + 2 = ?\n'}.
    expect(decode(utf8('FIRSTNAME=Zo%C3%AB+%26+Co&LEAD_NOTES=50%25+%2B+2+%3D+%3F%0A'), FORM_TYPE)).toEqual(
      form({ FIRSTNAME: 'Zoë & Co', LEAD_NOTES: '50% + 2 = ?\n' }),
    )
  })

  test('C# StringContent with Encoding.UTF32: little-endian without a mark, astral characters included', () => {
    const bytes = hex(
      '7b000000 22000000 4e000000 22000000 3a000000 22000000 eb000000 4e670000 00f60100 22000000 7d000000',
    )
    expect(decode(bytes, 'application/json; charset=utf-32')).toEqual(json({ N: 'ë李😀' }))
    expect(decode(utf32(PRINTED, true), 'application/json; charset=utf-32')).toEqual(json(LEAD))
  })

  test('JavaScript fetch with the body left empty', () => {
    expect(decode(Buffer.alloc(0), 'text/plain;charset=UTF-8')).toEqual({ kind: 'empty' })
  })
})

describe('encodings', () => {
  test('any JSON object comes back from every encoding, with and without a mark, under any Content-Type', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENCODING_NAMES),
        fc.boolean(),
        surrounded,
        contentType,
        (name, mark, body, type) => {
          expect(decode(encode(name, body, mark), type)).toEqual(json(JSON.parse(body)))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('any form comes back from every encoding, with and without a mark, under any Content-Type', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENCODING_NAMES),
        fc.boolean(),
        properties,
        contentType,
        (name, mark, fields, type) => {
          const body = new URLSearchParams(fields).toString()
          expect(decode(encode(name, body, mark), type)).toEqual(form(fields))
        },
      ),
    )
  })

  test.each(ENCODING_NAMES)('nothing, a mark and white space are empty in %s', (name) => {
    for (const body of ['', ' ', '\r\n', '\t  \n']) {
      expect(decode(encode(name, body, false))).toEqual({ kind: 'empty' })
      expect(decode(encode(name, body, true))).toEqual({ kind: 'empty' })
    }
  })

  test('the body given is not changed by decoding, and may lie at an odd offset of its memory', () => {
    for (const name of ENCODING_NAMES) {
      const bytes = encode(name, '{"a":"é😀"}', true)
      const shifted = Buffer.concat([Buffer.from('x'), bytes]).subarray(1)
      expect(decode(shifted)).toEqual(json({ a: 'é😀' }))
      expect(shifted).toEqual(bytes)
    }
  })

  test('text that is not UTF-8 is ISO-8859-1 byte for byte', () => {
    const bytes = Array.from({ length: 0x60 }, (_, index) => 0xa0 + index)
    const all = [...bytes, ...Array.from({ length: 0x20 }, (_, index) => 0x80 + index)]
    const body = Buffer.concat([utf8('{"a":"'), Buffer.from(all), utf8('"}')])
    for (const type of CONTENT_TYPES) expect(decode(body, type)).toEqual(json({ a: String.fromCharCode(...all) }))
  })

  test('Windows-1252 is believed when declared, and only for text that is not UTF-8', () => {
    const body = hex('7b 22 61 22 3a 22 80 20 92 22 7d')
    expect(decode(body, 'application/json; charset="Windows-1252"')).toEqual(json({ a: '€ ’' }))
    expect(decode(body, 'application/json; charset=iso-8859-1')).toEqual(json({ a: '\u0080 \u0092' }))
    expect(decode(utf8('{"a":"€"}'), 'application/json; charset=windows-1252')).toEqual(json({ a: '€' }))
  })

  test.each([
    ['UTF-16 LE cut inside a unit', hex('7b00 7d'), 'The body ends inside a UTF-16 character.'],
    ['UTF-16 BE cut inside a unit', hex('007b 00'), 'The body ends inside a UTF-16 character.'],
    ['UTF-16 BE with a mark, cut inside a unit', hex('feff 00'), 'The body ends inside a UTF-16 character.'],
    ['UTF-16 cut inside a pair', hex('2200 3dd8'), 'The body is not valid UTF-16.'],
    ['UTF-32 LE cut inside a unit', hex('7b000000 7d0000'), 'The body ends inside a UTF-32 character.'],
    ['UTF-32 BE cut inside a unit', hex('0000007b 0000'), 'The body ends inside a UTF-32 character.'],
    ['UTF-32 with a surrogate', utf32OfPoints([0x22, 0xd83d, 0xde00, 0x22], true), 'The body is not valid UTF-32.'],
    ['UTF-32 over 10FFFF', utf32OfPoints([0x22, 0x110000, 0x22], false), 'The body is not valid UTF-32.'],
    ['UTF-32 with the highest bit', utf32OfPoints([0x22, 0x80000041, 0x22], true), 'The body is not valid UTF-32.'],
    ['a UTF-8 mark before other bytes', hex('efbbbf 22 ff 22'), 'The body is not valid UTF-8.'],
    ['NUL in UTF-8 JSON', utf8('{"a":\0 1}'), 'The body contains a NUL character.'],
    ['NUL in a form', utf8('LEAD_NOTES=a\0b'), 'The body contains a NUL character.'],
    ['NUL in UTF-16', utf16('{"a":"\0"}', true), 'The body contains a NUL character.'],
    ['NUL in UTF-32', utf32('{"a":"\0"}', true), 'The body contains a NUL character.'],
    ['only NULs', Buffer.alloc(8), 'The body contains a NUL character.'],
    ['one NUL', Buffer.alloc(1), 'The body contains a NUL character.'],
  ])('%s is refused', (_, bytes, message) => {
    expect(decode(bytes, 'application/json')).toEqual(fault(message))
  })

  test('the highest and the lowest astral character pass UTF-32', () => {
    const bytes = utf32OfPoints([0x22, 0x10000, 0x10ffff, 0xffff, 0xe000, 0x22], true)
    expect(decode(bytes)).toEqual(json('\u{10000}\u{10ffff}\uffff\ue000'))
  })
})

describe('JSON', () => {
  test.each([
    ['[1,2]', [1, 2]],
    ['"x=1"', 'x=1'],
    ['12', 12],
    ['-1', -1],
    ['true', true],
    ['null', null],
  ])('%s is JSON whatever the Content-Type', (body, value) => {
    for (const type of CONTENT_TYPES) expect(decode(utf8(body), type)).toEqual(json(value))
  })

  test.each([
    ['{"a":1', 'The body is not valid JSON: it ends too early.'],
    ['{\n"a":1,\n}', 'The body is not valid JSON: unexpected character } at line 3, column 1.'],
    ['\n\n{a:1}', 'The body is not valid JSON: unexpected character a at line 3, column 2.'],
    ['hello', 'The body is not valid JSON: unexpected character h at line 1, column 1.'],
    ['1=2', 'The body is not valid JSON: unexpected character = at line 1, column 2.'],
    ['{"a":1,"\\u0061":2}', 'The body has the property "a" twice.'],
    ['{"a":{"__proto__":1}}', 'The body has the property "__proto__", which is not allowed.'],
    ['['.repeat(1000), 'The body is nested more than 32 levels deep.'],
  ])('%j is refused with one plain sentence', (body, message) => {
    expect(decode(utf8(body), FORM_TYPE)).toEqual(fault(message))
  })

  test('a long name is cut in the message, never within a character', () => {
    const name = '😀'.repeat(1000)
    expect(decode(utf8(`{"${name}":1,"${name}":2}`))).toEqual(
      fault(`The body has the property "${'😀'.repeat(60)}…" twice.`),
    )
    const limit = 'x'.repeat(60)
    expect(decode(utf8(`${limit}=1&${limit}=2`))).toEqual(fault(`The body has the property "${limit}" twice.`))
  })
})

describe('form fields', () => {
  test.each([
    ['A=1\n', { A: '1' }],
    [' \r\nA=+1+', { A: ' 1 ' }],
    ['A=', { A: '' }],
    ['A=1&&B=2&', { A: '1', B: '2' }],
    ['A=1&B', { A: '1', B: '' }],
    ['A=b=c==', { A: 'b=c==' }],
    ['_a%5F+b=1', { '_a_ b': '1' }],
    ['A=Zo%C3%AB&B=Zo%EB&C=Zo%80', { A: 'Zoë', B: 'Zoë', C: 'Zo\u0080' }],
    ['A={"B":1}', { A: '{"B":1}' }],
    ['constructor=1&toString=2&hasOwnProperty=3', { constructor: '1', toString: '2', hasOwnProperty: '3' }],
  ])('%j is read by the rules of the form encoding', (body, fields) => {
    for (const type of CONTENT_TYPES) expect(decode(utf8(body), type)).toEqual(form(fields))
  })

  test('raw characters of a form in ISO-8859-1 or UTF-8 are kept', () => {
    expect(decode(utf8('A=Zoë'), FORM_TYPE)).toEqual(form({ A: 'Zoë' }))
    expect(decode(latin1('A=Zoë'), FORM_TYPE)).toEqual(form({ A: 'Zoë' }))
  })

  test.each([
    ['A=1&A=1', 'The body has the property "A" twice.'],
    ['A=1&%41=2', 'The body has the property "A" twice.'],
    ['A=1&A', 'The body has the property "A" twice.'],
    ['__proto__=1', 'The body has the property "__proto__", which is not allowed.'],
    ['A=1&%5F_proto__=1', 'The body has the property "__proto__", which is not allowed.'],
    ['A=50%', 'The form field "A" has a broken % escape.'],
    ['A=1&B=%4', 'The form field "B" has a broken % escape.'],
    ['A=1&B=%C3%G1', 'The form field "B" has a broken % escape.'],
    ['A=1&B%=1', 'The form field "B%" has a broken % escape.'],
  ])('%j is refused', (body, message) => {
    expect(decode(utf8(body), FORM_TYPE)).toEqual(fault(message))
  })

  test('the fields have no prototype', () => {
    const decoded = decode(utf8('A=1'))
    expect(decoded.kind === 'form' && Object.getPrototypeOf(decoded.fields)).toBe(null)
  })
})

describe('damaged bodies', () => {
  const KINDS = ['empty', 'json', 'form', 'fault']

  test('an object cut short anywhere is refused, or empty when nothing but the mark is left', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENCODING_NAMES), fc.boolean(), jsonObject, (name, mark, body) => {
        const bytes = encode(name, body, mark)
        const start = mark ? encode(name, '', true).length : 0
        expect(decode(bytes.subarray(0, start)).kind).toBe('empty')
        for (let length = start + 1; length < bytes.length; length += 1) {
          expect(decode(bytes.subarray(0, length)).kind).toBe('fault')
        }
      }),
    )
  })

  test('a byte order mark cut short is never taken for JSON or a form', () => {
    for (const name of ENCODING_NAMES) {
      const mark = encode(name, '', true)
      for (let length = 1; length < mark.length; length += 1) {
        expect(decode(mark.subarray(0, length)).kind).toMatch(/^(fault|empty)$/)
      }
    }
  })

  test('large hostile bodies are answered in linear time', () => {
    const million = 1_000_000
    expect(decode(utf8(`{${' '.repeat(million)}x`)).kind).toBe('fault')
    expect(decode(utf8(`${' '.repeat(million)}{}${' '.repeat(million)}`))).toEqual(json({}))
    expect(decode(utf8('A'.repeat(million))).kind).toBe('fault')
    expect(decode(utf8(`A=${'&'.repeat(million)}`))).toEqual(form({ A: '' }))
    expect(decode(utf8(`A=${'%E9'.repeat(100_000)}`))).toEqual(form({ A: 'é'.repeat(100_000) }))
    expect(decode(utf32(`"${'😀'.repeat(100_000)}"`, false))).toEqual(json('😀'.repeat(100_000)))
  })

  test('random bytes never throw and faults are one sentence', () => {
    const wide = fc.array(fc.constantFrom(0, 0x22, 0x3d, 0x41, 0x7b, 0x7d, 0xd8, 0xdc, 0xfe, 0xff, 0xef, 0xbb, 0xbf), {
      maxLength: 16,
    })
    const bytes = fc.oneof(fc.uint8Array(), wide).map((array) => Buffer.from(array))
    fc.assert(
      fc.property(bytes, contentType, (body, type) => {
        const decoded = decode(body, type)
        expect(KINDS).toContain(decoded.kind)
        if (decoded.kind === 'fault') expect(decoded.message).toMatch(/^The .*\.$/su)
      }),
      { numRuns: 3000 },
    )
  })
})
