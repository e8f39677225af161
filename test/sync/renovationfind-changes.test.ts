import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CUT, forwardWhole, type HostileServer, json, type Manner, startHostile } from './hostile-server.ts'
import { type Desk, deskAt, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'

let upstream: Upstream
let front: HostileServer
let desk: Desk

beforeAll(async () => {
  upstream = await openUpstream()
  front = await startHostile((request, response) => forwardWhole(front, upstream.baseUrl)(request, response))
  const { token } = upstream
  const account = { kind: 'renovationfind', baseUrl: front.baseUrl, credentials: { token } } as const
  desk = await openDesk(account, { intervalSeconds: 86_400 })
})
afterAll(async () => {
  await desk.close()
  await front.close()
  await upstream.close()
})

function lists(): URLSearchParams[] {
  const paths = front.calls.filter((call) => /^GET \/rest-api-v1\/general-leads\?/.test(call))
  return paths.map((call) => new URLSearchParams(call.split('?')[1]))
}

async function place(): Promise<{ since: string; told: boolean }> {
  const text = 'SELECT changes_since AS since, tells_changes AS told FROM connection WHERE id = $1'
  const [row] = await desk.server.db.query<{ since: string; told: boolean }>({ text, values: [desk.connectionId] })
  if (row === undefined) throw new Error('There is a connection.')
  return row
}

async function report(id: string, status: string): Promise<void> {
  expect((await upstream.call('POST', `/leads/${id}/status`, { body: { status } })).status).toBe(200)
}

describe('changes there', () => {
  it('are asked for from a day before the connection was made, and then from shortly before the last time', async () => {
    await eventually(place, ({ told }) => told)
    const [first] = lists()
    expect(first?.get('view')).toBe('full')
    const sinceMs = Date.parse(first?.get('modifiedSince') ?? '')
    expect(Date.now() - sinceMs).toBeGreaterThan(86_400_000)
    await desk.run()
    const agoMs = Date.now() - Date.parse((await place()).since)
    expect(agoMs).toBeGreaterThan(29_000)
    expect(agoMs).toBeLessThan(40_000)
    const before = await place()
    await desk.run()
    expect(lists().at(-1)?.get('modifiedSince')).toBe(before.since)
  })

  it('are all seen over many pages, each lead as it is last', async () => {
    const pairs: { here: number; there: string }[] = []
    for (let one = 0; one < 3; one += 1) {
      const there = await upstream.offer()
      pairs.push({ there, here: await desk.link(there) })
    }
    await desk.run()
    await report(pairs[0]?.there ?? '', 'CONTACT_MADE')
    for (let one = 0; one < 240; one += 1) await upstream.offer()
    await report(pairs[1]?.there ?? '', 'QUOTE_SENT')
    await report(pairs[0]?.there ?? '', 'QUOTE_SENT')
    await report(pairs[2]?.there ?? '', 'QUOTE_SENT')
    front.calls.length = 0
    expect((await desk.run())['lastRun']).toMatchObject({ error: null })
    expect(lists().length).toBeGreaterThan(1)
    expect(lists().map((query) => query.has('cursor'))).toEqual([
      false,
      ...lists()
        .slice(1)
        .map(() => true),
    ])
    for (const { here } of pairs) expect(await desk.lead(here)).toMatchObject({ status: 'QUOTE_SENT' })
  }, 90_000)

  it('of another company there are never shown', async () => {
    const there = await upstream.offer()
    const here = await desk.link(there)
    await desk.run()
    const token = await upstream.strangerToken()
    const account = { kind: 'renovationfind', baseUrl: front.baseUrl, credentials: { token } } as const
    const theirs = await deskAt(desk.server, account)
    try {
      const path = `/connections/${theirs.connectionId}/leads`
      const answer = await theirs.call('POST', path, { body: { upstreamId: there, accept: false } })
      expect(answer).toMatchObject({ status: 409, body: { code: 'upstream.refused' } })
      await report(there, 'QUOTE_SENT')
      expect((await theirs.run())['lastRun']).toMatchObject({ pulled: 0, error: null })
      expect((await theirs.call('GET', '/leads')).body).toMatchObject({ leads: [] })
    } finally {
      await theirs.close()
    }
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ status: 'QUOTE_SENT' })
  })

  it('of a lead that was deleted there and restored are seen again', async () => {
    const there = await upstream.offer()
    const here = await desk.link(there)
    await desk.run()
    await report(there, 'CONTACT_MADE')
    expect((await upstream.call('DELETE', `/leads/${there}`)).status).toBeLessThan(300)
    await desk.report(here, { status: 'QUOTE_SENT' })
    const gone = () =>
      desk.server.db.query({ text: 'SELECT 1 FROM connection_lead WHERE gone_at IS NOT NULL', values: [] })
    await eventually(gone, ({ length }) => length === 1)
    await desk.report(here, { status: 'JOB_PENDING_DECISION' })
    const waiting = 'SELECT count(*) AS n FROM connection_lead WHERE dirty OR EXISTS (SELECT 1 FROM outbox)'
    await eventually(
      () => desk.server.db.query<{ n: number }>({ text: waiting, values: [] }),
      ([row]) => row?.n === 0,
    )
    expect((await upstream.call('POST', `/leads/${there}/restore`)).status).toBe(200)
    await desk.run()
    expect(await gone()).toHaveLength(0)
    const [conflict] = (await desk.openConflicts()).filter(({ leadId }) => leadId === here)
    expect(conflict).toMatchObject({ kind: 'both-changed', theirs: { status: 'CONTACT_MADE' } })
  })

  it.each<[string, string, Manner]>([
    ['the line is cut', 'cut', CUT],
    ['it answers an error', 'server-error', json(500, {})],
    ['it does not know the list any more', 'missing', json(404, { success: false, error: 'No.' })],
    ['it promises nothing any more', 'not-understood', json(200, { success: true, data: [], nextCursor: null })],
    ['it does not take the token', 'unauthorised', json(401, { success: false, error: 'No.' })],
  ])('once told are missed when %s: the run ends with that, and nothing is lost', async (_, code, manner) => {
    const there = await upstream.offer()
    const here = await desk.link(there)
    await desk.run()
    const before = await place()
    const whole = forwardWhole(front, upstream.baseUrl)
    front.manner = (request, response) => (/leads\?/.test(request.url ?? '') ? manner : whole)(request, response)
    await report(there, 'CONTACT_MADE')
    expect(await desk.run()).toMatchObject({ lastError: { code } })
    expect(await place()).toEqual(before)
    front.manner = whole
    expect(await desk.run()).toMatchObject({ lastError: null, failures: 0 })
    expect(await desk.lead(here)).toMatchObject({ status: 'CONTACT_MADE' })
  })
})
