import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type Answer, type Client, clientOf, countHistory, dataOf, errorOf } from './client.ts'

let server: TestServer
let company: TestCompany
let call: Client
let leadId: number
let lead: string

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
  call = clientOf(server, company)
})
afterAll(() => server.close())
beforeEach(async () => {
  leadId = await server.offer(company.companyId)
  lead = `/general-leads/${leadId}`
})

const OFFERED = { timeline: 1, listed: 1 }
const CONTACT = {
  customerName: 'Jordan Miller',
  customerEmail: 'jordan@example.com',
  customerPhone: '403-555-0142',
  customerAddress: '12 Elm Street, Calgary, AB T2P 1A1',
}
const NO_CONTACT = { customerName: null, customerEmail: null, customerPhone: null, customerAddress: null }
const INSTANT = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)

async function revisionOf(id: number): Promise<unknown> {
  const [row] = await server.db.query<{ revision: number }>({
    text: 'SELECT revision FROM lead WHERE id = $1',
    values: [id],
  })
  return row?.revision
}

describe('GET /general-leads/{id}', () => {
  it('shows every field of the sample in its order, empty ones as null', async () => {
    const answer = await call('GET', lead)
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body)).toEqual(['success', 'data'])
    const data = dataOf(answer)
    expect(Object.keys(data)).toEqual([
      'id',
      'dateCreated',
      'dateModified',
      'actionDate',
      'category',
      'customerName',
      'customerEmail',
      'customerPhone',
      'customerAddress',
      'projectDetailsHtml',
      'originalJobDescription',
      'vendorNotificationViewed',
      'vendorLeadAction',
      'declineReason',
      'postLeadStatus',
      'postLeadRequiresAction',
      'customerInformationHtml',
      'postLeadStatusData',
      'attachments',
    ])
    expect(data).toMatchObject({
      ...NO_CONTACT,
      id: leadId,
      dateCreated: INSTANT,
      actionDate: null,
      vendorNotificationViewed: false,
      vendorLeadAction: 'NONE',
      postLeadStatus: 'NO_RESPONSE',
      postLeadRequiresAction: true,
      customerInformationHtml: null,
      attachments: [],
    })
    expect(data['postLeadStatusData']).toEqual({
      status: 'NO_RESPONSE',
      statusActionDate: null,
      reason: null,
      meetupScheduledDate: null,
      jobAmount: null,
      requiresAction: true,
      contactMethod: null,
      estimateType: null,
      lostReason: null,
      estimatedProjectStartDate: null,
      estimatedCompletionDate: null,
      startDateTbd: null,
      completionDateTbd: null,
    })
  })

  it('changes nothing by being read', async () => {
    await call('GET', lead)
    expect(await revisionOf(leadId)).toBe(1)
  })
})

describe('POST /general-leads/{id}/accept', () => {
  it('shows the contact fields from then on, with a timeline row, and lists follow', async () => {
    const answer = await call('POST', `${lead}/accept`)
    expect(answer.status).toBe(200)
    expect(dataOf(answer)).toMatchObject({ ...CONTACT, vendorLeadAction: 'ACCEPTED', actionDate: INSTANT })
    expect(dataOf(answer)['customerInformationHtml']).toContain('jordan@example.com')
    expect(dataOf(await call('GET', lead))).toMatchObject(CONTACT)
    expect(await countHistory(server, leadId)).toEqual({ timeline: 2, listed: 2 })
  })

  it('changes nothing the second time, also at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('POST', `${lead}/accept`)))
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1)
    expect(await countHistory(server, leadId)).toEqual({ timeline: 2, listed: 2 })
  })

  it('is refused after a decline with 409', async () => {
    await call('POST', `${lead}/decline`, { body: { reason: 'Too far' } })
    const answer = await call('POST', `${lead}/accept`)
    expect(answer.status).toBe(409)
    errorOf(answer)
    expect(dataOf(await call('GET', lead))).toMatchObject(NO_CONTACT)
  })

  it('ignores a body, whatever it is', async () => {
    expect((await call('POST', `${lead}/accept`, { body: '{"broken":' })).status).toBe(200)
  })
})

