import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { type Client, clientOf, problemOf } from '../client.ts'

let server: TestServer
let company: TestCompany
let call: Client

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
  call = clientOf(server, company)
  for (let i = 0; i < 3; i += 1) await server.offer(company.companyId)
})
afterAll(() => server.close())

const PATHS = [
  '/leads',
  '/leads.csv',
  '/leads/duplicates?email=a@b.example',
  '/board',
  '/board/New',
  '/today',
  '/statistics',
]

describe('reading', () => {
  it.each(PATHS)('needs credentials: %s', async (path) => {
    expect(problemOf(await clientOf(server, null)('GET', path)).status).toBe(401)
    expect(problemOf(await clientOf(server, { token: `${company.token}x` })('GET', path)).status).toBe(401)
  })

  it.each(PATHS)('refuses an unknown parameter and names it: %s', async (path) => {
    const answer = await call('GET', `${path}${path.includes('?') ? '&' : '?'}nonsense=1`)
    expect(problemOf(answer)).toEqual({ status: 400, code: 'request.parameter-invalid', field: 'nonsense' })
  })

  it.each(PATHS)('has no other method: %s', async (path) => {
    expect((await call('PUT', path)).status).toBe(405)
  })

  it.each([
    ['/leads?limit=0', 'limit'],
    ['/leads?limit=201', 'limit'],
    ['/leads?limit=1.5', 'limit'],
    ['/leads?limit=1&limit=2', 'limit'],
    ['/leads?sort=best', 'sort'],
    ['/leads?boardStage=Nowhere', 'boardStage'],
    ['/leads?boardStage=', 'boardStage'],
    ['/leads?boardStage=New,', 'boardStage'],
    ['/leads?boardStage=New&deleted=true', 'boardStage'],
    ['/leads?id=', 'id'],
    ['/leads?id=5,x', 'id'],
    [`/leads.csv?id=${Array.from({ length: 501 }, (_, n) => n + 1)}`, 'id'],
    ['/leads?status=WON', 'status'],
    ['/leads?source=web', 'source'],
    ['/leads?category=', 'category'],
    [`/leads?category=${'x'.repeat(255)}`, 'category'],
    [`/leads?${'category=x&'.repeat(51)}`, 'category'],
    ['/leads?assignee=', 'assignee'],
    ['/leads?assignee=0', 'assignee'],
    ['/leads?assignee=-1', 'assignee'],
    ['/leads?assignee=99999999999999999999', 'assignee'],
    ['/leads?assignee=me', 'assignee'],
    ['/leads?requiresAction=yes', 'requiresAction'],
    ['/leads?deleted=1', 'deleted'],
    ['/leads?createdFrom=2026-02-30', 'createdFrom'],
    ['/leads?createdTo=yesterday', 'createdTo'],
    ['/leads?createdFrom=2026-03-02&createdTo=2026-03-01', 'createdTo'],
    ['/leads?cursor=', 'cursor'],
    ['/leads?cursor=garbage', 'cursor'],
    ['/leads?__proto__=1', '__proto__'],
    ['/leads.csv?limit=5', 'limit'],
    ['/board?limit=101', 'limit'],
    ['/board?cursor=x', 'cursor'],
    ['/board?assignee=all', 'assignee'],
    ['/board/Nowhere', 'boardStage'],
    ['/board/New?cursor=W10', 'cursor'],
    ['/leads/duplicates?except=x', 'except'],
    ['/leads/duplicates?email=a&email=b', 'email'],
    ['/statistics?from=2026', 'from'],
    ['/statistics?from=2026-03-02&to=2026-03-01', 'to'],
    ['/statistics?assignee=everyone', 'assignee'],
  ])('refuses %s and names %s', async (path, field) => {
    const answer = await call('GET', path)
    expect(problemOf(answer)).toEqual({ status: 400, code: 'request.parameter-invalid', field })
  })

  it('takes ids and dates at the edge', async () => {
    for (const query of [
      'assignee=9007199254740991',
      'createdTo=9999-12-31',
      'createdFrom=1900-01-01',
      'category=%00',
    ]) {
      const { status } = await call('GET', `/leads?${query}`)
      expect(status).toBe(query.includes('%00') ? 400 : 200)
    }
    expect((await call('GET', '/statistics?from=1900-01-01&to=9999-12-31')).status).toBe(200)
    expect((await call('GET', '/statistics?from=9999-12-31')).status).toBe(200)
  })

  it.each(['&q=jordan', '&sort=oldest', '&boardStage=New', '&assignee=none', '&deleted=true'])(
    'refuses a cursor when %s is added',
    async (added) => {
      const { body } = await call('GET', '/leads?limit=1')
      expect(typeof body['nextCursor']).toBe('string')
      const answer = await call('GET', `/leads?limit=1&cursor=${body['nextCursor']}${added}`)
      expect(problemOf(answer).field).toBe('cursor')
    },
  )

  it.each(['newest', 'amount', 'name', 'next-action', 'changed'])(
    'never fails at a cursor of which a part was changed: %s',
    async (sort) => {
      const { body } = await call('GET', `/leads?limit=1&sort=${sort}`)
      const parts = JSON.parse(Buffer.from(String(body['nextCursor']), 'base64url').toString()) as unknown[]
      const values = [-1, 9, 1e30, 0.5, '', 'x', '2026-13-45 00:00:00+00', '9'.repeat(300), '\u0000', null, {}]
      for (const place of [1, 2, 3, 4, 5]) {
        for (const value of values) {
          const forged = Buffer.from(JSON.stringify(parts.with(place, value))).toString('base64url')
          const answer = await call('GET', `/leads?limit=1&sort=${sort}&cursor=${forged}`)
          if (answer.status !== 200) expect(problemOf(answer)).toMatchObject({ status: 400, field: 'cursor' })
        }
      }
      const short = Buffer.from(JSON.stringify(parts.slice(0, 3))).toString('base64url')
      expect(problemOf(await call('GET', `/leads?limit=1&sort=${sort}&cursor=${short}`)).field).toBe('cursor')
    },
  )

  it('refuses the cursor of another column', async () => {
    const { body } = await call('GET', '/board/Offered?limit=1')
    expect((await call('GET', `/board/Offered?limit=1&cursor=${body['nextCursor']}`)).status).toBe(200)
    for (const path of ['/board/New?', '/board/Offered?assignee=none&']) {
      expect(problemOf(await call('GET', `${path}cursor=${body['nextCursor']}`)).field).toBe('cursor')
    }
  })
})
