import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HostileServer, json, startHostile } from './hostile-server.ts'
import { type Desk, eventually, openDesk } from './renovationfind-stage.ts'

type Json = Record<string, unknown>

let fake: HostileServer
let desk: Desk

const WELL: HostileServer['manner'] = (request, response) => {
  const id = Number(request.url?.split('/')[3])
  return json(200, { success: true, data: { id, vendorLeadAction: 'ACCEPTED' } })(request, response)
}
const FULL = json(429, { success: false, error: 'Slow down.' }, { 'retry-after': '120' })

beforeEach(async () => {
  fake = await startHostile(WELL)
  desk = await openDesk({ kind: 'renovationfind', baseUrl: fake.baseUrl, credentials: { token: 'token' } })
})
afterEach(async () => {
  await desk.close()
  await fake.close()
})

function link(upstreamId = '8') {
  return desk.call('POST', `/connections/${desk.connectionId}/leads`, { body: { upstreamId, accept: true } })
}

/** Links while the account rests: refused until an instant, and the service is not asked. */
async function refusedUnasked(seconds: number): Promise<void> {
  const before = fake.calls.length
  const answer = await link()
  expect(answer).toMatchObject({ status: 503, body: { code: 'upstream.unavailable' } })
  const waits = Number(answer.headers.get('retry-after'))
  expect(waits).toBeGreaterThan(seconds / 2)
  expect(waits).toBeLessThanOrEqual(seconds * 1.1 + 1)
  const until = /until (\S+Z)/.exec(String(answer.body['detail']))?.[1] ?? ''
  expect(Math.abs(Date.parse(until) - Date.now() - waits * 1000)).toBeLessThan(5000)
  expect(fake.calls).toHaveLength(before)
}

async function standing(): Promise<Json> {
  const text = 'SELECT limited_until, broken_until, last_error, failures FROM connection'
  const [row] = await desk.server.db.query<Json>({ text, values: [] })
  return row ?? {}
}

/** What was reported here has been told there, with some failure. */
async function untilTrouble(code: string): Promise<void> {
  await eventually(
    () => desk.connection(),
    ({ lastError }) => (lastError as { code?: string } | null)?.code === code,
  )
}

describe('a 429 that is met while linking', () => {
  it('is kept: neither another link nor a run asks before its time', async () => {
    const here = await desk.link('7')
    fake.manner = FULL
    const first = await link()
    expect(first).toMatchObject({ status: 503, body: { code: 'upstream.unavailable' } })
    expect(first.headers.get('retry-after')).toBe('120')
    await refusedUnasked(120)
    expect(await desk.connection()).toMatchObject({ state: 'limited', failures: 0, lastError: { code: 'limited' } })
    const before = fake.calls.length
    await desk.report(here, { status: 'QUOTE_SENT' })
    await desk.call('POST', `/connections/${desk.connectionId}/run`)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(fake.calls).toHaveLength(before)
    // The two minutes are over.
    fake.manner = WELL
    await desk.server.db.query({ text: 'UPDATE connection SET limited_until = now()', values: [] })
    expect((await link()).status).toBe(201)
    await eventually(
      () => Promise.resolve(fake.calls),
      (calls) => calls.includes('PUT /rest-api-v1/general-leads/7/status'),
    )
  })

  it('is not forgotten by a run that was under way and went well', async () => {
    const here = await desk.link('7')
    let letGo = () => undefined as unknown
    fake.manner = (request, response) => {
      if (request.method === 'GET') return WELL(request, response)
      if (request.method !== 'PUT') return FULL(request, response)
      letGo = () => WELL(request, response)
    }
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => Promise.resolve(fake.calls),
      (calls) => calls.some((call) => call.startsWith('PUT')),
    )
    expect((await link()).status).toBe(503)
    letGo()
    await eventually(
      () => desk.connection(),
      ({ running, lastRun }) => running === false && (lastRun as Json)['pushed'] === 1,
    )
    await refusedUnasked(120)
  })
})

describe('a link while the account rests', () => {
  it('is refused after a 429 that a run has met', async () => {
    const here = await desk.link('7')
    fake.manner = FULL
    await desk.report(here, { status: 'QUOTE_SENT' })
    await untilTrouble('limited')
    await refusedUnasked(120)
  })

  it('is refused after a failure, until somebody has it tried at once', async () => {
    const here = await desk.link('7')
    fake.manner = json(503, { success: false, error: 'Closed for the night.' }, { 'retry-after': '600' })
    await desk.report(here, { status: 'QUOTE_SENT' })
    await untilTrouble('server-error')
    await refusedUnasked(600)
    expect(await standing()).toMatchObject({ limited_until: null, failures: 1 })
    fake.manner = WELL
    await desk.run()
    expect((await link()).status).toBe(201)
  })

  it('is refused after credentials that were not taken, until there are others', async () => {
    const here = await desk.link('7')
    fake.manner = json(401, { success: false, error: 'Who are you?' })
    await desk.report(here, { status: 'QUOTE_SENT' })
    await untilTrouble('unauthorised')
    await refusedUnasked(300)
    fake.manner = WELL
    const body = { credentials: { token: 'another' } }
    expect((await desk.call('PATCH', `/connections/${desk.connectionId}`, { body })).status).toBe(200)
    expect((await link()).status).toBe(201)
  })
})
