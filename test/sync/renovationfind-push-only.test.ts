import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { CUT, type HostileServer, json, type Manner, startHostile, text } from './hostile-server.ts'
import { type Desk, deskAt, eventually, openServer } from './renovationfind-stage.ts'

let server: TestServer
const open: { close(): Promise<void> }[] = []

beforeAll(async () => {
  server = await openServer()
})
afterAll(() => server.close())
afterEach(async () => {
  while (open.length > 0) await open.pop()?.close()
})

const DETAIL = { id: 7, vendorLeadAction: 'ACCEPTED', postLeadStatus: 'NO_RESPONSE', customerName: 'Ann Lee' }
const WELL = json(200, { success: true, data: DETAIL })

/** A service that takes what is documented, and answers anything that reads in a manner of its own. */
async function stage(reads: Manner): Promise<{ fake: HostileServer; desk: Desk }> {
  const fake = await startHostile((request, response) => (request.method === 'GET' ? reads : WELL)(request, response))
  open.push(fake)
  const account = { kind: 'renovationfind', baseUrl: fake.baseUrl, credentials: { token: 'token' } } as const
  const desk = await deskAt(server, account, { intervalSeconds: 86_400 })
  open.push(desk)
  return { fake, desk }
}

function asked({ calls }: HostileServer): number {
  return calls.filter((call) => call.startsWith('GET')).length
}

function puts({ calls }: HostileServer): number {
  return calls.filter((call) => call.startsWith('PUT')).length
}

const PAGE = { success: true, data: [], nextCursor: null }
const GUARDS = { 'x-write-guards': 'Idempotency-Key, If-Match' }

describe('a service that does not tell its changes', () => {
  it.each<[string, Manner]>([
    ['404', json(404, { success: false, error: 'Not found.' })],
    ['404 with a page', text(404, '<html>', { 'content-type': 'text/html' })],
    ['a page', text(200, '<html>', { 'content-type': 'text/html' })],
    ['405', json(405, { success: false, error: 'Not allowed.' })],
    ['400', json(400, { success: false, error: 'Which lead?' })],
    ['401', json(401, { success: false, error: 'Not for you.' })],
    ['403', json(403, {})],
    ['500', json(500, {})],
    ['a redirect', text(302, '', { location: '/login' })],
    ['what is not JSON', text(200, '{"success"', { 'content-type': 'application/json' })],
    ['success alone', json(200, { success: true })],
    ['a list that promises nothing', json(200, PAGE)],
    ['a list that promises half', json(200, PAGE, { 'x-write-guards': 'if-match' })],
    ['a list without places', json(200, { success: true, data: [] }, GUARDS)],
    ['leads without a number', json(200, { ...PAGE, data: [DETAIL] }, GUARDS)],
    ['leads of something else', json(200, { ...PAGE, data: [{ name: 'A' }] }, GUARDS)],
  ])('as it answers %s is told what changes here, and asked no more', async (_, reads) => {
    const { fake, desk } = await stage(reads)
    const here = await desk.link('7')
    await desk.run()
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => Promise.resolve(puts(fake)),
      (sent) => sent === 1,
    )
    expect(fake.last.headers['if-match']).toBeUndefined()
    expect(await desk.run()).toMatchObject({ lastError: null, failures: 0, state: 'healthy', openConflicts: 0 })
    expect(asked(fake)).toBe(1)
    const [row] = await desk.server.db.query<{ hours: number }>({
      text: 'SELECT extract(epoch FROM ask_changes_at - now()) / 3600 AS hours FROM connection WHERE id = $1',
      values: [desk.connectionId],
    })
    expect(Number(row?.hours)).toBeGreaterThan(5.9)
    expect(Number(row?.hours)).toBeLessThan(6.1)
  })

  it('is asked again when its time has come, and when it is given other credentials', async () => {
    const { fake, desk } = await stage(json(404, {}))
    await desk.run()
    expect(asked(fake)).toBe(1)
    await desk.server.db.query({
      text: 'UPDATE connection SET ask_changes_at = now() WHERE id = $1',
      values: [desk.connectionId],
    })
    await desk.run()
    expect(asked(fake)).toBe(2)
    const body = { credentials: { token: 'another' } }
    expect((await desk.call('PATCH', `/connections/${desk.connectionId}`, { body })).status).toBe(200)
    await eventually(
      () => Promise.resolve(asked(fake)),
      (times) => times === 3,
    )
  })

  it.each<[string, string, Manner]>([
    ['is cut off', 'cut', CUT],
    ['says that it takes no more', 'limited', json(429, {}, { 'retry-after': '1' })],
  ])('and %s when it is asked has not said so: the run ends, and asks again', async (_, code, reads) => {
    const { fake, desk } = await stage(reads)
    const here = await desk.link('7')
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => desk.connection(),
      ({ lastError }) => (lastError as { code?: string } | null)?.code === code,
    )
    expect(puts(fake)).toBe(0)
    fake.manner = (request, response) => (request.method === 'GET' ? json(404, {}) : WELL)(request, response)
    await eventually(
      () => desk.call('POST', `/connections/${desk.connectionId}/run`).then(() => Promise.resolve(puts(fake))),
      (sent) => sent === 1,
    )
  })
})
