import { gzipSync } from 'node:zlib'
import type { Face } from './endpoints.ts'
import type { Headers } from './http.ts'

/** A body that no operation takes, with the headers that go with it. */
export interface BadBody {
  readonly name: string
  readonly body: string | Uint8Array
  readonly headers?: Headers
  /** The statuses that say no to it; 400 unless given. */
  readonly statuses?: readonly number[]
  /** The face that refuses it; both unless given. */
  readonly face?: Face
}

const DEEP = 100_000
const TEN_MB = 10_000_000
const BODY_BYTES_MAX = 1_000_000

function deep(open: string, close: string): string {
  return open.repeat(DEEP) + close.repeat(DEEP)
}

function named(texts: Readonly<Record<string, string>>): BadBody[] {
  return Object.entries(texts).map(([name, body]) => ({ name, body }))
}

/** Whatever the operation, none of these is a body of it. */
const HOSTILE_JSON = named({
  'an array': '[]',
  'an array of an object': '[{}]',
  'a text': '"x"',
  'a text that holds an object': '"{}"',
  'an empty text': '""',
  'a number': '5',
  'minus zero': '-0',
  'a number beyond every double': '1e999',
  null: 'null',
  true: 'true',
  NaN: 'NaN',
  Infinity: '-Infinity',
  undefined: 'undefined',
  'two objects': '{}{}',
  'an object and a comma': '{},',
  'a comma too many': '{"a":1,}',
  'a comment': '{/* */}',
  'single quotes': "{'a':1}",
  'a name without quotes': '{a:1}',
  'a control character in a text': '{"a":"\u0001"}',
  'a NUL after the end': '{}\0',
  'a no-break space before': '\u00a0{}',
  'an escape that is none': '{"a":"\\x41"}',
  'a plus sign': '{"a":+1}',
  'a leading zero': '{"a":01}',
  'a number with nothing after its point': '{"a":1.}',
  'a number of 100,000 digits': `{"a":${'9'.repeat(DEEP)}}`,
  markup: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
  'arrays in arrays': deep('[', ']'),
  'objects in objects': deep('{"a":', '}').replace('{"a":}', '{"a":1}'),
  'arrays that never close': '['.repeat(DEEP),
  'objects that never close': '{"a":'.repeat(DEEP),
  'nesting behind a good name': `{"status":${deep('[', ']')}}`,
  'nesting inside of a repeated name': `{"a":1,"a":${deep('[', ']')}}`,
  'a name twice': '{"reason":"a","reason":"a"}',
  'a name twice, once escaped': '{"reason":"a","\\u0072eason":"b"}',
  'a name twice in a part': '{"reason":{"a":1,"a":1}}',
  'an empty name': '{"":1}',
  __proto__: '{"__proto__":{"isAdmin":true}}',
  '__proto__ escaped': '{"\\u005f_proto__":{"isAdmin":true}}',
  '__proto__ in a part': '{"reason":{"__proto__":{}}}',
  '__proto__ that is null': '{"__proto__":null}',
  constructor: '{"constructor":{"prototype":{"isAdmin":true}}}',
  toString: '{"toString":"x"}',
  hasOwnProperty: '{"hasOwnProperty":"x"}',
  toJSON: '{"toJSON":"x"}',
  'a name of marks': '{"{status}{{7*7}}":"x"}',
  'a name of 100,000 letters': `{"${'a'.repeat(DEEP)}":1}`,
  '100,000 names': `{${Array.from({ length: 80_000 }, (_, n) => `"a${n}":1`).join()}}`,
  'a name of half a surrogate pair': '{"\\ud800":1}',
  'a name with a NUL': '{"a\\u0000":1}',
})

/** Bodies that are wrong as bytes, whatever they would say. */
const HOSTILE_BYTES: readonly BadBody[] = [
  { name: '10 MB in one text', body: `{"reason":"${'x'.repeat(TEN_MB)}"}`, statuses: [413] },
  { name: '10 MB of blanks', body: ' '.repeat(TEN_MB), statuses: [413] },
  { name: '10 MB of brackets', body: '['.repeat(TEN_MB), statuses: [413] },
  { name: 'one byte too many', body: `{}${' '.repeat(BODY_BYTES_MAX - 1)}`, statuses: [413] },
  { name: 'bytes that are no text', body: Uint8Array.from({ length: 256 }, (_, n) => n) },
  { name: 'UTF-16 that ends in a half', body: Buffer.from('\ufeff{"a":"\ud800"}', 'utf16le') },
  { name: 'gzip without its header', body: gzipSync('{}') },
  { name: 'no gzip under its header', body: '{}', headers: { 'content-encoding': 'gzip' }, statuses: [400, 415] },
  {
    name: 'a good body under gzip, which no client of either API sends',
    body: gzipSync('{"reason":"x"}'),
    headers: { 'content-encoding': 'gzip' },
    statuses: [400, 415],
  },
  {
    name: '100 MB in 100 KB of gzip',
    body: gzipSync(Buffer.alloc(100 * BODY_BYTES_MAX, 0x20)),
    headers: { 'content-encoding': 'gzip' },
    statuses: [400, 415],
  },
  { name: 'an unknown encoding', body: '{}', headers: { 'content-encoding': 'zip' }, statuses: [400, 415] },
  {
    name: 'two encodings',
    body: gzipSync(gzipSync('{}')),
    headers: { 'content-encoding': 'gzip, gzip' },
    statuses: [400, 415],
  },
]

const UTF8_ONLY: readonly BadBody[] = [
  { name: 'an empty body', body: '' },
  { name: 'blanks', body: ' \r\n\t ' },
  { name: 'a byte order mark alone', body: '\ufeff' },
  { name: 'form fields', body: 'reason=x&status=OTHER' },
  { name: 'ISO-8859-1', body: Buffer.from('{"reason":"é"}', 'latin1') },
  { name: 'an overlong byte sequence', body: Buffer.from('7b22c0af223a317d', 'hex') },
  { name: 'a surrogate in UTF-8', body: Buffer.from('7b22eda080223a317d', 'hex') },
  { name: 'UTF-16 LE', body: Buffer.from('{"reason":"x"}', 'utf16le') },
  { name: 'UTF-16 LE with a mark', body: Buffer.from('\ufeff{"reason":"x"}', 'utf16le') },
  { name: 'UTF-16 BE', body: Buffer.from('{"reason":"x"}', 'utf16le').swap16() },
].map((bad) => ({ ...bad, face: 'renovationfind' as const }))

export const BAD_BODIES: readonly BadBody[] = [...HOSTILE_JSON, ...HOSTILE_BYTES, ...UTF8_ONLY]

/** Types under which RenovationFind's face takes no JSON; ConstructionOnline's decides by the bytes alone. */
export const OTHER_TYPES = [
  'text/plain',
  'text/json',
  'text/html; charset=utf-8',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/jsonp',
  'application/jsonx; charset=utf-8',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'image/png',
  'json',
  '/',
  ';',
  '*/*',
  'application/',
  'application/json/x',
  'application/json, text/plain',
  'text/plain; application/json',
  '__proto__',
  'constructor/prototype',
  `application/${'x'.repeat(5000)}`,
] as const
