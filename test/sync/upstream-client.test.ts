import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeOutboundClient, type OutboundClient } from '../../src/jobs/outbound/http-client.ts'
import { makeUpstreamCall } from '../../src/jobs/outbound/upstream-client.ts'
import type { UpstreamRequest } from '../../src/jobs/sync/connector.ts'
import {
  CUT,
  endless,
  type HostileServer,
  HUGE_HEADER,
  half,
  json,
  type Manner,
  NOT_HTTP,
  SILENT,
  startHostile,
  stuck,
  text,
} from './hostile-server.ts'

const TIMES = { silenceMs: 400, callMs: 3000, listMs: 3000 }
const TOKEN = 'a-token-that-nobody-may-see'
const GET: UpstreamRequest = { method: 'GET', path: '/thing', headers: { authorization: `Bearer ${TOKEN}` } }
const OK: Manner = json(200, { success: true })
const HTML = { 'content-type': 'text/html' }

let server: HostileServer
let client: OutboundClient

beforeAll(async () => {
  server = await startHostile(OK)
  client = makeOutboundClient({ allowPrivate: true })
})
afterAll(async () => {
  await client.close()
  await server.close()
})
beforeEach(() => {
  server.manner = OK
  server.calls.length = 0
})

function call(request: UpstreamRequest = GET, signal: AbortSignal = new AbortController().signal) {
  return makeUpstreamCall({ client, baseUrl: server.baseUrl, signal, times: TIMES })(request)
}

/** The outcome of a call to a server of this manner, and of the next one when it is well again. */
async function meet(manner: Manner, request: UpstreamRequest = GET) {
  server.manner = manner
  const outcome = await call(request)
  server.manner = OK
  expect((await call()).kind).toBe('ok')
  return outcome
}

describe('a call that succeeds', () => {
  it('sends what it is given, and says what it is and takes', async () => {
    const body = JSON.stringify({ reason: 'Zu weit weg' })
    const outcome = await call({ ...GET, method: 'POST', body, headers: { ...GET.headers, 'x-key': 'k' } })
    expect(outcome).toMatchObject({
      kind: 'ok',
      value: { status: 200, json: { success: true }, text: '{"success":true}' },
    })
    expect(outcome.kind === 'ok' && Math.abs((outcome.value.dateMs ?? 0) - Date.now()) < 5000).toBe(true)
    expect(server.calls).toEqual(['POST /thing'])
    expect(server.last).toMatchObject({
      body,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'x-key': 'k',
        accept: 'application/json',
        'accept-encoding': 'identity',
        'content-type': 'application/json',
        'user-agent': 'Leadwright',
      },
    })
  })

  it('hands on a list while it arrives, and keeps none of it', async () => {
    const items = Array.from({ length: 5000 }, (_, id) => ({ id, text: 'é"[]{},'.repeat(20) }))
    server.manner = json(200, items)
    const seen: unknown[] = []
    const outcome = await call({
      ...GET,
      each: (item, itemText) => {
        expect(JSON.parse(itemText)).toEqual(item)
        seen.push(item)
        return null
      },
    })
    expect(outcome).toMatchObject({ kind: 'ok', value: { status: 200, json: null, text: '' } })
    expect(seen).toEqual(items)
  })
})

