import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeOutboundClient, type OutboundClient } from '../../src/jobs/outbound/http-client.ts'
import { makeUpstreamCall } from '../../src/jobs/outbound/upstream-client.ts'
import type { Connector } from '../../src/jobs/sync/connector.ts'
import { makeRenovationFindConnector } from '../../src/jobs/sync/renovationfind/connector.ts'
import type { TestServer } from '../support/server.ts'
import { type HostileServer, json, startHostile } from './hostile-server.ts'
import { type Desk, deskAt, eventually, openServer, openUpstream, type Upstream } from './renovationfind-stage.ts'

type Json = Record<string, unknown>

const GUARDS = { 'x-write-guards': 'idempotency-key, if-match' }
const ROW = { id: 7, revision: 4, dateModified: '2026-03-01T12:00:00Z', vendorLeadAction: 'ACCEPTED' }

let fake: HostileServer
let server: TestServer
let client: OutboundClient

beforeAll(async () => {
  fake = await startHostile(json(404, {}))
  server = await openServer()
  client = makeOutboundClient({ allowPrivate: true })
})
afterAll(async () => {
  await client.close()
  await server.close()
  await fake.close()
})

function page(rows: readonly Json[], etag = '"4"') {
  return json(200, { success: true, data: rows, nextCursor: null }, { ...GUARDS, etag })
}

function connector(): Connector {
  const call = makeUpstreamCall({ client, baseUrl: fake.baseUrl, signal: new AbortController().signal })
  return makeRenovationFindConnector({ token: 'token' }, call)
}

function changes(): ReturnType<NonNullable<Connector['changes']>> {
  const { changes: ask } = connector()
  if (ask === undefined) throw new Error('RenovationFind is asked for changes.')
  return ask('2026-03-01T00:00:00.000Z', null)
}

describe('a page of changes', () => {
  it('asks for shorter ones where so many leads are too much for one answer', async () => {
    const long = 'x'.repeat(100_000)
    fake.calls.length = 0
    fake.manner = (request, response) => {
      const limit = Number(new URL(request.url ?? '', fake.baseUrl).searchParams.get('limit'))
      const rows = Array.from({ length: limit }, (_, id) => ({ ...ROW, id: id + 1, projectDetailsHtml: long }))
      page(rows)(request, response)
    }
    const outcome = await changes()
    expect(outcome).toMatchObject({ kind: 'ok', value: { cursor: null } })
    expect(fake.calls.map((call) => /limit=(\d+)/.exec(call)?.[1])).toEqual(['200', '5'])
  })

  it.each<[string, Json]>([
    ['an id that is none', { id: 'seven' }],
    ['an id of too many digits', { id: 2 ** 60 }],
    ['a number that is none', { revision: '4' }],
    ['no number', { revision: null }],
    ['a number that no store counts to', { revision: 2 ** 40 }],
    ['no time', { dateModified: 'lately' }],
  ])('with %s is not in the form of a Leadwright', async (_, odd) => {
    fake.manner = page([{ ...ROW, ...odd }])
    expect(await changes()).toEqual({ kind: 'ok', value: null })
  })

  it('does not take an answer that it does not know for an open offer, nor a report for none', async () => {
    fake.manner = page([
      { ...ROW, vendorLeadAction: 'TAKEN' },
      { ...ROW, id: 8, postLeadStatus: 'SOMETHING_NEW' },
      { ...ROW, id: 9, postLeadStatusData: { status: 'JOB_WON', jobAmount: 'much' } },
    ])
    expect(await changes()).toMatchObject({
      value: {
        leads: [
          { id: '7', fields: {} },
          { id: '8', fields: { status: { status: 'SOMETHING_NEW' } }, unreadable: { status: expect.any(String) } },
          { id: '9', fields: { status: { status: 'JOB_WON' } }, unreadable: { status: expect.any(String) } },
        ],
      },
    })
  })
})

describe('a report there that our rules do not know', () => {
  it('is a conflict, and takes nothing away here', async () => {
    const told = { postLeadStatus: 'NO_RESPONSE', customerName: 'Ann Lee' }
    let row: Json = { ...ROW, ...told }
    fake.manner = (request, response) => {
      if (request.method !== 'GET') row = { ...row, revision: 5, postLeadStatus: 'QUOTE_SENT' }
      const isList = /leads\?/.test(request.url ?? '')
      const etag = `"${row['revision']}"`
      const one = json(200, { success: true, data: row }, { ...GUARDS, etag })
      return (isList ? page([row], etag) : one)(request, response)
    }
    const account = { kind: 'renovationfind', baseUrl: fake.baseUrl, credentials: { token: 'token' } } as const
    const desk = await deskAt(server, account, { intervalSeconds: 86_400 })
    const here = await desk.link('7', false)
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => Promise.resolve(row),
      ({ revision }) => revision === 5,
    )
    row = { ...row, revision: 6, postLeadStatus: 'SOMETHING_NEW' }
    await desk.run()
    expect(await desk.openConflicts()).toMatchObject([
      { field: 'status', kind: 'refused', ours: { status: 'QUOTE_SENT' }, theirs: { status: 'SOMETHING_NEW' } },
    ])
    expect(await desk.lead(here)).toMatchObject({ status: 'QUOTE_SENT' })
    await desk.close()
  })
})

describe('a connection that is given another address', () => {
  let upstreams: readonly [Upstream, Upstream]
  let desk: Desk

  beforeAll(async () => {
    upstreams = [await openUpstream(), await openUpstream()]
    const [{ baseUrl, token }] = upstreams
    const account = { kind: 'renovationfind', baseUrl, credentials: { token } } as const
    desk = await deskAt(server, account, { intervalSeconds: 86_400 })
  })
  afterAll(async () => {
    for (const upstream of upstreams) await upstream.close()
  })

  it('takes nothing over from whatever lead has the same number there', async () => {
    const [first, second] = upstreams
    const there = await first.offer()
    const here = await desk.link(there)
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => first.lead(there),
      ({ status }) => status === 'QUOTE_SENT',
    )
    expect(await second.offer({ firstName: 'Somebody', lastName: 'Else' })).toBe(there)
    expect((await second.call('POST', `/leads/${there}/accept`)).status).toBe(200)
    const report = { body: { status: 'JOB_LOST', reason: 'Too dear' } }
    expect((await second.call('POST', `/leads/${there}/status`, report)).status).toBe(200)
    const body = { baseUrl: second.baseUrl, credentials: { token: second.token } }
    expect((await desk.call('PATCH', `/connections/${desk.connectionId}`, { body })).status).toBe(200)
    const conflicts = await eventually(
      () => desk.openConflicts(),
      ({ length }) => length > 0,
    )
    expect(conflicts).toMatchObject([
      { field: 'status', kind: 'both-changed', ours: { status: 'QUOTE_SENT' }, theirs: { status: 'JOB_LOST' } },
    ])
    expect(await desk.lead(here)).toMatchObject({ status: 'QUOTE_SENT', displayName: 'Jordan Miller' })
    expect(await second.lead(there)).toMatchObject({ status: 'JOB_LOST' })
  })
})
