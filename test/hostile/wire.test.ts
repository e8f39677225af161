import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { ENDPOINTS, type Endpoint, JSON_ENDPOINTS } from './endpoints.ts'
import { type Ending, type HttpAnswer, sendBytes } from './http.ts'
import { credentialsFor, makeStage, refusalFault, targetOf, writingNothing } from './stage.ts'

const stage = await makeStage()
const { server, mine, theirs } = stage
const WRITES = ENDPOINTS.filter(({ body }) => body !== undefined)
/** The upload has tests of its own for clients that leave. */
const STEADY = WRITES.filter(({ name }) => name !== 'POST attachments')

/** A request as bytes; `lines` are header lines of the test's own, and the body goes as it is. */
function bytesOf(endpoint: Endpoint, lines: readonly string[], body = endpoint.body ?? '', who = mine): string {
  const { method, face, type } = endpoint
  const credentials = Object.entries(credentialsFor(face, who.company)).map(([name, value]) => `${name}: ${value}`)
  const typed = type === undefined ? [] : [`Content-Type: ${type}`]
  const head = [
    `${method} ${endpoint.path(targetOf(endpoint, mine))} HTTP/1.1`,
    'Host: localhost',
    ...credentials,
    ...typed,
  ]
  return `${[...head, ...lines].join('\r\n')}\r\n\r\n${body}`
}

const CLOSE = 'Connection: close'

function lengthOf(endpoint: Endpoint, more = 0): string {
  return `Content-Length: ${(endpoint.body ?? '').length + more}`
}

function talk(bytes: string, ending: Ending = 'wait'): Promise<HttpAnswer[]> {
  return sendBytes(server.baseUrl, Buffer.from(bytes, 'latin1'), ending)
}

/** Each answer is a 4xx; those with a body in the face's form or, when HTTP itself is broken, in none. */
function expectRefused(answers: readonly HttpAnswer[], count: number): void {
  expect(answers.map(({ status }) => status >= 400 && status < 500)).toEqual(Array.from({ length: count }, () => true))
}

const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

describe.each(STEADY)('$face $name', (endpoint) => {
  const { body = '' } = endpoint

  test.each<[string, readonly string[], string]>([
    ['a Content-Length that is too long', [lengthOf(endpoint, 5)], body],
    ['no body', [lengthOf(endpoint)], ''],
    ['a body that breaks off in a chunk', ['Transfer-Encoding: chunked'], `ff\r\n${body}`],
    ['a body that breaks off between chunks', ['Transfer-Encoding: chunked'], chunked(body)],
  ])('does not carry out a request with %s when the client leaves', async (_, lines, sent) => {
    const answers = await writingNothing(stage, () => talk(bytesOf(endpoint, lines, sent), 'leave'))
    expectRefused(answers, answers.length)
    expect((await stage.send({ method: 'GET', path: '/readyz' })).status).toBe(200)
  })

  test.each<[string, readonly string[], string]>([
    ['bytes behind its end', [lengthOf(endpoint, -6)], body],
    ['chunks of garbage', ['Transfer-Encoding: chunked'], `zz\r\n${body}\r\n0\r\n\r\n`],
    ['a chunk of a negative size', ['Transfer-Encoding: chunked'], `-5\r\n${body}\r\n0\r\n\r\n`],
    ['a chunk of a size beyond 64 bits', ['Transfer-Encoding: chunked'], `${'f'.repeat(40)}\r\n${body}`],
    ['both a length and chunks', [lengthOf(endpoint), 'Transfer-Encoding: chunked'], `${chunked(body)}0\r\n\r\n`],
    ['two different lengths', [lengthOf(endpoint), lengthOf(endpoint, 1)], body],
    ['a negative length', ['Content-Length: -1'], body],
    ['a length with a plus sign', [`Content-Length: +${body.length}`], body],
    ['a length that is a text', ['Content-Length: many'], body],
    ['a length beyond 64 bits', ['Content-Length: 99999999999999999999999'], body],
    ['an unknown transfer coding', ['Transfer-Encoding: xchunked'], `${chunked(body)}0\r\n\r\n`],
    ['a coding in disguise', ['Transfer-Encoding: chunked, identity'], `${chunked(body)}0\r\n\r\n`],
    ['a header line that is none', ['no colon here', lengthOf(endpoint)], body],
    ['a NUL in a header', ['X-A: b\0c', lengthOf(endpoint)], body],
    ['a blank before a colon', [`Content-Length : ${body.length}`], body],
    ['headers of 100,000 bytes', [`X-A: ${'a'.repeat(100_000)}`, lengthOf(endpoint)], body],
  ])('does not carry out a request with %s, and serves the next one', async (_, lines, sent) => {
    const answers = await writingNothing(stage, () => talk(bytesOf(endpoint, [...lines, CLOSE], sent)))
    expect(answers.length).toBeLessThanOrEqual(1)
    expectRefused(answers, answers.length)
    expect((await stage.send({ method: 'GET', path: '/readyz' })).status).toBe(200)
  })
})

