import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Answer, type Client, clientOf, countHistory, dataOf, errorOf } from './client.ts'

let server: TestServer
let companyId: number
let call: Client
let leadId: number
let lead: string

beforeAll(async () => {
  server = await startServer()
  const company = await server.company()
  companyId = company.companyId
  call = clientOf(server, company)
})
afterAll(() => server.close())
beforeEach(async () => {
  leadId = await server.offer(companyId)
  lead = `/general-leads/${leadId}`
  await call('POST', `${lead}/accept`)
})

const ACCEPTED = { timeline: 2, listed: 2 }
const NO_DATA = {
  reason: null,
  meetupScheduledDate: null,
  jobAmount: null,
  contactMethod: null,
  estimateType: null,
  lostReason: null,
  estimatedProjectStartDate: null,
  estimatedCompletionDate: null,
  startDateTbd: null,
  completionDateTbd: null,
}

type Fields = Record<string, unknown>

function report(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return call('PUT', `${lead}/status`, { body, headers })
}

/** Each status, with all that it may carry, and what of that differs in the answer. */
const REPORTS: readonly [status: string, sent: Fields, shown: Fields][] = [
  ['HOMEOWNER_CONTACTED', { reason: 'Left a message' }, { reason: 'Left a message' }],
  ['MEETUP_SCHEDULED', { meetingScheduledDate: '2026-04-02' }, { meetupScheduledDate: '2026-04-02T00:00:00Z' }],
  ['QUOTE_SENT', {}, {}],
  ['JOB_PENDING_DECISION', { reason: '  trimmed ' }, { reason: 'trimmed' }],
  ['JOB_WON', { jobAmount: 40000.5 }, { jobAmount: 40000.5 }],
  ['JOB_LOST', { reason: 'Price' }, { reason: 'Price' }],
  ['JOB_POSTPONED_OR_CANCELLED', { reason: 'Next year' }, { reason: 'Next year' }],
  ['NO_RESPONSE_FROM_HOMEOWNER', { jobAmount: null }, {}],
  ['OTHER', { reason: '😀'.repeat(500) }, { reason: '😀'.repeat(500) }],
  ['REACHED_OUT_TO_HOMEOWNER', { contactMethod: 'TEXT' }, { contactMethod: 'TEXT' }],
  ['MULTIPLE_ATTEMPTS_NO_RESPONSE', {}, {}],
  ['CONTACT_MADE', { contactMethod: 'IN_PERSON_MEETING' }, { contactMethod: 'IN_PERSON_MEETING' }],
  ['ESTIMATE_PROVIDED', { estimateType: 'PORTAL_ATTACHMENT_ESTIMATE' }, { estimateType: 'PORTAL_ATTACHMENT_ESTIMATE' }],
  [
    'LEAD_WON',
    { jobAmount: 999999999999.99, estimatedProjectStartDate: '2026-05-01', completionDateTbd: true },
    {
      jobAmount: 999999999999.99,
      estimatedProjectStartDate: '2026-05-01T00:00:00Z',
      startDateTbd: false,
      completionDateTbd: true,
    },
  ],
  ['LEAD_LOST', { lostReason: 'OTHER', reason: 'Sold the house' }, { lostReason: 'OTHER', reason: 'Sold the house' }],
]