describe('what an upstream says no with', () => {
  const words = { error: 'The lead is JOB_WON.' }

  it.each([
    [400, 'refused'],
    [405, 'refused'],
    [409, 'refused'],
    [422, 'refused'],
    [404, 'missing'],
    [410, 'missing'],
    [412, 'stale'],
    [401, 'unauthorised'],
    [403, 'unauthorised'],
  ])('%i is %s, with its words', async (status, kind) => {
    const outcome = await meet(json(status, words))
    expect(outcome.kind).toBe(kind)
    expect(outcome).toHaveProperty('text', expect.stringContaining('The lead is JOB_WON'))
    if (kind === 'refused') expect(outcome).toMatchObject({ status, text: words.error })
  })

  it('takes words from where services put them, on one line and not too long', async () => {
    expect(await meet(json(400, { Message: 'No\r\nsuch \u0007 thing' }))).toHaveProperty('text', 'No such thing')
    expect(await meet(json(400, 'plainly no'))).toHaveProperty('text', 'plainly no')
    const long = await meet(json(400, { detail: 'x'.repeat(100_000) }))
    expect(long.kind === 'refused' && long.text.length).toBe(500)
    expect(await meet(text(409, '<h1>no</h1>', HTML))).toMatchObject({
      kind: 'refused',
      text: expect.stringContaining('409'),
    })
    expect(await meet(text(400, '', {}))).toMatchObject({ kind: 'refused', text: expect.stringContaining('400') })
  })

  it('shows nobody the credentials that a service repeats', async () => {
    const outcome = await meet(json(401, { error: `unknown token ${TOKEN}` }))
    expect(JSON.stringify(outcome)).not.toContain(TOKEN)
    expect(outcome).toHaveProperty('text', expect.stringContaining('unknown token …'))
    const authorization = `Basic ${Buffer.from('office@example.com:no one:knows it').toString('base64')}`
    const words = json(401, { error: 'The password no one:knows it is wrong' })
    const basic = await meet(words, { ...GET, headers: { authorization } })
    expect(basic).toHaveProperty('text', expect.stringContaining('The password … is wrong'))
  })

  it('reads how long to wait, as seconds, as a date, or not at all', async () => {
    const waitOf = async (headers: Record<string, string>) => {
      const outcome = await meet(json(429, words, headers))
      return outcome.kind === 'limited' && !outcome.own ? outcome.retryAfterSeconds : null
    }
    expect(await waitOf({ 'retry-after': '300' })).toBe(300)
    expect(await waitOf({})).toBe(60)
    expect(await waitOf({ 'retry-after': 'soon' })).toBe(60)
    const date = await waitOf({ 'retry-after': new Date(Date.now() + 100_000).toUTCString() })
    expect(date).toBeGreaterThan(95)
    expect(date).toBeLessThanOrEqual(100)
  })
})

