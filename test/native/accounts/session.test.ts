import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf, problemOf } from '../client.ts'
import { type Browser, openBrowser } from './browser.ts'
import { openStage, type Stage, type StagedCompany } from './stage.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

let stage: Stage
let company: StagedCompany

beforeAll(async () => {
  stage = await openStage({ SESSION_IDLE_MINUTES: '60', SESSION_DAYS: '2' })
  company = await stage.company()
})
afterAll(() => stage.close())

describe('signing in', () => {
  test('answers who it is, and the cookie opens the API', async () => {
    const browser = openBrowser(stage.baseUrl)
    const { email, password } = company
    const login = await browser.call('POST', '/session', { body: { email: ` ${email.toUpperCase()}`, password } })
    expect(login.status).toBe(200)
    expect(login.body).toEqual({
      user: { id: company.userId, name: expect.any(String), email, role: 'admin', twoFactor: false, digest: false },
      company: { id: company.companyId, name: expect.any(String), currency: 'CAD', timeZone: 'UTC' },
      mail: false,
    })
    const [cookie] = login.headers.getSetCookie()
    expect(cookie).toMatch(/^leadwright_session=[\w-]{43}; Max-Age=172800; Path=\/; HttpOnly; SameSite=Lax$/)
    expect((await browser.call('GET', '/session')).body).toEqual(login.body)
    expect((await browser.call('GET', '/lead-statuses')).status).toBe(200)
  })

  test('the store holds no token, only its hash', async () => {
    const browser = await stage.signIn(company)
    const token = browser.cookie()?.split('=')[1] ?? ''
    const rows = await stage.app.db.query({ text: 'SELECT row_to_json(s)::text AS text FROM app_session s' })
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'))
  })

  test('a wrong password, an unknown address and a user who is switched off are told apart by nothing', async () => {
    const gone = await stage.user(company.companyId, 'member')
    await stage.app.db.query({ text: 'UPDATE app_user SET active = false WHERE id = $1', values: [gone.userId] })
    const attempts = [
      { email: company.email, password: 'not the password' },
      { email: 'nobody@elm.example', password: company.password },
      { email: 'no address\u0000', password: company.password },
      { email: gone.email, password: gone.password },
    ]
    const texts = new Set<string>()
    for (const body of attempts) {
      const answer = await openBrowser(stage.baseUrl).call('POST', '/session', { body })
      expect(problemOf(answer)).toEqual({ status: 401, code: 'credentials.invalid', field: undefined })
      expect(answer.headers.getSetCookie()).toEqual([])
      texts.add(answer.text)
    }
    expect(texts.size).toBe(1)
  })

  test('a crowd of wrong guesses is refused with the time to wait', async () => {
    const victim = await stage.company()
    const guess = () =>
      openBrowser(stage.baseUrl).call('POST', '/session', { body: { email: victim.email, password: 'a wild guess' } })
    for (let i = 0; i < 10; i += 1) expect((await guess()).status).toBe(401)
    const refused = await guess()
    expect(problemOf(refused)).toMatchObject({ status: 429, code: 'credentials.throttled' })
    expect(Number(refused.headers.get('retry-after'))).toBe(refused.body['retryAfterSeconds'])
    stage.pass(15 * MINUTE)
    await stage.signIn(victim)
  })

  test.each([
    [{}, 'field.required', 'email'],
    [{ email: 'a@b.example' }, 'field.required', 'password'],
    [{ email: 7, password: 'x' }, 'field.invalid', 'email'],
    [{ email: 'a@b.example', password: 'x', remember: true }, 'field.unknown', 'remember'],
  ])('%j is refused by the field', async (body, code, field) => {
    const answer = await openBrowser(stage.baseUrl).call('POST', '/session', { body })
    expect(problemOf(answer)).toEqual({ status: 400, code, field })
  })

  test('JSON only, whatever another site would send', async () => {
    const site = clientOf(stage, null)
    const body = JSON.stringify({ email: company.email, password: company.password })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await site('POST', '/session', { body, headers: { 'content-type': type } })
      expect(problemOf(answer)).toMatchObject({ status: 415, code: 'body.type-unsupported' })
    }
    const bare = await fetch(`${stage.baseUrl}/v1/session`, { method: 'POST', body: new Blob([body]) })
    expect(bare.status).toBe(415)
  })
})

