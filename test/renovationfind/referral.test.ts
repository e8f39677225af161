import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type Answer, type Client, clientOf, dataOf, errorOf } from './client.ts'

const SKIPPED = { success: true, message: 'Duplicate request detected. Skipped.' }
const JOHN = { firstName: 'John', lastName: 'Doe', emailTo: 'john@example.com', phone: '5551234567' }

let server: TestServer
let company: TestCompany
let call: Client

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

/** Each test asks for its own company, as duplicates are counted by company. */
async function freshCompany(): Promise<void> {
  company = await server.company()
  call = clientOf(server, company)
}

function create(body: unknown, query = '', headers: Record<string, string> = {}): Promise<Answer> {
  return call('POST', `/referral-requests${query}`, { body, headers })
}

async function stored(): Promise<number> {
  const [row] = await server.db.query<{ count: number }>({
    text: 'SELECT count(*) FROM referral_request WHERE company_id = $1',
    values: [company.companyId],
  })
  return row?.count ?? -1
}

describe('POST /referral-requests', () => {
  it('records a request and answers it with its id', async () => {
    await freshCompany()
    const answer = await create({ ...JOHN, sendGift: true })
    expect(answer.status).toBe(201)
    expect(answer.body['success']).toBe(true)
    const { id, dateCreated, ...rest } = dataOf(answer)
    expect(rest).toEqual({ ...JOHN, sendGift: true, renewal: false })
    expect(id).toEqual(expect.any(Number))
    expect(dateCreated).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
    expect(await stored()).toBe(1)
  })

  it.each([
    ['the same e-mail in other case', { ...JOHN, emailTo: 'JOHN@Example.com', phone: '4035550000' }],
    ['the same phone in another form', { ...JOHN, emailTo: null, phone: '(555) 123-4567' }],
    ['both', JOHN],
  ])('skips a duplicate by %s with the documented answer', async (_, body) => {
    await freshCompany()
    await create(JOHN)
    const answer = await create(body)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual(SKIPPED)
    expect((await create(body, '?skipDuplicates=true')).body).toEqual(SKIPPED)
    expect(await stored()).toBe(1)
  })

  it('skips the contacts of leads that the company has accepted, by e-mail, phone and mobile phone', async () => {
    await freshCompany()
    const contact = { email: 'Mia@Example.com', phone: '403-555-0199', mobilePhone: '+1 403 555 0188' }
    const leadId = await server.offer(company.companyId, contact)
    expect((await create({ ...JOHN, emailTo: 'mia@example.com', phone: null })).status).toBe(201)
    await call('POST', `/general-leads/${leadId}/accept`)
    for (const body of [
      { ...JOHN, emailTo: 'mia@example.com', phone: null },
      { ...JOHN, emailTo: null, phone: '4035550199' },
      { ...JOHN, emailTo: null, phone: '14035550188' },
    ]) {
      expect((await create(body)).body).toEqual(SKIPPED)
    }
    expect(await stored()).toBe(1)
  })

  it('does not take a contact of another company for a duplicate', async () => {
    await freshCompany()
    await create(JOHN)
    await freshCompany()
    expect((await create(JOHN)).status).toBe(201)
  })

  it('creates duplicates all the same with skipDuplicates=false', async () => {
    await freshCompany()
    await create(JOHN)
    expect((await create(JOHN, '?skipDuplicates=false')).status).toBe(201)
    expect(await stored()).toBe(2)
  })

  it('creates exactly one of many equal requests at the same time', async () => {
    await freshCompany()
    const answers = await Promise.all(Array.from({ length: 24 }, () => create(JOHN)))
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(23)
    expect(await stored()).toBe(1)
  })

  it('gives the stored answer to the same Idempotency-Key, also when it would be a duplicate by now', async () => {
    await freshCompany()
    const key = { 'idempotency-key': 'referral-1' }
    const first = await create(JOHN, '', key)
    const again = await create(JOHN, '', key)
    expect([again.status, again.text]).toEqual([201, first.text])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(await stored()).toBe(1)
  })

  it('creates once for many requests with one Idempotency-Key at the same time', async () => {
    await freshCompany()
    const key = { 'idempotency-key': 'referral-2' }
    const answers = await Promise.all(Array.from({ length: 12 }, () => create(JOHN, '?skipDuplicates=false', key)))
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1)
    expect(await stored()).toBe(1)
  })

  it('refuses a key of another request with 422 and writes nothing', async () => {
    await freshCompany()
    const key = { 'idempotency-key': 'referral-3' }
    await create(JOHN, '', key)
    const others = [
      await create({ ...JOHN, firstName: 'Joan' }, '?skipDuplicates=false', key),
      await create(JOHN, '?skipDuplicates=false', key),
    ]
    for (const answer of others) {
      expect(answer.status).toBe(422)
      errorOf(answer)
    }
    const leadId = await server.offer(company.companyId)
    expect((await call('POST', `/general-leads/${leadId}/accept`, { headers: key })).status).toBe(422)
    expect(await stored()).toBe(1)
  })

  it('refuses a key that a change of a lead has used', async () => {
    await freshCompany()
    const leadId = await server.offer(company.companyId)
    const key = { 'idempotency-key': 'lead-1' }
    await call('POST', `/general-leads/${leadId}/accept`, { headers: key })
    expect((await create(JOHN, '', key)).status).toBe(422)
    expect(await stored()).toBe(0)
  })

  it.each([
    ['no first name', { ...JOHN, firstName: undefined }, 'firstName'],
    ['a blank last name', { ...JOHN, lastName: '  ' }, 'lastName'],
    ['neither e-mail nor phone', { ...JOHN, emailTo: undefined, phone: null }, 'emailTo'],
    ['an e-mail that is none', { ...JOHN, emailTo: 'john' }, 'emailTo'],
    ['a phone as number', { ...JOHN, phone: 5551234567 }, 'phone'],
    ['a flag as text', { ...JOHN, sendGift: 'yes' }, 'sendGift'],
    ['a field that there is not', { ...JOHN, email: 'john@example.com' }, 'email'],
    ['an array', [JOHN], 'object'],
    ['broken JSON', '{"firstName":', 'JSON'],
    ['an empty body', '', 'empty'],
    ['a name twice', '{"firstName":"a","firstName":"b","lastName":"c","phone":"5551234567"}', 'twice'],
    ['a forbidden name', '{"__proto__":{},"firstName":"a","lastName":"c","phone":"5551234567"}', 'not allowed'],
  ])('refuses %s with 400 and writes nothing', async (_, body, named) => {
    await freshCompany()
    const answer = await create(body)
    expect(answer.status).toBe(400)
    expect(errorOf(answer)).toContain(named)
    expect(await stored()).toBe(0)
  })

  it.each(['?skipDuplicates=no', '?skipDuplicates=', '?skipDuplicates=true&skipDuplicates=false', '?skip=true'])(
    'refuses %s with 400',
    async (query) => {
      await freshCompany()
      const answer = await create(JOHN, query)
      expect(answer.status).toBe(400)
      expect(errorOf(answer)).toContain('skip')
      expect(await stored()).toBe(0)
    },
  )

  it('refuses another Content-Type with 415, and a body of megabytes with 413', async () => {
    await freshCompany()
    expect((await create(JSON.stringify(JOHN), '', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await create({ ...JOHN, firstName: 'x'.repeat(2_000_000) })).status).toBe(413)
    expect(await stored()).toBe(0)
  })

  it('needs a token', async () => {
    const answer = await clientOf(server, null)('POST', '/referral-requests', { body: JOHN })
    expect(answer.status).toBe(401)
    errorOf(answer)
  })
})
