import fc, { type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'
import { PROPERTIES } from '../../src/api/constructiononline/properties.ts'
import { ENDPOINTS, type Endpoint, type Face, NEW_LEAD, REFERRAL, REPORT } from './endpoints.ts'
import type { Headers, HttpAnswer, HttpRequest } from './http.ts'
import { basicWithKey, bearer, credentialsFor, makeStage, messageOf, targetOf } from './stage.ts'

const RUNS = 2_500
/** Fixed, so that a run that fails here fails everywhere. */
const SEED = 1_926_001

const stage = await makeStage()
const { mine, theirs } = stage

/** Usually nothing, now and then one of the odd ones. */
function seldom<T, U>(usual: T, odd: Arbitrary<U>): Arbitrary<T | U> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd })
}

const oddText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '-1',
    '1e999',
    '2026-02-30',
    '\u0000',
    '\ud800',
    '__proto__',
    'JOB_WON',
    'Closed - Won',
  ),
)
const NAMES = [
  ...Object.keys({ ...REPORT, ...REFERRAL, ...NEW_LEAD }),
  ...PROPERTIES.map(({ name }) => name),
  ...['meetingScheduledDate', 'jobAmount', 'contactMethod', 'estimateType', 'lostReason', 'startDateTbd', 'sendGift'],
  ...['__proto__', 'constructor', 'toString', 'lead_status', ''],
]
const oddValue = fc.oneof(
  oddText,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('JOB_WON', 'LEAD_LOST', 'OTHER', '2026-05-01', 40_000, 'a@b.example', 'Open', 'Inactive'),
)
const oddObject = fc
  .dictionary(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: oddText }),
    oddValue,
    {
      maxKeys: 6,
    },
  )
  .map((fields) => JSON.stringify(fields))

type Bytes = Uint8Array

const SPOILERS: readonly ((head: Bytes, tail: Bytes, value: number) => Bytes[])[] = [
  (head, tail, value) => [head, Uint8Array.of(value), tail.subarray(1)],
  (head, tail, value) => [head, Uint8Array.of(value), tail],
  (head, tail) => [head, tail.subarray(1)],
  (head) => [head],
  (head, tail) => [head, tail, head, tail],
]

/** Changes some bytes of a body: another value, one more, one less, an early end, all of it again. */
const spoil = fc
  .array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom(...SPOILERS)), { minLength: 1, maxLength: 4 })
  .map((changes) => (bytes: Bytes) => {
    let current = bytes
    for (const [place, value, change] of changes) {
      const at = place % (current.length + 1)
      current = Buffer.concat(change(current.subarray(0, at), current.subarray(at), value))
    }
    return current
  })
const unspoilt = (bytes: Bytes): Bytes => bytes
const encoding = fc.constantFrom<(text: string) => Bytes>(
  (text) => Buffer.from(text),
  (text) => Buffer.from(text),
  (text) => Buffer.from(text, 'latin1'),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from([...text].flatMap((letter) => [letter.codePointAt(0) ?? 0, 0, 0, 0].slice(0, 4))),
)

function bodyFor({ body }: Endpoint): Arbitrary<Bytes | undefined> {
  const text = fc.oneof(fc.constant(body ?? ''), oddObject, oddObject, fc.json(), oddText)
  const bytes = fc.tuple(text, encoding, seldom(unspoilt, spoil)).map(([some, encode, change]) => change(encode(some)))
  return fc.oneof(fc.constant(body === undefined ? undefined : Buffer.from(body)), bytes, bytes)
}

const id = fc.oneof(
  fc.constantFrom(mine.accepted.lead, mine.offered.lead, theirs.accepted.lead, theirs.offered.lead),
  fc.constantFrom(mine.accepted.attachment, theirs.accepted.attachment),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }).map(String),
  oddText.map((text) => encodeURIComponent(text.toWellFormed())),
)
const parameter = fc
  .tuple(
    fc.constantFrom(
      'id',
      'ID',
      'skip',
      'take',
      'fromDate',
      'cursor',
      'limit',
      'status',
      'action',
      'modifiedSince',
      'skipDuplicates',
      'x',
    ),
    fc.oneof(id, fc.constantFrom('0', '10', '1000', '1001', '2026-01-01', 'true', 'QUOTE_SENT,OTHER', 'ACCEPTED')),
  )
  .map(([name, value]) => `${name}=${value}`)
const ending = fc.oneof(
  fc.array(parameter, { minLength: 1, maxLength: 3 }).map((parts) => `&${parts.join('&')}`),
  fc.constantFrom(
    '/',
    '//',
    '/..',
    '%',
    '%00',
    '%zz',
    ';a=b',
    '#x',
    '.json',
    '/status',
    '/accept',
    '/attachments',
    '?',
    '&&',
  ),
  oddText.map((text) => encodeURIComponent(text.toWellFormed())),
)

