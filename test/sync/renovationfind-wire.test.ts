import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EMPTY_DETAILS } from '../../src/core/lead/status-report.ts'
import { REPORT_STATUSES, type ReportStatus } from '../../src/core/lead/status-rules.ts'
import { answerValue, NOTHING_REPORTED, reportValue } from '../../src/core/sync/renovationfind-values.ts'
import type { SyncFields } from '../../src/core/sync/shape.ts'
import { makeOutboundClient, type OutboundClient } from '../../src/jobs/outbound/http-client.ts'
import { makeUpstreamCall } from '../../src/jobs/outbound/upstream-client.ts'
import type { Connector } from '../../src/jobs/sync/connector.ts'
import { makeRenovationFindConnector } from '../../src/jobs/sync/renovationfind/connector.ts'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type HostileServer, json, startHostile } from './hostile-server.ts'

const ACCEPTED = answerValue({ action: 'ACCEPTED', declineReason: null })
const QUOTE = reportValue({ ...EMPTY_DETAILS, status: 'QUOTE_SENT' })

let upstream: TestServer
let office: TestCompany
let fake: HostileServer
let client: OutboundClient

beforeAll(async () => {
  upstream = await startServer()
  office = await upstream.company()
  fake = await startHostile(json(200, {}))
  client = makeOutboundClient({ allowPrivate: true })
})
afterAll(async () => {
  await client.close()
  await fake.close()
  await upstream.close()
})

function connectorTo(baseUrl: string, token: string): Connector & { link: NonNullable<Connector['link']> } {
  const call = makeUpstreamCall({ client, baseUrl, signal: new AbortController().signal })
  const connector = makeRenovationFindConnector({ token }, call)
  if (connector.link === undefined) throw new Error('RenovationFind links leads.')
  return { ...connector, link: connector.link }
}
const real = () => connectorTo(upstream.baseUrl, office.token)
const faked = () => connectorTo(fake.baseUrl, 'token')

function push(fields: SyncFields, key = 'k'): Parameters<Connector['push']>[1] {
  return { fields, readAt: null, key }
}

