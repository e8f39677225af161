import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Answer, credentialsOf, type LeadRecord, newClient, type OnlineClient } from './client.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ LOG_LEVEL: 'silent' })
})
afterAll(() => server.close())

const idsOf = ({ body }: Answer) => (body as LeadRecord[]).map((record) => record['ID'])

/** Copies a lead until the company has `count` more; 1,200 creations one by one would take the test's time. */
async function copies(online: OnlineClient, id: unknown, count: number): Promise<void> {
  const columns = await server.db.query<{ name: string }>({
    text: `SELECT column_name AS name FROM information_schema.columns
           WHERE table_name = 'lead' AND table_schema = current_schema() AND column_name NOT IN ('id')`,
  })
  const list = columns.map(({ name }) => name).join(', ')
  await server.db.query({
    text: `INSERT INTO lead (id, ${list}) SELECT nextval('lead_id'), ${list} FROM lead, generate_series(1, $3)
           WHERE company_id = $1 AND id = $2`,
    values: [online.company.companyId, id, count],
  })
}

async function update(id: unknown, set: string): Promise<void> {
  await server.db.query({ text: `UPDATE lead SET ${set} WHERE id = $1`, values: [id] })
}

/** As if the lead's last change had been then. */
async function backdate(id: unknown, instant: string): Promise<void> {
  await server.db.query({ text: 'UPDATE lead SET modified_at = $2 WHERE id = $1', values: [id, instant] })
  await server.db.query({ text: 'UPDATE timeline SET at = $2 WHERE lead_id = $1', values: [id, instant] })
}