describe.each(WRITES)('$face $name', (endpoint) => {
  const { body = '' } = endpoint

  test('carries out the good request behind a bad one, once, and answers both in their order', async () => {
    const bad = bytesOf({ ...endpoint, type: 'application/json' }, ['Content-Length: 9'], '{"broken"')
    const target = await stage.freshTarget(endpoint)
    const good = bytesOf({ ...endpoint, path: () => endpoint.path(target) }, [lengthOf(endpoint), CLOSE])
    const before = await stage.rows()
    const answers = await talk(bad + good)
    expect(answers.map(({ status }) => status)).toEqual([expect.any(Number), endpoint.success])
    expect(answers[0]?.status).toBeGreaterThanOrEqual(400)
    const after = await stage.rows()
    expect(Number(after['timeline']) + Number(after['referrals'])).toBe(
      Number(before['timeline']) + Number(before['referrals']) + 1,
    )
  })

  test('a stranger behind a broken request of mine is not taken for me', async () => {
    const broken = bytesOf(endpoint, ['Content-Length: 1'], '{')
    const stranger = bytesOf(endpoint, [lengthOf(endpoint), CLOSE], endpoint.body, theirs)
    const before = await stage.rows(mine.company.companyId)
    const [, second] = await talk(broken + stranger)
    if (endpoint.needs === 'nothing') expect(second?.status).toBe(endpoint.success)
    else expect(second?.status).toBe(404)
    expect(await stage.rows(mine.company.companyId)).toEqual(before)
  })

  test('waits for a body that does not come without holding others up, and writes nothing when it never does', async () => {
    const { hostname, port } = new URL(server.baseUrl)
    const socket = connect(Number(port), hostname)
    await writingNothing(stage, async () => {
      await new Promise((resolve) => socket.write(bytesOf(endpoint, [lengthOf(endpoint)], body.slice(0, 3)), resolve))
      expect((await stage.send({ method: 'GET', path: '/readyz' })).status).toBe(200)
      socket.destroy()
      expect((await stage.send({ method: 'GET', path: '/readyz' })).status).toBe(200)
    })
  })
})

test.each(JSON_ENDPOINTS)(
  '$face $name reads a request inside of its body as that body, never as a request',
  async (endpoint) => {
    const inner = bytesOf(endpoint, [lengthOf(endpoint), CLOSE])
    const outer = bytesOf(endpoint, [`Content-Length: ${inner.length}`, CLOSE], inner)
    const answers = await writingNothing(stage, () => talk(outer))
    expect(answers.map((answer) => refusalFault(endpoint.face, answer, [400]))).toEqual([''])
  },
)

