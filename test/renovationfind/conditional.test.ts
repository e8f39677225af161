import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type Answer, type Client, clientOf, dataOf, listOf } from './client.ts'

let server: TestServer
let company: TestCompany
let call: Client

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
  call = clientOf(server, company)
})
afterAll(() => server.close())

const QUOTE = { body: { status: 'QUOTE_SENT' } }

async function offered(): Promise<string> {
  return `/general-leads/${await server.offer(company.companyId)}`
}

function tagOf({ headers }: Answer): string | null {
  return headers.get('etag')
}

function guarded(tag: string, call: object = {}): object {
  return { ...call, headers: { 'if-match': tag } }
}

describe('the ETag of a lead', () => {
  it('is its revision, in every answer of the lead', async () => {
    const path = await offered()
    expect(tagOf(await call('GET', path))).toBe('"1"')
    expect(tagOf(await call('POST', `${path}/viewed`))).toBe('"2"')
    expect(tagOf(await call('POST', `${path}/accept`))).toBe('"3"')
    expect(tagOf(await call('PUT', `${path}/status`, QUOTE))).toBe('"4"')
    expect(tagOf(await call('GET', path))).toBe('"4"')
    const declined = await offered()
    expect(tagOf(await call('POST', `${declined}/decline`, { body: { reason: 'Too far' } }))).toBe('"2"')
  })

  it('of an answer that is given again is that of the first time, and its body has no trace of it', async () => {
    const path = await offered()
    await call('POST', `${path}/accept`)
    const keyed = { ...QUOTE, headers: { 'idempotency-key': 'once' } }
    const first = await call('PUT', `${path}/status`, keyed)
    await call('PUT', `${path}/status`, { body: { status: 'CONTACT_MADE' } })
    const again = await call('PUT', `${path}/status`, keyed)
    expect([tagOf(first), tagOf(again)]).toEqual(['"3"', '"3"'])
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.body).toEqual(first.body)
  })
})

describe('If-Match', () => {
  it.each([
    ['PUT', 'status', QUOTE],
    ['POST', 'accept', {}],
    ['POST', 'viewed', {}],
  ] as const)(
    'lets %s %s through on the lead as it is, and on any other changes nothing',
    async (method, step, wish) => {
      const path = await offered()
      if (step === 'status') await call('POST', `${path}/accept`)
      const tag = tagOf(await call('GET', path)) ?? ''
      const refused = await call(method, `${path}/${step}`, guarded('"99"', wish))
      expect(refused).toMatchObject({
        status: 412,
        body: { success: false, error: expect.stringContaining('changed') },
      })
      expect(tagOf(await call('GET', path))).toBe(tag)
      expect((await call(method, `${path}/${step}`, guarded(`"99", ${tag}`, wish))).status).toBe(200)
    },
  )

  it('guards a decline, and says first that a lead is missing', async () => {
    const path = await offered()
    const wish = { body: { reason: 'Too far' } }
    expect((await call('POST', `${path}/decline`, guarded('"7"', wish))).status).toBe(412)
    expect((await call('POST', `${path}/decline`, guarded('"1"', wish))).status).toBe(200)
    expect((await call('POST', '/general-leads/999999999/accept', guarded('"1"'))).status).toBe(404)
  })

  it('takes *, and refuses what is no list of strong tags', async () => {
    const path = await offered()
    for (const tag of ['W/"1"', '1', '"1', '']) {
      const answer = await call('POST', `${path}/accept`, guarded(tag))
      expect(answer.status, tag).toBe(400)
    }
    expect((await call('POST', `${path}/accept`, guarded('*'))).status).toBe(200)
  })

  it('of two with the same tag lets one through', async () => {
    const path = await offered()
    await call('POST', `${path}/accept`)
    const wish = () => call('PUT', `${path}/status`, guarded('"2"', QUOTE))
    const answers = await Promise.all([wish(), wish()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
  })

  it('is not asked of a request that is repeated', async () => {
    const path = await offered()
    const keyed = { headers: { 'idempotency-key': 'accepted-once', 'if-match': '"1"' } }
    expect((await call('POST', `${path}/accept`, keyed)).status).toBe(200)
    expect((await call('PUT', `${path}/status`, QUOTE)).status).toBe(200)
    expect(await call('POST', `${path}/accept`, keyed)).toMatchObject({ status: 200 })
  })
})

describe('what the API promises', () => {
  it('is said in every answer to somebody who is known, refusals included', async () => {
    const promised = 'idempotency-key, if-match'
    for (const path of ['/general-leads', '/general-leads/999999999', '/nothing']) {
      expect((await call('GET', path)).headers.get('x-write-guards'), path).toBe(promised)
    }
  })

  it('is not said to anybody else', async () => {
    const { status, headers } = await clientOf(server, { ...company, token: 'unknown' })('GET', '/general-leads')
    expect([status, headers.get('x-write-guards')]).toEqual([401, null])
  })
})

describe('the full view of the list', () => {
  it('shows each lead as its detail does, with its revision', async () => {
    const path = await offered()
    await call('POST', `${path}/accept`)
    await call('PUT', `${path}/status`, QUOTE)
    const detail = await call('GET', path)
    const [row] = listOf(await call('GET', '/general-leads?view=full&limit=1'))
    expect(row).toEqual({ ...dataOf(detail), revision: 3 })
    const [lite] = listOf(await call('GET', '/general-leads?view=lite&limit=1'))
    expect(lite).not.toHaveProperty('revision')
    expect(lite).not.toHaveProperty('postLeadStatusData')
  })

  it('is the same walk with a cursor of either view', async () => {
    await offered()
    await offered()
    const { body } = await call('GET', '/general-leads?modifiedSince=2020-01-01&limit=1&view=full')
    const next = await call('GET', `/general-leads?modifiedSince=2020-01-01&limit=1&cursor=${body['nextCursor']}`)
    expect(next.status).toBe(200)
  })

  it.each(['view=', 'view=FULL', 'view=all', 'view=full&view=full'])('refuses %s', async (query) => {
    const answer = await call('GET', `/general-leads?${query}`)
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining('view') } })
  })

  it('shows nothing of another company', async () => {
    await offered()
    const stranger = clientOf(server, await server.company())
    expect(listOf(await stranger('GET', '/general-leads?view=full'))).toEqual([])
    expect((await clientOf(server, null)('GET', '/general-leads?view=full')).status).toBe(401)
  })
})
