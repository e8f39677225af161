import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Account, basic, bearer, type Installation, install, type RawAnswer, send } from './harness.ts'

let site: Installation
let account: Account

beforeAll(async () => {
  site = await install()
  account = await site.account('Two Faces')
}, 90_000)

afterAll(() => site.end())

function renovationFind(method: string, id: number, path = '', body?: unknown): Promise<RawAnswer> {
  const text = body === undefined ? {} : { body: JSON.stringify(body) }
  return send(site.baseUrl, {
    method,
    url: `/rest-api-v1/general-leads/${id}${path}`,
    headers: bearer(account),
    ...text,
  })
}

function constructionOnline(method: string, id: number, body?: unknown): Promise<RawAnswer> {
  const text = body === undefined ? {} : { body: JSON.stringify(body) }
  return send(site.baseUrl, { method, url: `/api/Leads?id=${id}`, headers: basic(account), ...text })
}

async function accepted(): Promise<number> {
  const id = await site.offer(account)
  expect((await renovationFind('POST', id, '/accept')).status).toBe(200)
  return id
}

const OPEN = 'Open'
const STEPS: [body: Record<string, unknown>, leadStatus: string, value: number | null][] = [
  [{ status: 'HOMEOWNER_CONTACTED' }, OPEN, null],
  [{ status: 'REACHED_OUT_TO_HOMEOWNER', contactMethod: 'TEXT' }, OPEN, null],
  [{ status: 'MULTIPLE_ATTEMPTS_NO_RESPONSE' }, OPEN, null],
  [{ status: 'NO_RESPONSE_FROM_HOMEOWNER' }, OPEN, null],
  [{ status: 'CONTACT_MADE', contactMethod: 'PHONE_CALL', reason: 'Nice call' }, OPEN, null],
  [{ status: 'MEETUP_SCHEDULED', meetingScheduledDate: '2026-12-01' }, OPEN, null],
  [{ status: 'OTHER', reason: 'Waiting for a permit' }, OPEN, null],
  [{ status: 'QUOTE_SENT' }, OPEN, null],
  [{ status: 'ESTIMATE_PROVIDED', estimateType: 'EMAILED_ESTIMATE' }, OPEN, null],
  [{ status: 'JOB_PENDING_DECISION' }, OPEN, null],
  [{ status: 'JOB_POSTPONED_OR_CANCELLED', reason: 'Next spring' }, 'Inactive', null],
  [{ status: 'JOB_LOST', reason: 'Went with a friend' }, 'Closed - Lost', null],
  [{ status: 'LEAD_LOST', lostReason: 'PRICE' }, 'Closed - Lost', null],
]

describe('a lead offered, accepted and reported by RenovationFind calls', () => {
  it('is not in ConstructionOnline before it is accepted, and hides its contact', async () => {
    const id = await site.offer(account)
    expect((await constructionOnline('GET', id)).status).toBe(404)
    const { data } = (await renovationFind('GET', id)).json<{ data: Record<string, unknown> }>()
    expect(data).toMatchObject({
      vendorLeadAction: 'NONE',
      customerName: null,
      customerEmail: null,
      postLeadStatus: 'NO_RESPONSE',
    })
    expect((await renovationFind('PUT', id, '/status', { status: 'CONTACT_MADE' })).status).toBe(409)
  })

  it('shows the right LEAD_STATUS and LEAD_VALUE after each of the 13 statuses that are not final', async () => {
    const id = await accepted()
    for (const [body, leadStatus, value] of STEPS) {
      const answer = await renovationFind('PUT', id, '/status', body)
      expect([body['status'], answer.status]).toEqual([body['status'], 200])
      const lead = (await constructionOnline('GET', id)).json()
      expect([body['status'], lead['LEAD_STATUS'], lead['LEAD_VALUE']]).toEqual([body['status'], leadStatus, value])
    }
  })

  it.each([
    [{ status: 'JOB_WON', jobAmount: 12500.5 }],
    [{ status: 'LEAD_WON', jobAmount: 12500.5, startDateTbd: true, estimatedCompletionDate: '2027-03-01' }],
  ])('is closed as won with its amount, and then refuses the same through both faces: %o', async (won) => {
    const id = await accepted()
    expect((await renovationFind('PUT', id, '/status', won)).status).toBe(200)
    expect((await constructionOnline('GET', id)).json()).toMatchObject({
      LEAD_STATUS: 'Closed - Won',
      LEAD_VALUE: 12500.5,
    })
    const refusals = [
      await renovationFind('PUT', id, '/status', { status: 'CONTACT_MADE' }),
      await renovationFind('PUT', id, '/status', { ...won, jobAmount: 1 }),
      await constructionOnline('PUT', id, { LEAD_STATUS: 'Open' }),
      await constructionOnline('PUT', id, { LEAD_STATUS: 'Closed - Lost' }),
      await constructionOnline('PUT', id, { LEAD_VALUE: '1' }),
      await constructionOnline('PUT', id, { LEAD_VALUE: null }),
    ]
    expect(refusals.map((answer) => answer.status)).toEqual([409, 409, 409, 409, 409, 409])
    expect(refusals[0]?.json()).toMatchObject({ success: false, error: expect.any(String) })
    expect(refusals[2]?.json()).toEqual({ Message: expect.any(String) })
    expect((await renovationFind('PUT', id, '/status', won)).status).toBe(200)
    expect((await constructionOnline('PUT', id, { LEAD_VALUE: 12500.5, LEAD_NOTES: 'Paid' })).status).toBe(200)
  })
})