/** The lead as the upstream's own office sees it. */
async function seen(id: number): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${office.token}` }
  const response = await fetch(`${upstream.baseUrl}/rest-api-v1/general-leads/${id}`, { headers })
  return ((await response.json()) as { data: Record<string, unknown> }).data
}

describe('against a real server', () => {
  it('links by accepting, and reads what the answer shows', async () => {
    const id = await upstream.offer(office.companyId, { projectDetailsHtml: '<p>Oak</p>' })
    const outcome = await real().link(String(id), true)
    expect(outcome).toMatchObject({
      kind: 'ok',
      value: {
        id: String(id),
        fields: { action: ACCEPTED, status: NOTHING_REPORTED },
        details: {
          displayName: 'Jordan Miller',
          email: 'jordan@example.com',
          phone: '403-555-0142',
          address: '12 Elm Street, Calgary, AB T2P 1A1',
          category: 'Kitchen renovation',
          originalDescription: 'New cabinets and an island.',
          projectDetailsHtml: '<p>Oak</p>',
        },
      },
    })
    expect(await seen(id)).toMatchObject({ vendorLeadAction: 'ACCEPTED' })
  })

  it('links without accepting where the service shows its leads', async () => {
    const id = await upstream.offer(office.companyId)
    const outcome = await real().link(String(id), false)
    expect(outcome).toMatchObject({ kind: 'ok', value: { fields: { action: { action: 'NONE' } } } })
    expect(outcome.kind === 'ok' && outcome.value.details['email']).toBeUndefined()
    expect(await seen(id)).toMatchObject({ vendorLeadAction: 'NONE' })
  })

  it('declines, and accepts with what the answer then shows', async () => {
    const [declined, accepted] = [await upstream.offer(office.companyId), await upstream.offer(office.companyId)]
    const decline = answerValue({ action: 'DECLINED', declineReason: 'Too far away' })
    expect(await real().push(String(declined), push({ action: decline }))).toMatchObject({
      kind: 'ok',
      value: { lead: null },
    })
    expect(await seen(declined)).toMatchObject({ vendorLeadAction: 'DECLINED', declineReason: 'Too far away' })
    const answer = await real().push(String(accepted), push({ action: ACCEPTED }))
    expect(answer).toMatchObject({ kind: 'ok', value: { lead: { details: { email: 'jordan@example.com' } } } })
  })

  it.each(REPORT_STATUSES)('reports %s, and reads it back the same', async (status) => {
    const id = await upstream.offer(office.companyId)
    await real().link(String(id), true)
    const value = reportValue({ ...EMPTY_DETAILS, ...detailsOf(status), status })
    expect(await real().push(String(id), push({ status: value }))).toMatchObject({ kind: 'ok' })
    expect(await seen(id)).toMatchObject({ postLeadStatus: status })
    expect(await real().link(String(id), true)).toMatchObject({ kind: 'ok', value: { fields: { status: value } } })
  })

  it('says what a refusal was about, and what stands there', async () => {
    const id = await upstream.offer(office.companyId)
    await real().link(String(id), true)
    const won = reportValue({ ...EMPTY_DETAILS, status: 'JOB_WON', jobAmount: '1234.50' })
    await real().push(String(id), push({ status: won }))
    const outcome = await real().push(String(id), push({ status: QUOTE }))
    expect(outcome).toMatchObject({ kind: 'refused', status: 409, theirs: { status: won, action: ACCEPTED } })
    expect(outcome).toHaveProperty('text', expect.stringContaining('JOB_WON'))
  })

  it('counts a push once, however often it is sent', async () => {
    const id = await upstream.offer(office.companyId)
    await real().link(String(id), true)
    for (let time = 0; time < 3; time += 1) {
      expect((await real().push(String(id), push({ status: QUOTE }, 'same'))).kind).toBe('ok')
    }
    const sql = 'SELECT revision FROM lead WHERE id = $1'
    expect(await upstream.db.query({ text: sql, values: [id] })).toEqual([{ revision: 3 }])
  })

  it('tells apart what is missing, what nobody may, and what cannot be said', async () => {
    expect((await real().link('999999999', true)).kind).toBe('missing')
    expect((await real().link('no number', true)).kind).toBe('refused')
    expect((await connectorTo(upstream.baseUrl, 'x.y.z').link('1', true)).kind).toBe('unauthorised')
    expect((await real().push('1', push({ status: NOTHING_REPORTED }))).kind).toBe('refused')
  })
})

function detailsOf(status: ReportStatus): Partial<typeof EMPTY_DETAILS> {
  switch (status) {
    case 'MEETUP_SCHEDULED':
      return { meetingDate: '2026-05-04', reason: 'Visit' }
    case 'JOB_WON':
      return { jobAmount: '40000.00' }
    case 'LEAD_WON':
      return { jobAmount: '0.01', startDate: '2026-06-01', startDateTbd: false, completionDateTbd: true }
    case 'LEAD_LOST':
      return { lostReason: 'OTHER', reason: 'Moved' }
    case 'REACHED_OUT_TO_HOMEOWNER':
    case 'CONTACT_MADE':
      return { contactMethod: 'TEXT' }
    case 'ESTIMATE_PROVIDED':
      return { estimateType: 'OTHER' }
    default:
      return { reason: 'Zu „weit" weg' }
  }
}

describe('against a service with the documented operations only', () => {
  const detail = { id: 7, customerName: 'Ann Lee', postLeadStatus: 'NO_RESPONSE', vendorLeadAction: 'TAKEN' }

  it('links by accepting alone, whatever word the service has for it', async () => {
    fake.manner = json(200, { success: true, data: detail })
    fake.calls.length = 0
    const outcome = await faked().link('7', true)
    expect(outcome).toMatchObject({
      kind: 'ok',
      value: { fields: { action: ACCEPTED }, details: { displayName: 'Ann Lee' } },
    })
    expect(fake.calls).toEqual(['POST /rest-api-v1/general-leads/7/accept'])
  })

  it('asks once for what it does not have, and does without', async () => {
    fake.calls.length = 0
    const no = json(409, { success: false, error: 'Closed by support.' })
    fake.manner = (request, response) => (request.method === 'GET' ? json(404, {}) : no)(request, response)
    const connector = faked()
    const refusal = { kind: 'refused', status: 409, text: 'Closed by support.' }
    expect(await connector.push('7', push({ status: QUOTE }))).toEqual(refusal)
    expect(await connector.push('7', push({ status: QUOTE }))).toEqual(refusal)
    const methods = fake.calls.map((line) => line.split(' ')[0])
    expect(methods).toEqual(['PUT', 'GET', 'PUT'])
  })

  it('sends no more than the page names', async () => {
    fake.manner = json(200, { success: true, data: detail })
    const won = { ...EMPTY_DETAILS, status: 'LEAD_WON', jobAmount: '5.10', startDateTbd: true } as const
    const value = reportValue({ ...won, completionDate: '2026-06-01', completionDateTbd: false })
    await faked().push('7', push({ status: value }))
    expect(JSON.parse(fake.last.body)).toEqual({
      status: 'LEAD_WON',
      jobAmount: 5.1,
      estimatedCompletionDate: '2026-06-01',
      startDateTbd: true,
    })
    expect(fake.last.headers).toMatchObject({ authorization: 'Bearer token' })
  })

  it.each([
    ['an empty object', {}],
    ['a list', []],
    ['a text', 'yes'],
    ['success without a lead', { success: true }],
    ['a lead that is a list', { success: true, data: [detail] }],
    ['another lead', { success: true, data: { ...detail, id: 8 } }],
  ])('does not understand %s', async (_, body) => {
    fake.manner = json(200, body)
    expect(await faked().link('7', true)).toMatchObject({ kind: 'away', cause: 'not-understood' })
  })

  it('takes a failure under 200 for a refusal', async () => {
    fake.manner = json(200, { success: false, error: 'Expired.' })
    expect(await faked().link('7', true)).toMatchObject({ kind: 'refused', status: 200, text: 'Expired.' })
    fake.manner = json(200, { success: false, error: 'No such\r\ntoken' })
    expect(await faked().link('7', true)).toHaveProperty('text', 'No such …')
  })

  it('leaves out what cannot be stored or understood, and takes the rest', async () => {
    const odd = {
      ...detail,
      customerName: ' Ann\u0000 Lee ',
      customerEmail: 'none',
      customerPhone: 5551234,
      customerAddress: 'x'.repeat(600),
      category: null,
      dateCreated: 'yesterday',
      postLeadStatusData: { status: 'JOB_WON', jobAmount: 'much' },
    }
    fake.manner = json(200, { success: true, data: odd })
    const outcome = await faked().link('7', true)
    expect(outcome).toMatchObject({ kind: 'ok', value: { fields: { status: NOTHING_REPORTED } } })
    expect(outcome.kind === 'ok' && outcome.value.details).toEqual({ displayName: 'Ann Lee', address: 'x'.repeat(500) })
  })
})
