import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { changesOf, GREG, leadCount, newClient, type OnlineClient } from './client.ts'

let server: TestServer
let online: OnlineClient

beforeAll(async () => {
  server = await startServer()
  online = await newClient(server)
})
afterAll(() => server.close())

const today = () => new Date().toISOString().slice(0, 10)

async function accepted(): Promise<number> {
  const id = await server.offer(online.company.companyId)
  expect((await online.sister('POST', `${id}/accept`)).status).toBe(200)
  return id
}

async function report(id: unknown, body: unknown): Promise<number> {
  return (await online.sister('PUT', `${id}/status`, body)).status
}

async function sisterData(id: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${server.baseUrl}/rest-api-v1/general-leads/${id}`, {
    headers: { authorization: `Bearer ${online.company.token}` },
  })
  return ((await response.json()) as { data: Record<string, unknown> }).data
}

describe('what RenovationFind reports', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['HOMEOWNER_CONTACTED', {}, 'Open'],
    ['MEETUP_SCHEDULED', { meetingScheduledDate: '2026-04-01' }, 'Open'],
    ['QUOTE_SENT', {}, 'Open'],
    ['JOB_PENDING_DECISION', {}, 'Open'],
    ['JOB_WON', { jobAmount: 1234.56 }, 'Closed - Won'],
    ['JOB_LOST', { reason: 'Too dear' }, 'Closed - Lost'],
    ['JOB_POSTPONED_OR_CANCELLED', { reason: 'Next year' }, 'Inactive'],
    ['NO_RESPONSE_FROM_HOMEOWNER', {}, 'Open'],
    ['OTHER', { reason: 'Moved' }, 'Open'],
    ['REACHED_OUT_TO_HOMEOWNER', {}, 'Open'],
    ['MULTIPLE_ATTEMPTS_NO_RESPONSE', {}, 'Open'],
    ['CONTACT_MADE', {}, 'Open'],
    ['ESTIMATE_PROVIDED', {}, 'Open'],
    ['LEAD_WON', { jobAmount: 1234.56, startDateTbd: true, completionDateTbd: true }, 'Closed - Won'],
    ['LEAD_LOST', { lostReason: 'PRICE' }, 'Closed - Lost'],
  ])('as %s is shown here at once', async (status, fields, shown) => {
    const id = await accepted()
    expect((await online.read(id))['LEAD_STATUS']).toBe('Open')
    expect(await report(id, { status, ...fields })).toBe(200)
    const won = shown === 'Closed - Won'
    const closed = won || shown === 'Closed - Lost'
    expect(await online.read(id)).toMatchObject({
      LEAD_STATUS: shown,
      LEAD_VALUE: won ? 1234.56 : null,
      LEAD_CLOSED_DATE: closed ? today() : null,
    })
  })

  test('before acceptance, or as declined, is no lead here', async () => {
    const open = await server.offer(online.company.companyId)
    const declined = await server.offer(online.company.companyId)
    expect((await online.sister('POST', `${declined}/decline`, { reason: 'Too far' })).status).toBe(200)
    for (const id of [open, declined]) {
      expect((await online.get(`?id=${id}`)).status).toBe(404)
      expect((await online.put(id, { CITY: 'Banff' })).status).toBe(404)
      expect((await online.put(id, '')).status).toBe(404)
    }
  })
})

describe('LEAD_STATUS', () => {
  test('Closed - Won takes the value that comes with it as the amount', async () => {
    const { ID } = await online.create()
    const { status, body } = await online.put(ID, { LEAD_STATUS: 'Closed - Won', LEAD_VALUE: '40000' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 40000, LEAD_CLOSED_DATE: today() })
    const data = await sisterData(ID)
    expect(data['postLeadStatus']).toBe('JOB_WON')
    expect(data['postLeadStatusData']).toMatchObject({ jobAmount: 40000 })
    expect(await changesOf(server, ID)).toBe(2)
  })

  test('Closed - Won takes the value on record when none comes with it', async () => {
    const { ID } = await online.create({ LEAD_VALUE: 17.5 })
    expect((await online.put(ID, { LEAD_STATUS: 'Closed - Won' })).status).toBe(200)
    expect((await sisterData(ID))['postLeadStatusData']).toMatchObject({ jobAmount: 17.5 })
  })

  test.each<[string, Record<string, unknown>]>([
    ['none', {}],
    ['null', { LEAD_VALUE: null }],
    ['0', { LEAD_VALUE: 0 }],
  ])('Closed - Won with a value of %s is refused and changes nothing', async (_, value) => {
    const before = await online.create(value['LEAD_VALUE'] === null ? { LEAD_VALUE: 5 } : {})
    const { status, body } = await online.put(before['ID'], { LEAD_STATUS: 'Closed - Won', CITY: 'Banff', ...value })
    expect(status).toBe(400)
    expect(body).toEqual({ Message: 'A won lead needs an amount: send LEAD_VALUE greater than 0 with LEAD_STATUS.' })
    expect(await online.read(before['ID'])).toEqual(before)
  })

  test('Closed - Lost and Inactive take the notes that come with them as the reason', async () => {
    for (const [status, shown] of [
      ['Closed - Lost', 'JOB_LOST'],
      ['Inactive', 'JOB_POSTPONED_OR_CANCELLED'],
    ]) {
      const { ID } = await online.create()
      expect((await online.put(ID, { LEAD_STATUS: status, LEAD_NOTES: `  ${'😀'.repeat(501)}` })).status).toBe(200)
      const data = await sisterData(ID)
      expect(data['postLeadStatusData']).toMatchObject({ status: shown, reason: '😀'.repeat(500) })
      expect((await online.read(ID))['LEAD_NOTES']).toBe('😀'.repeat(501))
    }
  })

  test('Closed - Lost without notes names ConstructionOnline as the reason', async () => {
    const { ID } = await online.create({ LEAD_NOTES: 'An old note.' })
    expect((await online.put(ID, { LEAD_STATUS: 'Closed - Lost' })).status).toBe(200)
    expect((await sisterData(ID))['postLeadStatusData']).toMatchObject({
      reason: 'Set to Closed - Lost through ConstructionOnline.',
    })
  })

  test('Open brings back the last open status with what was reported then', async () => {
    const id = await accepted()
    expect(await report(id, { status: 'MEETUP_SCHEDULED', meetingScheduledDate: '2026-04-01' })).toBe(200)
    for (const closed of ['Inactive', 'Closed - Lost']) {
      expect((await online.put(id, { LEAD_STATUS: closed })).status).toBe(200)
    }
    const { status, body } = await online.put(id, { LEAD_STATUS: 'Open' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ LEAD_STATUS: 'Open', LEAD_CLOSED_DATE: null })
    const data = await sisterData(id)
    expect(data['postLeadStatusData']).toMatchObject({
      status: 'MEETUP_SCHEDULED',
      meetupScheduledDate: '2026-04-01T00:00:00Z',
      reason: null,
    })
  })

  test('that the lead already has changes nothing, in whatever letter case', async () => {
    const { ID } = await online.create({ LEAD_STATUS: ' closed - LOST ' })
    expect((await online.read(ID))['LEAD_STATUS']).toBe('Closed - Lost')
    expect((await online.put(ID, { LEAD_STATUS: 'CLOSED - LOST' })).status).toBe(200)
    expect(await changesOf(server, ID)).toBe(1)
  })

  test('on create is reported in the same change; a win without a value makes no lead', async () => {
    const won = await online.create({ LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 12 })
    expect(won).toMatchObject({ LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 12, LEAD_CLOSED_DATE: today() })
    expect(await changesOf(server, won['ID'])).toBe(1)
    expect((await online.create({ LEAD_STATUS: 'Open' }))['LEAD_STATUS']).toBe('Open')
    expect((await online.create({ LEAD_STATUS: 'Inactive' }))['LEAD_STATUS']).toBe('Inactive')
    const before = await leadCount(server)
    expect((await online.post({ ...GREG, LEAD_STATUS: 'Closed - Won' })).status).toBe(400)
    expect(await leadCount(server)).toBe(before)
  })
})

describe('after a win', () => {
  test.each(['RenovationFind', 'ConstructionOnline'])('through %s both APIs refuse another', async (door) => {
    const id = await accepted()
    if (door === 'RenovationFind') expect(await report(id, { status: 'JOB_WON', jobAmount: 500 })).toBe(200)
    else expect((await online.put(id, { LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 500 })).status).toBe(200)
    const won = await online.read(id)
    for (const [body, name] of [
      [{ LEAD_STATUS: 'Open' }, 'LEAD_STATUS'],
      [{ LEAD_STATUS: 'Closed - Lost' }, 'LEAD_STATUS'],
      [{ LEAD_STATUS: 'Inactive', CITY: 'Banff' }, 'LEAD_STATUS'],
      [{ LEAD_VALUE: 501 }, 'LEAD_VALUE'],
      [{ LEAD_VALUE: null }, 'LEAD_VALUE'],
      [{ LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 501 }, 'LEAD_VALUE'],
    ] as const) {
      const refused = await online.put(id, body)
      expect(refused.status).toBe(409)
      expect(refused.body).toEqual({ Message: `The lead is Closed - Won: ${name} can no longer change.` })
    }
    expect(await report(id, { status: 'JOB_LOST', reason: 'x' })).toBe(409)
    expect(await report(id, { status: 'JOB_WON', jobAmount: 501 })).toBe(409)
    expect(await report(id, { status: 'JOB_WON', jobAmount: 500 })).toBe(200)
    expect((await online.put(id, { LEAD_STATUS: 'Closed - Won', LEAD_VALUE: '500.00' })).body).toEqual(won)
    // Accepted, then won: nothing of the above was written.
    expect(await changesOf(server, id)).toBe(3)
    expect((await online.put(id, { CITY: 'Banff' })).status).toBe(200)
  })
})
