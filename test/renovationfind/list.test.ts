import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type Client, clientOf, errorOf, listOf } from './client.ts'

let server: TestServer
let company: TestCompany
let call: Client
/** Five leads in order of age; 1 is accepted, 2 declined, 3 accepted and lost. */
let ids: number[]

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
  call = clientOf(server, company)
  ids = []
  for (let i = 0; i < 5; i += 1) ids.push(await server.offer(company.companyId))
  await call('POST', `/general-leads/${ids[1]}/accept`)
  await call('POST', `/general-leads/${ids[2]}/decline`, { body: { reason: 'Too far' } })
  await call('POST', `/general-leads/${ids[3]}/accept`)
  await call('PUT', `/general-leads/${ids[3]}/status`, { body: { status: 'JOB_LOST', reason: 'Price' } })
})
afterAll(() => server.close())

async function idsOf(query: string): Promise<unknown[]> {
  const answer = await call('GET', `/general-leads${query}`)
  expect(answer.status).toBe(200)
  return listOf(answer).map((lead) => lead['id'])
}

/** Walks all pages; fails when it does not end. */
async function walk(query: string, limit: number): Promise<unknown[]> {
  const seen: unknown[] = []
  let cursor: unknown = ''
  for (let pages = 0; pages < 20; pages += 1) {
    const answer = await call('GET', `/general-leads?limit=${limit}${query}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    expect(listOf(answer).length).toBeLessThanOrEqual(limit)
    seen.push(...listOf(answer).map((lead) => lead['id']))
    cursor = answer.body['nextCursor']
    if (cursor === null) return seen
  }
  throw new Error('the pages do not end')
}

describe('GET /general-leads', () => {
  it('shows the lite view, newest first, without detail parts', async () => {
    const answer = await call('GET', '/general-leads')
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.body)).toEqual(['success', 'data', 'nextCursor'])
    expect(answer.body['nextCursor']).toBeNull()
    expect(listOf(answer).map((lead) => lead['id'])).toEqual([...ids].reverse())
    expect(Object.keys(listOf(answer)[0] ?? {})).toEqual([
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
    ])
  })

  it('hides the contact fields of leads that are not accepted', async () => {
    for (const lead of listOf(await call('GET', '/general-leads'))) {
      const contact = [lead['customerName'], lead['customerEmail'], lead['customerPhone'], lead['customerAddress']]
      const isKnown = lead['vendorLeadAction'] === 'ACCEPTED'
      expect(contact.every((value) => (isKnown ? typeof value === 'string' : value === null))).toBe(true)
    }
  })

  it.each([1, 2, 3, 5, 200])('shows each lead once over pages of %i', async (limit) => {
    expect(await walk('', limit)).toEqual([...ids].reverse())
  })

  it('filters by status, several at once, and by action', async () => {
    expect(await idsOf('?status=JOB_LOST')).toEqual([ids[3]])
    expect(await idsOf('?status=JOB_LOST,NO_RESPONSE')).toEqual([...ids].reverse())
    expect(await idsOf('?status=LEAD_WON')).toEqual([])
    expect(await idsOf('?action=NONE')).toEqual([ids[4], ids[0]])
    expect(await idsOf('?action=ACCEPTED&status=NO_RESPONSE')).toEqual([ids[1]])
    expect(await walk('&action=ACCEPTED', 1)).toEqual([ids[3], ids[1]])
  })

  it('walks changes in their order with modifiedSince, from that instant on', async () => {
    const { db } = server
    const rows = await db.query<{ id: number; at: string }>({
      text: 'SELECT id, modified_at AS at FROM lead WHERE company_id = $1 ORDER BY modified_at, id',
      values: [company.companyId],
    })
    const order = rows.map((row) => row.id)
    expect(await walk('&modifiedSince=2020-01-01', 2)).toEqual(order)
    const third = rows[2]?.at ?? ''
    const from = rows.filter((row) => row.at >= third).map((row) => row.id)
    expect(await walk(`&modifiedSince=${third}`, 1)).toEqual(from)
    expect(await idsOf('?modifiedSince=2999-01-01T00:00:00%2B02:00')).toEqual([])
  })

  it('pages through leads that changed at the same instant', async () => {
    const other = await server.company()
    const own: number[] = []
    for (let i = 0; i < 4; i += 1) own.push(await server.offer(other.companyId))
    const values = [other.companyId, '2026-03-01T10:00:00Z']
    await server.db.query({ text: 'UPDATE lead SET modified_at = $2 WHERE company_id = $1', values })
    await server.db.query({ text: 'UPDATE timeline SET at = $2 WHERE company_id = $1', values })
    const seen: unknown[] = []
    let cursor = ''
    for (let pages = 0; pages < 4; pages += 1) {
      const answer = await clientOf(server, other)('GET', `/general-leads?modifiedSince=2026-03-01&limit=1${cursor}`)
      seen.push(...listOf(answer).map((lead) => lead['id']))
      cursor = `&cursor=${answer.body['nextCursor']}`
    }
    expect(seen).toEqual(own)
    expect(cursor).toBe('&cursor=null')
  })

  it('leaves deleted leads out of both orders', async () => {
    const other = await server.company()
    const [kept, gone] = [await server.offer(other.companyId), await server.offer(other.companyId)]
    await server.db.query({ text: 'UPDATE lead SET deleted_at = now() WHERE id = $1', values: [gone] })
    for (const query of ['', '?modifiedSince=2020-01-01']) {
      const answer = await clientOf(server, other)('GET', `/general-leads${query}`)
      expect(listOf(answer).map((lead) => lead['id'])).toEqual([kept])
    }
  })

  it('never shows the leads of another company', async () => {
    const stranger = clientOf(server, await server.company())
    expect((await stranger('GET', '/general-leads')).body).toEqual({ success: true, data: [], nextCursor: null })
    const mine = await call('GET', '/general-leads?limit=2')
    const theirs = await stranger('GET', `/general-leads?limit=2&cursor=${mine.body['nextCursor']}`)
    expect(listOf(theirs)).toEqual([])
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['status=WON', 'status'],
    ['status=job_lost', 'status'],
    ['status=', 'status'],
    ['status=JOB_LOST,', 'status'],
    ['action=accepted', 'action'],
    ['modifiedSince=2026-02-30', 'modifiedSince'],
    ['modifiedSince=2026-03-01T10:00:00', 'modifiedSince'],
    ['modifiedSince=', 'modifiedSince'],
    ['offset=5', 'offset'],
    ['Status=JOB_LOST', 'Status'],
    ['__proto__=1', '__proto__'],
    ['cursor=', 'cursor'],
    ['cursor=garbage', 'cursor'],
    ['cursor=..%2F', 'cursor'],
    ['cursor=W10', 'cursor'],
  ])('refuses ?%s and names %s', async (query, name) => {
    const answer = await call('GET', `/general-leads?${query}`)
    expect(answer.status).toBe(400)
    expect(errorOf(answer)).toContain(name)
  })

  it.each(['&action=ACCEPTED', '&status=NO_RESPONSE', '&modifiedSince=2020-01-01'])(
    'refuses a cursor when %s is added to the filters',
    async (added) => {
      const { body } = await call('GET', '/general-leads?limit=1')
      const answer = await call('GET', `/general-leads?limit=1&cursor=${body['nextCursor']}${added}`)
      expect(answer.status).toBe(400)
      expect(errorOf(answer)).toContain('cursor')
    },
  )

  it('takes a cursor with the statuses in another order and with another limit', async () => {
    const { body } = await call('GET', '/general-leads?limit=1&status=JOB_LOST,NO_RESPONSE')
    expect(await idsOf(`?limit=2&status=NO_RESPONSE,JOB_LOST&cursor=${body['nextCursor']}`)).toEqual([ids[3], ids[2]])
  })

  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'gzip'],
    ['identity', null],
  ])('is answered to a client that takes %s under %s', async (taken, encoding) => {
    const answer = await call('GET', '/general-leads?view=full', { headers: { 'accept-encoding': taken } })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(listOf(answer)).toHaveLength(ids.length)
  })

  it('needs a token', async () => {
    const answer = await clientOf(server, null)('GET', '/general-leads')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('Bearer')
    errorOf(answer)
    expect((await clientOf(server, { token: `${company.token}x` })('GET', '/general-leads')).status).toBe(401)
  })
})