describe('what cannot be used', () => {
  it.each<[string, Manner, string]>([
    ['500', json(500, { error: 'oops' }), 'server-error'],
    ['503 in HTML', text(503, '<h1>down</h1>', HTML), 'server-error'],
    ['HTML with 200', text(200, '<h1>Sign in</h1>', HTML), 'wrong-type'],
    ['HTML with 404', text(404, '<h1>not here</h1>', HTML), 'wrong-type'],
    ['JSON that says it is text', text(200, '{}', { 'content-type': 'text/plain' }), 'wrong-type'],
    ['JSON without a type', text(200, '{}', {}), 'wrong-type'],
    [
      'packed JSON',
      text(200, gzipSync('{}'), { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
      'wrong-type',
    ],
    ['another character set', text(200, '{}', { 'content-type': 'application/json; charset=utf-16' }), 'wrong-type'],
    ['no JSON', text(200, '{"a":', { 'content-type': 'application/json' }), 'not-json'],
    ['no UTF-8', text(200, Buffer.from([0x22, 0xff, 0x22]), { 'content-type': 'application/json' }), 'not-json'],
    ['nothing at all with 200', text(200, '', { 'content-type': 'application/json' }), 'not-json'],
    ['deep nesting', text(200, '['.repeat(100_000), { 'content-type': 'application/json' }), 'not-json'],
    ['a redirect', text(302, '', { location: 'https://example.com/' }), 'redirect'],
    ['a redirect into the private network', text(307, '', { location: 'http://169.254.169.254/' }), 'redirect'],
    ['half a body', half('{"success":true'), 'cut'],
    ['a cut', CUT, 'cut'],
    ['no HTTP', NOT_HTTP, 'cut'],
    ['a huge header', HUGE_HEADER, 'cut'],
    ['silence', SILENT, 'timeout'],
    ['a stuck answer', stuck('{"success"'), 'timeout'],
    ['an endless answer', endless('{"a":"', 'x'), 'too-large'],
  ])('%s', async (_, manner, cause) => {
    const outcome = await meet(manner)
    expect(outcome).toMatchObject({ kind: 'away', cause, unsent: false })
    expect(outcome).toHaveProperty('text', expect.stringMatching(/^[A-Z].{10,}\.$/))
  })

  it('503 with the time at which it will be well', async () => {
    const outcome = await meet(json(503, { error: 'Later.' }, { 'retry-after': '90' }))
    expect(outcome).toMatchObject({ kind: 'away', cause: 'server-error', retryAfterSeconds: 90 })
  })

  it('never follows a redirect', async () => {
    await meet((request, response) => {
      if (request.url === '/thing') response.writeHead(302, { location: '/other' }).end()
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
    expect(server.calls).toEqual(['GET /thing', 'GET /thing'])
  })

  it('says that nothing was sent where that is sure', async () => {
    const gone = await startHostile(OK)
    await gone.close()
    const signal = new AbortController().signal
    const nobody = makeUpstreamCall({ client, baseUrl: gone.baseUrl, signal, times: TIMES })
    expect(await nobody(GET)).toMatchObject({ kind: 'away', cause: 'unreachable', unsent: true })
    const guarded = makeOutboundClient({ allowPrivate: false })
    const refused = makeUpstreamCall({ client: guarded, baseUrl: server.baseUrl, signal, times: TIMES })
    expect(await refused(GET)).toMatchObject({ kind: 'away', cause: 'address-refused', unsent: true })
    const port = new URL(server.baseUrl).port
    const byName = makeUpstreamCall({ client: guarded, baseUrl: `http://localhost:${port}`, signal, times: TIMES })
    expect(await byName(GET)).toMatchObject({ kind: 'away', cause: 'address-refused', unsent: true })
    expect(server.calls).toEqual([])
    await guarded.close()
  })
})

describe('a list that cannot be used', () => {
  const LIST: UpstreamRequest = { ...GET, each: () => null }
  const JSON_TYPE = { 'content-type': 'application/json' }

  it.each<[string, Manner, string]>([
    ['an object', json(200, { success: true }), 'not-understood'],
    ['a text', json(200, 'none'), 'not-understood'],
    ['half a list', half('[{"id":1},{"id":2},'), 'cut'],
    ['a list without its end', text(200, '[{"id":1}', JSON_TYPE), 'not-json'],
    ['something after it', text(200, '[1] [2]', JSON_TYPE), 'not-json'],
    ['a broken entry', text(200, '[{"id":1},{"id":}]', JSON_TYPE), 'not-json'],
    ['no UTF-8', text(200, Buffer.from('["\xff"]', 'latin1'), JSON_TYPE), 'not-json'],
    ['a character that is cut off', text(200, Buffer.from('[1]\xc3', 'latin1'), JSON_TYPE), 'not-json'],
    ['a huge entry', endless('["', 'x'), 'too-large'],
    ['deep nesting', endless('[', '['), 'not-json'],
    ['HTML', text(200, '[]', HTML), 'wrong-type'],
    ['an error', json(500, []), 'server-error'],
    ['silence', SILENT, 'timeout'],
    ['a stuck list', stuck('[1,2,'), 'timeout'],
  ])('%s', async (_, manner, cause) => {
    expect(await meet(manner, LIST)).toMatchObject({ kind: 'away', cause })
  })

  it('ends at the first entry that is not understood', async () => {
    const seen: unknown[] = []
    const each = (item: unknown) => {
      seen.push(item)
      return item === 3 ? 'An entry has no id.' : null
    }
    const outcome = await meet(endless('[1,2,3', ',4'), { ...GET, each })
    expect(outcome).toMatchObject({ kind: 'away', cause: 'not-understood', text: 'An entry has no id.' })
    expect(seen).toEqual([1, 2, 3])
  })

  it('bounds a list as a whole', async () => {
    let count = 0
    const each = () => {
      count += 1
      return null
    }
    expect(await meet(endless('[1', ',1'), { ...GET, each })).toMatchObject({ kind: 'away', cause: 'too-large' })
    expect(count).toBe(200_000)
    expect(await meet(endless('[', ' '), LIST)).toMatchObject({ kind: 'away', cause: 'too-large' })
  })
})

it('ends when the run is given up', async () => {
  server.manner = SILENT
  const run = new AbortController()
  const waiting = call(GET, run.signal)
  setTimeout(() => run.abort(new Error('the run is over')), 50)
  await expect(waiting).rejects.toThrow('the run is over')
  await expect(call(GET, run.signal)).rejects.toThrow('the run is over')
})