describe('the list', () => {
  test('of a company without leads is an empty array', async () => {
    const online = await newClient(server)
    const { status, headers, body } = await online.get()
    expect([status, body]).toEqual([200, []])
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  test('has the company’s worked leads only, as they are read one by one, ordered by ID', async () => {
    const online = await newClient(server)
    const other = await newClient(server)
    await other.create()
    const first = await online.create()
    const offer = await server.offer(online.company.companyId)
    const second = await online.create({ LEAD_STATUS: 'Closed - Lost' })
    const accepted = await server.offer(online.company.companyId)
    await online.sister('POST', `${accepted}/accept`)
    const declined = await server.offer(online.company.companyId)
    await online.sister('POST', `${declined}/decline`, { reason: 'x' })
    const converted = await online.create()
    await update(converted['ID'], 'converted_at = now()')
    const deleted = await online.create()
    await update(deleted['ID'], 'deleted_at = now()')
    // A change must not move a lead in the list.
    const firstChanged = (await online.put(first['ID'], { CITY: 'Banff' })).body
    expect((await online.get()).body).toEqual([firstChanged, second, await online.read(accepted)])
    for (const id of [offer, declined, converted['ID'], deleted['ID']]) {
      expect((await online.get(`?id=${id}`)).status).toBe(404)
      expect((await online.put(id, { CITY: 'Banff' })).status).toBe(404)
    }
  })

  test('of 1,200 leads is whole, once each, in order, plain and with gzip', async () => {
    const online = await newClient(server)
    const { ID } = await online.create({ LEAD_NOTES: '{"quoted": "]"}, 李'.repeat(20) })
    await copies(online, ID, 1199)
    for (const encoding of ['identity', 'gzip']) {
      const answer = await online.get('', { 'accept-encoding': encoding })
      expect(answer.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null)
      const ids = idsOf(answer)
      expect(ids).toHaveLength(1200)
      expect(new Set(ids).size).toBe(1200)
      expect(ids).toEqual([...ids].sort((a, b) => Number(a) - Number(b)))
    }
  })

  test('of exactly one and exactly two pages is whole', async () => {
    const online = await newClient(server)
    const { ID } = await online.create()
    await copies(online, ID, 499)
    expect(idsOf(await online.get())).toHaveLength(500)
    await copies(online, ID, 500)
    expect(idsOf(await online.get())).toHaveLength(1000)
  })

  test.each(['identity', 'gzip'])(
    'is never a valid short one when a fault comes in the middle (%s)',
    async (encoding) => {
      const online = await newClient(server)
      const { ID } = await online.create()
      await copies(online, ID, 1199)
      // A status that no rule knows cannot be shown: the fault comes while the second page is written.
      await server.db.query({
        text: `UPDATE lead SET status = 'BROKEN' WHERE id =
               (SELECT id FROM lead WHERE company_id = $1 ORDER BY id OFFSET 900 LIMIT 1)`,
        values: [online.company.companyId],
      })
      const outcome = await online.get('', { 'accept-encoding': encoding }).then(
        ({ status, body }) => ({ status, body }),
        () => 'cut',
      )
      if (outcome !== 'cut') {
        expect(outcome).toEqual({ status: 500, body: { Message: expect.stringMatching(/unexpected fault/) } })
      }
      // The server goes on.
      expect((await online.get(`?id=${ID}`)).status).toBe(200)
    },
  )

  test('that nobody reads any more leaves the server able to answer', async () => {
    const online = await newClient(server)
    const { ID } = await online.create({ LEAD_NOTES: 'x'.repeat(20_000) })
    await copies(online, ID, 1199)
    await Promise.all(Array.from({ length: 20 }, () => abandon(online)))
    expect(idsOf(await online.get())).toHaveLength(1200)
  })
})

/** Asks for the list, reads its first bytes and goes away. */
function abandon(online: OnlineClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.baseUrl}/api/Leads`, { headers: credentialsOf(online.company) }, (answer) => {
      answer.once('data', () => asked.destroy())
      answer.on('error', () => undefined)
    })
    asked.on('close', resolve)
    asked.on('error', (error: Error) => (asked.destroyed ? resolve() : reject(error)))
    asked.end()
  })
}

describe('fromDate', () => {
  test('takes in the leads modified from midnight UTC of that day on', async () => {
    const online = await newClient(server)
    const before = await online.create()
    const at = await online.create()
    const after = await online.create()
    await backdate(before['ID'], '2026-03-01T23:59:59.999Z')
    await backdate(at['ID'], '2026-03-02T00:00:00Z')
    await backdate(after['ID'], '2026-03-05T12:00:00Z')
    expect(idsOf(await online.get('?fromDate=2026-03-02'))).toEqual([at['ID'], after['ID']])
    expect(idsOf(await online.get('?FROMDATE=2026-03-01'))).toEqual([before['ID'], at['ID'], after['ID']])
    expect(idsOf(await online.get('?fromDate=2026-03-06'))).toEqual([])
    expect(idsOf(await online.get('?fromDate=2026-03-01&skip=1&take=1'))).toEqual([at['ID']])
    // A change puts a lead among the modified ones.
    await online.put(before['ID'], { CITY: 'Banff' })
    expect(idsOf(await online.get('?fromDate=2026-03-06'))).toEqual([before['ID']])
  })

  test.each(['', '2026-02-30', '02/03/2026', '2026-03-02T00:00:00Z', 'yesterday'])('refuses %j', async (date) => {
    const online = await newClient(server)
    const { status, body } = await online.get(`?fromDate=${date}`)
    expect(status).toBe(400)
    expect(body).toEqual({ Message: 'The parameter fromDate must be a calendar date in the form YYYY-MM-DD.' })
  })
})

describe('skip and take', () => {
  test('cut the list into stretches that together are the list', async () => {
    const online = await newClient(server)
    const { ID } = await online.create()
    await copies(online, ID, 24)
    const whole = idsOf(await online.get())
    const stretches = await Promise.all([0, 10, 20].map((skip) => online.get(`?skip=${skip}&take=10`)))
    expect(stretches.flatMap(idsOf)).toEqual(whole)
    expect(idsOf(await online.get('?Take=1000&SKIP=24'))).toEqual(whole.slice(24))
    expect(idsOf(await online.get('?skip=25&take=1'))).toEqual([])
    expect(idsOf(await online.get('?skip=9007199254740991&take=1'))).toEqual([])
  })

  test.each([
    ['skip=1', 'The parameters skip and take go together.'],
    ['take=1', 'The parameters skip and take go together.'],
    ['skip=0&take=0', 'The parameter take must be a whole number from 1 to 1000.'],
    ['skip=0&take=1001', 'The parameter take must be a whole number from 1 to 1000.'],
    ['skip=-1&take=1', 'The parameter skip must be a whole number from 0 to 9007199254740991.'],
    ['skip=x&take=1', 'The parameter skip must be a whole number from 0 to 9007199254740991.'],
    ['skip=9007199254740993&take=1', 'The parameter skip must be a whole number from 0 to 9007199254740991.'],
    ['skip=&take=1', 'The parameter skip must be a whole number from 0 to 9007199254740991.'],
    ['skip=1&skip=1&take=1', 'The parameter skip is given more than once.'],
    ['id=1&ID=1', 'The parameter id is given more than once.'],
    ['id=1&fromDate=2026-01-01', 'The parameter id cannot be combined with fromDate, skip or take.'],
    ['id=1&skip=0&take=1', 'The parameter id cannot be combined with fromDate, skip or take.'],
  ])('%s is refused', async (query, message) => {
    const online = await newClient(server)
    const { status, body } = await online.get(`?${query}`)
    expect([status, body]).toEqual([400, { Message: message }])
  })

  test('parameters that the API does not have are ignored', async () => {
    const online = await newClient(server)
    const lead = await online.create()
    expect((await online.get('?_=1700000000&__proto__=1&constructor=x')).body).toEqual([lead])
  })
})