describe('an Idempotency-Key', () => {
  test.each<[string, readonly string[]]>([
    ['that is empty', ['Idempotency-Key:']],
    ['of blanks', ['Idempotency-Key:    ']],
    ['of 256 characters', [`Idempotency-Key: ${'k'.repeat(256)}`]],
    ['with a blank', ['Idempotency-Key: a b']],
    ['with a tab', ['Idempotency-Key: a\tb']],
    ['with a letter outside ASCII', ['Idempotency-Key: \u00e9']],
    ['with the byte 127', ['Idempotency-Key: a\u007fb']],
    ['given twice', ['Idempotency-Key: a', 'Idempotency-Key: b']],
    ['given twice the same', ['Idempotency-Key: a', 'idempotency-key: a']],
    ['with a NUL', ['Idempotency-Key: a\0b']],
    ['with a carriage return', ['Idempotency-Key: a\rX-Evil: 1']],
  ])('%s is refused by every write, and nothing is written', async (_, lines) => {
    for (const endpoint of ENDPOINTS.filter(({ writes }) => writes)) {
      const sent = bytesOf(endpoint, [...lines, lengthOf(endpoint), CLOSE])
      const answers = await writingNothing(stage, () => talk(sent))
      expect([endpoint.name, answers.map(({ status }) => status)]).toEqual([endpoint.name, [400]])
      expect(answers[0]?.headers['x-evil']).toBeUndefined()
    }
  })

  test('of header marks, SQL and markup is a key like any other, and comes back nowhere', async () => {
    const keys = ['%0d%0aX-Evil:1', "';DROP", '<script>', '../../x', '__proto__', '\\u0000', '$1', 'k'.repeat(255)]
    for (const endpoint of ENDPOINTS.filter(({ writes }) => writes)) {
      for (const [n, key] of keys.entries()) {
        const target = n === 0 ? await stage.freshTarget(endpoint) : targetOf(endpoint, mine)
        const headers = { 'idempotency-key': `${key.slice(0, 240)}${endpoint.name.replaceAll(' ', '-')}`.slice(0, 255) }
        const answer = await stage.call(endpoint, { target, headers })
        expect([endpoint.name, key, answer.status < 500]).toEqual([endpoint.name, key, true])
        expect(answer.headers['x-evil']).toBeUndefined()
        expect(JSON.stringify(answer.headers)).not.toContain(key)
      }
    }
  })
})

test.each<[string, string]>([
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['an unknown method', 'HELLO /api/Leads HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['an unknown version', 'GET /api/Leads HTTP/9.9\r\nHost: a\r\n\r\n'],
  ['no host', 'GET /api/Leads HTTP/1.1\r\n\r\n'],
  ['two hosts', 'GET /api/Leads HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n'],
  ['a blank in the path', 'GET /api/Leads 1 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a NUL in the path', 'GET /api/\0 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['raw bytes in the path', 'GET /api/Leads?id=\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['a whole URL as the path', 'GET http://evil.example/api/Leads HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['an asterisk as the path', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['CONNECT', 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  ['an upgrade', 'GET /api/Leads HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n'],
  ['HTTP/2 by prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  [
    'an expectation that nobody knows',
    'PUT /api/Leads?id=1 HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
  ],
  ['a path of 100,000 letters', `GET /api/${'a'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['10,000 headers', `GET /api/Leads HTTP/1.1\r\nHost: a\r\n${'A: b\r\n'.repeat(10_000)}\r\n`],
  ['nothing but line ends before garbage', `${'\r\n'.repeat(1_000)}garbage\r\n\r\n`],
])('%s is refused or ignored, without a write and without harm to the next request', async (_, bytes) => {
  const answers = await writingNothing(stage, () => talk(bytes))
  expect(answers.filter(({ status }) => status < 400 || status >= 500)).toEqual([])
  expect((await stage.send({ method: 'GET', path: '/readyz' })).status).toBe(200)
})

/** More than are received at once. */
const LEAVERS = 12

test.each<[string, readonly string[], (body: string) => string]>([
  ['before it sent a body', ['Content-Length: 99'], () => ''],
  ['in the middle of its body', ['Content-Length: 999'], (body) => body],
  ['by sending garbage', ['Transfer-Encoding: chunked'], () => 'zz\r\n'],
])('an upload whose client leaves %s holds no place that others wait for', async (_, lines, cut) => {
  const upload = ENDPOINTS.find(({ name }) => name === 'POST attachments')
  if (upload === undefined) throw new Error('The upload is not in the table.')
  const bytes = bytesOf(upload, lines, cut(upload.body ?? ''))
  await writingNothing(stage, () => Promise.all(Array.from({ length: LEAVERS }, () => talk(bytes, 'leave'))))
  expect((await stage.call(upload)).status).toBe(201)
})