function pathFor(endpoint: Endpoint): Arbitrary<string> {
  const target = seldom(targetOf(endpoint, mine), fc.record({ lead: id, attachment: id }))
  return fc.tuple(target, seldom('', ending)).map(([some, end]) => {
    const path = endpoint.path(some)
    return `${path}${path.includes('?') ? end : end.replace(/^&/, '?')}`
  })
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'QUERY', 'TRACE']
const headerText = oddText.map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?'))
const TYPES = [
  'application/json',
  'application/json; charset=utf-32',
  'text/plain',
  'multipart/form-data; boundary=x',
  'x',
  '',
]
const oddHeaders: Arbitrary<Headers> = fc.dictionary(
  fc.constantFrom(
    'idempotency-key',
    'accept',
    'accept-encoding',
    'if-none-match',
    'range',
    'x-request-id',
    'x-forwarded-for',
    'cookie',
    'origin',
    'te',
  ),
  fc.oneof(headerText, fc.constantFrom('a', 'b', 'gzip', 'br;q=1, *;q=0', '*', 'bytes=0-', 'W/"x"', '::1')),
  { maxKeys: 3 },
)
const typeHeaders: Arbitrary<Headers> = fc.oneof(
  fc.constantFrom(...TYPES).map((type) => ({ 'content-type': type })),
  fc.constantFrom('gzip', 'deflate', 'br', 'identity', 'x').map((coding) => ({ 'content-encoding': coding })),
  headerText.map((type) => ({ 'content-type': type })),
)
/** Never credentials of the other company: its rows must not change. */
const oddCredentials: Arbitrary<Headers> = fc.constantFrom<Headers[]>(
  {},
  bearer(mine.company.token),
  basicWithKey(mine.company),
  { ...basicWithKey(mine.company), ...bearer(mine.company.token) },
  bearer('x'),
  { authorization: 'Basic x', apikey: mine.company.apiKey },
)

const request: Arbitrary<HttpRequest> = fc.constantFrom(...ENDPOINTS).chain((endpoint) =>
  fc
    .record({
      method: seldom(endpoint.method as string, fc.constantFrom(...METHODS)),
      path: pathFor(endpoint),
      body: bodyFor(endpoint),
      credentials: seldom(credentialsFor(endpoint.face, mine.company) as Headers, oddCredentials),
      typed: seldom<Headers, Headers>(
        endpoint.type === undefined ? {} : { 'content-type': endpoint.type },
        typeHeaders,
      ),
      more: seldom<Headers, Headers>({}, oddHeaders),
    })
    .map(({ method, path, body, credentials, typed, more }) => ({
      method,
      path,
      headers: { ...credentials, ...typed, ...more },
      ...(body === undefined ? {} : { body }),
    })),
)

function faceOf(path: string): Face | null {
  if (/^\/rest-api-v1(?=[/?]|$)/.test(path)) return 'renovationfind'
  return /^\/api(?=[/?]|$)/i.test(path) ? 'constructiononline' : null
}

/** What an answer below a face's prefix must be; "" when it is. */
function faultOf({ method, path }: HttpRequest, { status, headers, text, json }: HttpAnswer): string {
  if (status < 200 || status >= 500) return `${status} ${text}`
  const face = faceOf(path)
  if (face === null || method === 'HEAD' || status === 304 || headers['content-encoding'] === 'gzip') return ''
  if (status >= 400) return messageOf(face, json) === null ? `not the error form: ${status} ${text}` : ''
  if (headers['content-disposition']?.startsWith('attachment') === true) return ''
  if (typeof json !== 'object' || json === null) return `not JSON: ${text}`
  if (face === 'constructiononline') return Array.isArray(json) || 'ID' in json ? '' : `not a record: ${text}`
  return 'success' in json && json.success === true ? '' : `not a success: ${text}`
}

test(`${RUNS} spoilt requests: never a 5xx, always the face's own form, and the other company keeps all it has`, async () => {
  const before = await stage.rows(theirs.company.companyId)
  const statuses = new Set<number>()
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      const answer = await stage.send(sent)
      statuses.add(answer.status)
      expect(faultOf(sent, answer)).toBe('')
      if (answer.status < 400) expect(answer.text).not.toContain(theirs.company.email)
    }),
    { numRuns: RUNS, seed: SEED },
  )
  expect(await stage.rows(theirs.company.companyId)).toEqual(before)
  expect((await stage.send({ method: 'GET', path: '/readyz' })).status).toBe(200)
  // A fuzzer that reaches no success and no refusal of the core would prove nothing.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 401, 404, 405, 409, 415]))
}, 60_000)