describe('PUT /general-leads/{id}/status', () => {
  it.each(REPORTS)('takes %s and shows it in the answer and afterwards', async (status, sent, shown) => {
    const answer = await report({ status, ...sent })
    expect(answer.status).toBe(200)
    expect(answer.body['success']).toBe(true)
    const data = dataOf(answer)
    expect(data['postLeadStatus']).toBe(status)
    const { statusActionDate, requiresAction, ...rest } = data['postLeadStatusData'] as Fields
    expect(rest).toEqual({ ...NO_DATA, status, ...shown })
    expect(statusActionDate).toMatch(/Z$/)
    // Only the missing attachment is owed at once; a follow-up is due later.
    expect([requiresAction, data['postLeadRequiresAction']]).toEqual([status === 'LEAD_WON', status === 'LEAD_WON'])
    expect((await call('GET', lead)).text).toBe(answer.text)
    expect(await countHistory(server, leadId)).toEqual({ timeline: 3, listed: 3 })
  })

  it.each(REPORTS)('refuses %s before acceptance with 409', async (status, sent) => {
    const offered = await server.offer(companyId)
    const answer = await call('PUT', `/general-leads/${offered}/status`, { body: { status, ...sent } })
    expect(answer.status).toBe(409)
    errorOf(answer)
    expect(await countHistory(server, offered)).toEqual({ timeline: 1, listed: 1 })
  })

  it('refuses a report on a declined lead with 409', async () => {
    const offered = await server.offer(companyId)
    await call('POST', `/general-leads/${offered}/decline`, { body: { reason: 'Too far' } })
    const answer = await call('PUT', `/general-leads/${offered}/status`, { body: { status: 'QUOTE_SENT' } })
    expect(answer.status).toBe(409)
  })

  it('keeps the meeting date over later reports, and nothing else of earlier ones', async () => {
    await report({ status: 'MEETUP_SCHEDULED', meetingScheduledDate: '2026-04-02', reason: 'On site' })
    const { postLeadStatusData } = dataOf(await report({ status: 'QUOTE_SENT' }))
    expect(postLeadStatusData).toMatchObject({ meetupScheduledDate: '2026-04-02T00:00:00Z', reason: null })
  })

  it.each([
    ['JOB_WON', { jobAmount: 100 }],
    ['LEAD_WON', { jobAmount: 100, startDateTbd: true, completionDateTbd: true }],
  ])(
    'after %s answers the identical report with 200 without a change, and refuses all others',
    async (status, sent) => {
      const won = await report({ status, ...sent })
      const again = await report({ status, ...sent, jobAmount: 100.0 })
      expect([again.status, again.text]).toEqual([200, won.text])
      for (const body of [
        { status, ...sent, jobAmount: 101 },
        { status, ...sent, reason: 'More' },
        { status: 'JOB_LOST', reason: 'Gone' },
        { status: 'QUOTE_SENT' },
        ...REPORTS.filter(([other]) => other !== status && other.endsWith('_WON')).map(([other, fields]) => ({
          status: other,
          ...fields,
        })),
      ]) {
        const answer = await report(body)
        expect(answer.status).toBe(409)
        errorOf(answer)
      }
      expect((await call('GET', lead)).text).toBe(won.text)
      expect(await countHistory(server, leadId)).toEqual({ timeline: 3, listed: 3 })
    },
  )

  it.each<[string, unknown, string]>([
    ['no status', {}, 'status'],
    ['an unknown status', { status: 'WON' }, 'status'],
    ['the first status', { status: 'NO_RESPONSE' }, 'status'],
    ['a status in other case', { status: 'quote_sent' }, 'status'],
    ['no meeting date', { status: 'MEETUP_SCHEDULED' }, 'meetingScheduledDate'],
    [
      'the name of the answer',
      { status: 'MEETUP_SCHEDULED', meetupScheduledDate: '2026-04-02' },
      'meetupScheduledDate',
    ],
    ['a day that is none', { status: 'MEETUP_SCHEDULED', meetingScheduledDate: '2026-02-30' }, 'meetingScheduledDate'],
    [
      'a date-time',
      { status: 'MEETUP_SCHEDULED', meetingScheduledDate: '2026-04-02T10:00:00Z' },
      'meetingScheduledDate',
    ],
    ['no amount', { status: 'JOB_WON' }, 'jobAmount'],
    ['the amount 0', { status: 'JOB_WON', jobAmount: 0 }, 'jobAmount'],
    ['a negative amount', { status: 'JOB_WON', jobAmount: -5 }, 'jobAmount'],
    ['the amount 1e12', { status: 'JOB_WON', jobAmount: 1e12 }, 'jobAmount'],
    ['three decimals', { status: 'JOB_WON', jobAmount: 10.125 }, 'jobAmount'],
    ['an amount as text', { status: 'JOB_WON', jobAmount: '40000' }, 'jobAmount'],
    ['no reason', { status: 'JOB_LOST' }, 'reason'],
    ['a blank reason', { status: 'OTHER', reason: ' \n' }, 'reason'],
    ['a reason of 501 characters', { status: 'OTHER', reason: 'x'.repeat(501) }, 'reason'],
    ['no lost reason', { status: 'LEAD_LOST', reason: 'Price' }, 'lostReason'],
    ['OTHER without a reason', { status: 'LEAD_LOST', lostReason: 'OTHER' }, 'reason'],
    ['no start', { status: 'LEAD_WON', jobAmount: 5, completionDateTbd: true }, 'estimatedProjectStartDate'],
    [
      'a date and its flag',
      {
        status: 'LEAD_WON',
        jobAmount: 5,
        completionDateTbd: true,
        startDateTbd: true,
        estimatedProjectStartDate: '2026-05-01',
      },
      'startDateTbd',
    ],
    [
      'completion before start',
      {
        status: 'LEAD_WON',
        jobAmount: 5,
        estimatedProjectStartDate: '2026-05-02',
        estimatedCompletionDate: '2026-05-01',
      },
      'estimatedCompletionDate',
    ],
    ['a field of another status', { status: 'QUOTE_SENT', jobAmount: 5 }, 'jobAmount'],
    ['a field that there is not', { status: 'QUOTE_SENT', note: 'x' }, 'note'],
    ['an array', [{ status: 'QUOTE_SENT' }], 'object'],
    ['an empty body', '', 'empty'],
    ['a body that is cut off', '{"status":"QUOTE_', 'JSON'],
    ['a field twice', '{"status":"QUOTE_SENT","status":"OTHER"}', 'twice'],
    ['__proto__', '{"status":"QUOTE_SENT","__proto__":{"reason":"x"}}', 'not allowed'],
    ['deep nesting', `{"status":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'nested'],
  ])('refuses %s with 400, names the fault in wire words, and changes nothing', async (_, body, named) => {
    const answer = await report(body)
    expect(answer.status).toBe(400)
    const error = errorOf(answer)
    expect(error).toContain(named)
    expect(error).not.toMatch(/meetingDate|\{|\}/)
    expect(await countHistory(server, leadId)).toEqual(ACCEPTED)
  })

  it('refuses another Content-Type with 415 and a body of ten megabytes with 413', async () => {
    expect((await report('{"status":"QUOTE_SENT"}', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await report({ status: 'OTHER', reason: 'x'.repeat(10_000_000) })).status).toBe(413)
    expect(await countHistory(server, leadId)).toEqual(ACCEPTED)
  })

  it('gives the stored answer to the same key and body, and 422 to the key with another body', async () => {
    const key = { 'idempotency-key': `status-${leadId}` }
    const first = await report({ status: 'QUOTE_SENT' }, key)
    await report({ status: 'OTHER', reason: 'Waiting' })
    const again = await report({ status: 'QUOTE_SENT' }, key)
    expect([again.status, again.text]).toEqual([200, first.text])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect((await report({ status: 'JOB_PENDING_DECISION' }, key)).status).toBe(422)
    expect((await report({ status: 'QUOTE_SENT' }, { 'idempotency-key': 'a b' })).status).toBe(400)
    expect(await countHistory(server, leadId)).toEqual({ timeline: 4, listed: 4 })
  })
})