describe('POST /general-leads/{id}/decline', () => {
  it('answers a message and no data, and shows the reason in the lead', async () => {
    const answer = await call('POST', `${lead}/decline`, { body: { reason: '  Outside our service area ' } })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({ success: true, message: expect.any(String) })
    expect(dataOf(await call('GET', lead))).toMatchObject({
      ...NO_CONTACT,
      vendorLeadAction: 'DECLINED',
      declineReason: 'Outside our service area',
      postLeadRequiresAction: false,
    })
    expect(await countHistory(server, leadId)).toEqual({ timeline: 2, listed: 2 })
  })

  it('changes nothing with the same reason again, and is refused with another', async () => {
    await call('POST', `${lead}/decline`, { body: { reason: 'Too far' } })
    expect((await call('POST', `${lead}/decline`, { body: { reason: 'Too far' } })).status).toBe(200)
    expect((await call('POST', `${lead}/decline`, { body: { reason: 'Too small' } })).status).toBe(409)
    expect(await countHistory(server, leadId)).toEqual({ timeline: 2, listed: 2 })
  })

  it('is refused after acceptance with 409', async () => {
    await call('POST', `${lead}/accept`)
    expect((await call('POST', `${lead}/decline`, { body: { reason: 'Too far' } })).status).toBe(409)
  })

  it('takes a reason of 500 characters, astral ones too', async () => {
    expect((await call('POST', `${lead}/decline`, { body: { reason: '😀'.repeat(500) } })).status).toBe(200)
  })

  it.each([
    ['no reason', {}],
    ['null', { reason: null }],
    ['a blank reason', { reason: ' \t\u00a0' }],
    ['501 characters', { reason: 'x'.repeat(501) }],
    ['a number', { reason: 5 }],
    ['another field', { reason: 'x', note: 'y' }],
    ['no JSON', 'reason=x'],
    ['no body', ''],
  ])('refuses %s with 400 and changes nothing', async (_, body) => {
    const answer = await call('POST', `${lead}/decline`, { body })
    expect(answer.status).toBe(400)
    errorOf(answer)
    expect(await countHistory(server, leadId)).toEqual(OFFERED)
  })
})

describe('POST /general-leads/{id}/viewed', () => {
  it('marks the lead as viewed once, and shows no contact field', async () => {
    const answer = await call('POST', `${lead}/viewed`)
    expect(answer.status).toBe(200)
    expect(dataOf(answer)).toMatchObject({ ...NO_CONTACT, vendorNotificationViewed: true, vendorLeadAction: 'NONE' })
    expect((await call('POST', `${lead}/viewed`)).text).toBe(answer.text)
    expect(await countHistory(server, leadId)).toEqual({ timeline: 2, listed: 2 })
  })
})

describe('every operation on a lead', () => {
  const operations: readonly [string, string, unknown][] = [
    ['GET', '', undefined],
    ['POST', '/accept', undefined],
    ['POST', '/decline', { reason: 'Too far' }],
    ['POST', '/viewed', undefined],
    ['PUT', '/status', { status: 'QUOTE_SENT' }],
  ]

  it.each(operations)('%s …%s needs valid credentials of the company and of this face', async (method, path, body) => {
    const sent = body === undefined ? {} : { body }
    const stranger = await server.company()
    const basic = Buffer.from(`${company.email}:${company.password}`).toString('base64')
    const foreign = { authorization: `Basic ${basic}`, apikey: company.apiKey }
    const attempts: [number, Answer][] = [
      [404, await clientOf(server, stranger)(method, lead + path, sent)],
      [401, await clientOf(server, null)(method, lead + path, sent)],
      [401, await clientOf(server, { token: 'broken' })(method, lead + path, sent)],
      [401, await clientOf(server, { token: `${company.token.slice(0, -4)}AAAA` })(method, lead + path, sent)],
      [401, await clientOf(server, null)(method, lead + path, { ...sent, headers: foreign })],
    ]
    for (const [status, answer] of attempts) {
      expect(answer.status).toBe(status)
      errorOf(answer)
    }
    expect(await countHistory(server, leadId)).toEqual(OFFERED)
  })

  it.each(operations)('%s …%s answers 404 or 400 to an id that no lead has', async (method, path, body) => {
    const sent = body === undefined ? {} : { body }
    for (const [id, status] of [
      ['0', 404],
      ['-7', 404],
      ['999999999', 404],
      ['9223372036854775807', 404],
      ['9223372036854775808', 400],
      ['abc', 400],
      ['%20', 400],
    ] as const) {
      const answer = await call(method, `/general-leads/${id}${path}`, sent)
      expect(answer.status).toBe(status)
      errorOf(answer)
    }
  })

  it.each(operations)('%s …%s does not find a deleted lead', async (method, path, body) => {
    await server.db.query({ text: 'UPDATE lead SET deleted_at = now() WHERE id = $1', values: [leadId] })
    const answer = await call(method, lead + path, body === undefined ? {} : { body })
    expect(answer.status).toBe(404)
    expect(await countHistory(server, leadId)).toEqual(OFFERED)
  })
})