describe('a write under the cookie', () => {
  test.each([
    ['nothing said', { origin: '' }],
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandbox', { origin: 'null' }],
    ['a sister site by its own word', { origin: '', 'sec-fetch-site': 'same-site' }],
    ['another site by its own word', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused from %s', async (_, headers: Record<string, string>) => {
    const browser = await stage.signIn(company)
    const answer = await browser.call('PATCH', '/me', { body: { name: 'Mallory' }, headers })
    expect(problemOf(answer)).toEqual({ status: 403, code: 'request.cross-site', field: undefined })
    expect((await browser.call('GET', '/session')).body).not.toMatchObject({ user: { name: 'Mallory' } })
  })

  test.each([{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])(
    'is taken with %j',
    async (headers) => {
      const browser = await stage.signIn(company)
      expect((await browser.call('PATCH', '/me', { body: { name: 'Dana' }, headers })).status).toBe(200)
    },
  )

  test('of a log-in from another site is refused, too', async () => {
    const { email, password } = company
    const headers = { 'sec-fetch-site': 'cross-site' }
    const answer = await openBrowser(stage.baseUrl).call('POST', '/session', { body: { email, password }, headers })
    expect(problemOf(answer)).toMatchObject({ status: 403, code: 'request.cross-site' })
  })

  test('a bearer token needs no such word', async () => {
    const answer = await clientOf(stage, company)('PATCH', '/company', { body: { currency: 'CAD' } })
    expect(answer.status).toBe(200)
  })
})

describe('the end of a session', () => {
  test('comes when the same browser signs in again, as whomever', async () => {
    const browser = await stage.signIn(company)
    const before = browser.clone()
    const { email, password } = await stage.user(company.companyId, 'member')
    expect((await browser.call('POST', '/session', { body: { email, password } })).status).toBe(200)
    expect(problemOf(await before.call('GET', '/session'))).toMatchObject({ code: 'session.ended' })
    expect((await browser.call('GET', '/session')).body).toMatchObject({ user: { email } })
  })

  test('comes when signing out, for this browser only, at once', async () => {
    const first = await stage.signIn(company)
    const second = await stage.signIn(company)
    const copy = first.clone()
    expect((await first.call('DELETE', '/session')).status).toBe(204)
    expect(first.cookie()).toBeUndefined()
    expect(problemOf(await copy.call('GET', '/session'))).toMatchObject({ status: 401, code: 'session.ended' })
    expect((await second.call('GET', '/session')).status).toBe(200)
  })

  test('reaches another server within five seconds', async () => {
    const browser = await stage.signIn(company)
    const elsewhere = openBrowser(await stage.otherServer())
    const cookie = browser.cookie() ?? ''
    const there = () => elsewhere.call('GET', '/session', { headers: { cookie } })
    expect((await there()).status).toBe(200)
    await browser.call('DELETE', '/session')
    stage.pass(5000)
    expect(problemOf(await there())).toMatchObject({ status: 401, code: 'session.ended' })
  })

  test('comes when it is not used for the idle time, and use puts it off', async () => {
    const browser = await stage.signIn(company)
    for (let i = 0; i < 4; i += 1) {
      stage.pass(40 * MINUTE)
      expect((await browser.call('GET', '/session')).status).toBe(200)
      await expect.poll(() => seenAt(company.userId)).toBe(stage.app.clock().toISOString())
    }
    stage.pass(61 * MINUTE)
    expect(problemOf(await browser.call('GET', '/session'))).toMatchObject({ status: 401, code: 'session.ended' })
  })

  test('is not put off by calls that nobody attends to, nor by the stream of events', async () => {
    const browser = await stage.signIn(company)
    const headers = { 'x-leadwright-unattended': 'true' }
    stage.pass(40 * MINUTE)
    expect((await browser.call('GET', '/session', { headers })).status).toBe(200)
    await hearEvents(browser)
    stage.pass(5000)
    expect((await browser.call('GET', '/session', { headers })).status).toBe(200)
    stage.pass(21 * MINUTE)
    const ended = await browser.call('GET', '/session', { headers })
    expect(problemOf(ended)).toMatchObject({ status: 401, code: 'session.ended' })
  })

  test('is put off by an attended call right after an unattended one', async () => {
    const browser = await stage.signIn(company)
    stage.pass(40 * MINUTE)
    const both = [{ 'x-leadwright-unattended': 'true' }, {}].map((headers: Record<string, string>) =>
      browser.call('GET', '/session', { headers }),
    )
    await Promise.all(both)
    await expect.poll(() => seenAt(company.userId)).toBe(stage.app.clock().toISOString())
    stage.pass(40 * MINUTE)
    expect((await browser.call('GET', '/session')).status).toBe(200)
  })

  test('comes after so many days, however much it is used', async () => {
    const browser = await stage.signIn(company)
    const steps = (2 * DAY) / (30 * MINUTE)
    for (let i = 1; i < steps; i += 1) {
      stage.pass(30 * MINUTE)
      expect((await browser.call('GET', '/session')).status).toBe(200)
      await expect.poll(() => seenAt(company.userId)).toBe(stage.app.clock().toISOString())
    }
    stage.pass(30 * MINUTE)
    expect(problemOf(await browser.call('GET', '/session'))).toMatchObject({ status: 401, code: 'session.ended' })
  })

  test('a change of name or role shows at once', async () => {
    const admin = await stage.signIn(company)
    const member = await stage.user(company.companyId, 'member')
    const browser = await stage.signIn(member)
    expect((await browser.call('GET', '/tokens')).status).toBe(403)
    await admin.call('PATCH', `/users/${member.userId}`, { body: { role: 'admin', name: 'New Name' } })
    expect((await browser.call('GET', '/tokens')).status).toBe(200)
    expect((await browser.call('GET', '/session')).body).toMatchObject({ user: { name: 'New Name', role: 'admin' } })
  })

  async function hearEvents(browser: Browser): Promise<void> {
    const leave = new AbortController()
    const headers = { cookie: browser.cookie() ?? '' }
    const stream = await fetch(`${stage.baseUrl}/v1/events`, { headers, signal: leave.signal })
    expect(stream.status).toBe(200)
    leave.abort()
  }

  async function seenAt(userId: number): Promise<string | null> {
    const [row] = await stage.app.db.query<{ at: string | null }>({
      text: 'SELECT last_seen_at AS at FROM app_user WHERE id = $1',
      values: [userId],
    })
    return row?.at ?? null
  }
})

describe('without a session', () => {
  test.each(['/session', '/users', '/company', '/operator/companies', '/leads/1'])('%s asks for one', async (path) => {
    expect(problemOf(await openBrowser(stage.baseUrl).call('GET', path))).toMatchObject({
      status: 401,
      code: 'credentials.missing',
    })
  })

  test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(5000), '%00', '"'])('the cookie %j opens nothing', async (value) => {
    const headers = { cookie: `leadwright_session=${value}` }
    const answer = await openBrowser(stage.baseUrl).call('GET', '/session', { headers })
    expect(problemOf(answer)).toMatchObject({ status: 401, code: 'session.ended' })
  })
})