describe('a lead created and closed by ConstructionOnline calls', () => {
  async function created(): Promise<number> {
    const body = JSON.stringify({
      FIRSTNAME: 'Ann',
      LASTNAME: 'Lee',
      DISPLAY_NAME: 'Ann Lee',
      EMAIL: 'ann@example.com',
    })
    const answer = await send(site.baseUrl, { method: 'POST', url: '/api/Leads', headers: basic(account), body })
    expect(answer.status).toBe(200)
    return answer.json<{ ID: number }>().ID
  }

  async function detail(id: number) {
    return (await renovationFind('GET', id)).json<{
      data: { postLeadStatusData: Record<string, unknown> } & Record<string, unknown>
    }>().data
  }

  it('is an accepted lead for RenovationFind', async () => {
    const lead = await detail(await created())
    expect(lead).toMatchObject({ customerName: 'Ann Lee', vendorLeadAction: 'ACCEPTED', postLeadStatus: 'NO_RESPONSE' })
  })

  it('is JOB_WON with the value as amount, and frozen for both', async () => {
    const id = await created()
    expect((await constructionOnline('PUT', id, { LEAD_STATUS: 'Closed - Won' })).status).toBe(400)
    expect((await constructionOnline('PUT', id, { LEAD_STATUS: 'Closed - Won', LEAD_VALUE: '40000' })).status).toBe(200)
    const lead = await detail(id)
    expect(lead).toMatchObject({ postLeadStatus: 'JOB_WON', postLeadStatusData: { jobAmount: 40000 } })
    expect((await renovationFind('PUT', id, '/status', { status: 'CONTACT_MADE' })).status).toBe(409)
    expect((await renovationFind('PUT', id, '/status', { status: 'JOB_WON', jobAmount: 39999 })).status).toBe(409)
    expect((await constructionOnline('PUT', id, { LEAD_STATUS: 'Inactive' })).status).toBe(409)
  })

  it('is JOB_LOST, JOB_POSTPONED_OR_CANCELLED and open again as the last open status', async () => {
    const id = await created()
    await renovationFind('PUT', id, '/status', { status: 'MEETUP_SCHEDULED', meetingScheduledDate: '2026-12-24' })
    await constructionOnline('PUT', id, { LEAD_STATUS: 'Closed - Lost', LEAD_NOTES: 'Too dear' })
    expect(await detail(id)).toMatchObject({ postLeadStatus: 'JOB_LOST', postLeadStatusData: { reason: 'Too dear' } })
    await constructionOnline('PUT', id, { LEAD_STATUS: 'Inactive' })
    const inactive = await detail(id)
    expect(inactive.postLeadStatus).toBe('JOB_POSTPONED_OR_CANCELLED')
    expect(inactive.postLeadStatusData['reason']).toMatch(/ConstructionOnline/)
    await constructionOnline('PUT', id, { LEAD_STATUS: 'Open' })
    expect(await detail(id)).toMatchObject({
      postLeadStatus: 'MEETUP_SCHEDULED',
      postLeadStatusData: { meetupScheduledDate: '2026-12-24T00:00:00Z' },
    })
  })
})
