import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf, problemOf } from '../client.ts'
import { type Browser, openBrowser } from './browser.ts'
import { openStage, type Stage, type StagedCompany } from './stage.ts'

let stage: Stage
let operator: Browser
let company: StagedCompany

beforeAll(async () => {
  stage = await openStage()
  operator = await stage.signIn(await stage.user(null, 'operator'))
  company = await stage.company()
})
afterAll(() => stage.close())

describe('an operator', () => {
  test('adds a company whose secrets work', async () => {
    const input = { name: 'Oak Homes', email: 'office@oak.example', password: 'long enough for all' }
    const { status, body } = await operator.call('POST', '/operator/companies', { body: input })
    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.any(Number),
      name: 'Oak Homes',
      email: input.email,
      token: expect.any(String),
      apiKey: expect.stringMatching(/^lwk_/),
    })
    const owner = await stage.signIn(input)
    expect((await owner.call('GET', '/company')).body).toMatchObject({ id: body['id'], name: 'Oak Homes' })
    const program = clientOf(stage, { token: String(body['token']) })
    expect((await program('GET', '/company')).body).toMatchObject({ id: body['id'] })
    const again = await operator.call('POST', '/operator/companies', { body: input })
    expect(problemOf(again)).toMatchObject({ status: 400, field: 'email' })
  })

  test('offers a lead, which the company finds and the timeline tells of', async () => {
    const lead = { firstName: 'Ann', phone: '403-555-0142', originalDescription: 'A new roof' }
    const body = { companyId: company.companyId, lead }
    const offered = await operator.call('POST', '/operator/offers', { body })
    expect([offered.status, offered.body]).toEqual([201, { id: expect.any(Number) }])
    const program = clientOf(stage, company)
    const shown = await program('GET', `/leads/${offered.body['id']}`)
    expect(shown.body).toMatchObject({ action: 'NONE', originalDescription: 'A new roof', firstName: null })
    const timeline = await program('GET', `/leads/${offered.body['id']}/timeline`)
    expect(timeline.body['entries']).toMatchObject([
      { event: 'lead.offered', face: 'native', actor: { kind: 'operator', id: expect.stringMatching(/^\d+$/) } },
    ])
  })

  test('that sends an offer twice under one key makes one lead', async () => {
    const offer = (lead: Record<string, string>, headers: Record<string, string>, to = company.companyId) =>
      operator.call('POST', '/operator/offers', { body: { companyId: to, lead }, headers })
    const headers = { 'idempotency-key': 'offer-1' }
    const both = await Promise.all([offer({ firstName: 'Bea' }, headers), offer({ firstName: 'Bea' }, headers)])
    expect(both.map(({ status }) => status)).toEqual([201, 201])
    expect(both[0]?.text).toBe(both[1]?.text)
    const again = await offer({ firstName: 'Bea' }, headers)
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([201, both[0]?.text, 'true'])

    expect(problemOf(await offer({ firstName: 'Cy' }, headers))).toMatchObject({ code: 'idempotency.key-reused' })
    const elsewhere = await stage.company()
    const other = await offer({ firstName: 'Bea' }, headers, elsewhere.companyId)
    expect([other.status, other.headers.get('idempotency-replayed')]).toEqual([201, null])
    const [made] = await stage.app.db.query({ text: "SELECT count(*)::int AS n FROM lead WHERE display_name = 'Bea'" })
    expect(made).toEqual({ n: 2 })
    const malformed = await offer({ firstName: 'Bea' }, { 'idempotency-key': 'two words' })
    expect(problemOf(malformed)).toMatchObject({ status: 400, code: 'idempotency.key-invalid' })
    const matched = await offer({ firstName: 'Bea' }, { 'if-match': '"1"' })
    expect(problemOf(matched)).toMatchObject({ status: 400, code: 'request.header-invalid' })
  })

  test.each([
    [{ lead: { firstName: 'Ann' } }, 400, 'companyId'],
    [{ companyId: '1', lead: { firstName: 'Ann' } }, 400, 'companyId'],
    [{ companyId: 999_999, lead: { firstName: 'Ann' } }, 404, undefined],
    [{ companyId: 1.5, lead: { firstName: 'Ann' } }, 404, undefined],
    [{ companyId: 1001 }, 400, 'lead'],
    [{ companyId: 1001, lead: [] }, 400, 'lead'],
    [{ companyId: 1001, lead: { firstName: 'Ann', colour: 'red' } }, 400, 'colour'],
    [{ companyId: 1001, lead: { email: 'nowhere' } }, 400, 'email'],
    [{ companyId: 1001, lead: {} }, 400, undefined],
    [{ companyId: 1001, lead: { firstName: 'Ann' }, price: 3 }, 400, 'price'],
  ])('offering %j is refused', async (body, status, field) => {
    expect(problemOf(await operator.call('POST', '/operator/offers', { body }))).toMatchObject({ status, field })
  })

  test('sees all companies in pages, newest first, and finds some by a part of the name', async () => {
    const add = (name: string, i: number) =>
      stage.app.db.query({ text: 'INSERT INTO company (name) VALUES ($1)', values: [`${name} ${i}`] })
    for (let i = 0; i < 120; i += 1) await add(i % 3 === 0 ? 'Straße 100% Roofs' : 'Cellars', i)
    const walk = async (q: string) => {
      const found: { id: number; name: string }[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const query: string = new URLSearchParams({ q, ...(cursor === '' ? {} : { cursor }) }).toString()
        const { status, body } = await operator.call('GET', `/operator/companies?${query}`)
        expect(status).toBe(200)
        const page = body['companies'] as typeof found
        expect(page.length).toBeLessThanOrEqual(50)
        found.push(...page)
        cursor = body['nextCursor'] as string | null
      }
      return found
    }
    const all = await walk('')
    const ids = all.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
    expect(ids.length).toBeGreaterThanOrEqual(121)
    expect(await walk('100% ROOFS')).toHaveLength(40)
    expect(await walk('_')).toEqual([])
    const own = all.find(({ id }) => id === company.companyId)
    expect(own).toMatchObject({ users: 1, createdAt: expect.any(String), leads: expect.any(Number) })
  })

  test.each(['cursor=x', 'page=2', `q=${'x'.repeat(201)}`, 'q=%00'])('the query %s is refused', async (query) => {
    const answer = await operator.call('GET', `/operator/companies?${query}`)
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'request.parameter-invalid' })
  })

  test('changes own name and password like everybody', async () => {
    const answer = await operator.call('PATCH', '/me', { body: { name: 'Operator One' } })
    expect(answer.body).toMatchObject({ user: { name: 'Operator One', role: 'operator' }, company: null })
  })
})

describe('nobody else', () => {
  test.each([
    ['GET', '/operator/companies'],
    ['POST', '/operator/companies'],
    ['POST', '/operator/offers'],
  ])('may %s %s', async (method, path) => {
    const call = method === 'GET' ? {} : { body: {} }
    const admin = await stage.signIn(company)
    const denied = { status: 403, code: 'permission.denied' }
    expect(problemOf(await admin.call(method, path, call))).toMatchObject(denied)
    expect(problemOf(await clientOf(stage, company)(method, path, call))).toMatchObject(denied)
    expect(problemOf(await openBrowser(stage.baseUrl).call(method, path, call))).toMatchObject({ status: 401 })
  })
})
