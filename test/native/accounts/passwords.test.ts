import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { clientOf, problemOf } from '../client.ts'
import { openBrowser, signIn } from './browser.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { linkIn } from './stage.ts'

const NEW_PASSWORD = 'a password of my own'

let mail: MailServer
let server: TestServer
let company: TestCompany

beforeAll(async () => {
  mail = await openMailServer()
  server = await startServer({ SMTP_URL: mail.url, MAIL_FROM: 'desk@lead.example', PUBLIC_URL: 'https://lead.example' })
})
afterAll(async () => {
  await server.close()
  await mail.close()
})
beforeEach(async () => {
  company = await server.company()
})

const visitor = () => openBrowser(server.baseUrl)

async function linkToken(email: string): Promise<string> {
  const asked = await visitor().call('POST', '/password-resets', { body: { email } })
  expect([asked.status, asked.body]).toEqual([202, { mail: true }])
  const link = linkIn(await mail.next(email))
  expect(link.origin).toBe('https://lead.example')
  expect(link.pathname).toMatch(/^\/reset-password\/[\w-]{43}$/)
  return link.pathname.split('/')[2] ?? ''
}

const reset = (token: string, password: unknown = NEW_PASSWORD) =>
  visitor().call('POST', `/password-resets/${token}`, { body: { password } })

describe('a forgotten password', () => {
  test('is set anew by the link of an e-mail, which works once and ends every session', async () => {
    const browser = await signIn(server.baseUrl, company)
    const token = await linkToken(company.email.toUpperCase())
    expect((await reset(token)).status).toBe(204)
    expect(problemOf(await browser.call('GET', '/session'))).toMatchObject({ code: 'session.ended' })
    await expect(signIn(server.baseUrl, company)).rejects.toThrow('401')
    await signIn(server.baseUrl, { email: company.email, password: NEW_PASSWORD })
    expect(problemOf(await reset(token))).toMatchObject({ status: 404, code: 'link.invalid' })
  })

  test('the answer is the same for an address that nobody has, and nothing is sent', async () => {
    const unknown = await visitor().call('POST', '/password-resets', { body: { email: 'nobody@lead.example' } })
    expect([unknown.status, unknown.body]).toEqual([202, { mail: true }])
    await linkToken(company.email)
    expect(mail.count('nobody@lead.example')).toBe(0)
  })

  test('the link never leads to the host that a request names', async () => {
    const headers = { 'x-forwarded-host': 'evil.example', host: 'evil.example' }
    await visitor().call('POST', '/password-resets', { body: { email: company.email }, headers })
    expect(linkIn(await mail.next(company.email)).host).toBe('lead.example')
  })

  test('one link used ends the others, and a link is over after an hour', async () => {
    const [first, second, third] = [
      await linkToken(company.email),
      await linkToken(company.email),
      await linkToken(company.email),
    ]
    await server.db.query({ text: "UPDATE password_reset SET expires_at = now() WHERE expires_at < now() + '1 hour'" })
    expect(problemOf(await reset(third))).toMatchObject({ code: 'link.invalid' })
    await server.db.query({ text: "UPDATE password_reset SET expires_at = now() + '1 minute'" })
    expect((await reset(second)).status).toBe(204)
    expect(problemOf(await reset(first))).toMatchObject({ code: 'link.invalid' })
  })

  test('a weak password leaves the link as it is', async () => {
    const token = await linkToken(company.email)
    for (const [password, code] of [
      ['short', 'field.invalid'],
      ['password1234', 'field.invalid'],
      [null, 'field.required'],
      [7, 'field.invalid'],
    ] as const) {
      expect(problemOf(await reset(token, password))).toEqual({ status: 400, code, field: 'password' })
    }
    expect((await reset(token)).status).toBe(204)
  })

  test.each(['x', 'A'.repeat(43), '%00', '..%2F..'])('the token %j is refused', async (token) => {
    expect(problemOf(await reset(token))).toMatchObject({ status: 404, code: 'link.invalid' })
  })

  test('nobody is flooded: after three links an address has to wait', async () => {
    const ask = () => visitor().call('POST', '/password-resets', { body: { email: 'flooded@lead.example' } })
    for (let i = 0; i < 3; i += 1) expect((await ask()).status).toBe(202)
    const refused = await ask()
    expect(problemOf(refused)).toMatchObject({ status: 429, code: 'credentials.throttled' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('the store holds no token', async () => {
    const token = await linkToken(company.email)
    const rows = await server.db.query({ text: 'SELECT jsonb_agg(r)::text AS text FROM password_reset r' })
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'))
  })
})

describe('one’s own password', () => {
  test('needs the current one, gives this browser a new session and ends the others', async () => {
    const browser = await signIn(server.baseUrl, company)
    const other = await signIn(server.baseUrl, company)
    const before = browser.cookie()
    const stolen = browser.clone()
    const change = (body: unknown) => browser.call('PATCH', '/me', { body })
    expect(problemOf(await change({ password: NEW_PASSWORD }))).toEqual({
      status: 400,
      code: 'field.required',
      field: 'currentPassword',
    })
    expect(problemOf(await change({ password: NEW_PASSWORD, currentPassword: 'not the one' }))).toEqual({
      status: 400,
      code: 'field.invalid',
      field: 'currentPassword',
    })
    const weak = await change({ password: 'short', currentPassword: company.password, name: 'Never' })
    expect(problemOf(weak)).toMatchObject({ field: 'password' })
    const done = await change({ password: NEW_PASSWORD, currentPassword: company.password, name: 'Sam Elm' })
    expect(done.status).toBe(200)
    expect(done.body).toMatchObject({ user: { name: 'Sam Elm', email: company.email } })
    expect(browser.cookie()).not.toBe(before)
    expect((await browser.call('GET', '/session')).body).toEqual(done.body)
    for (const ended of [other, stolen]) {
      expect(problemOf(await ended.call('GET', '/session'))).toMatchObject({ code: 'session.ended' })
    }
  })

  test('the ConstructionOnline API asks for the new one at once', async () => {
    const call = async (password: string) => {
      const authorization = `Basic ${Buffer.from(`${company.email}:${password}`).toString('base64')}`
      const response = await fetch(`${server.baseUrl}/api/Leads`, {
        headers: { authorization, apikey: company.apiKey },
      })
      await response.arrayBuffer()
      return response.status
    }
    expect(await call(company.password)).toBe(200)
    const browser = await signIn(server.baseUrl, company)
    await browser.call('PATCH', '/me', { body: { password: NEW_PASSWORD, currentPassword: company.password } })
    expect([await call(company.password), await call(NEW_PASSWORD)]).toEqual([401, 200])
  })

  test.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ email: 'a@b.example' }, 'email'],
  ])('%j is refused', async (body, field) => {
    const browser = await signIn(server.baseUrl, company)
    expect(problemOf(await browser.call('PATCH', '/me', { body }))).toMatchObject({ status: 400, field })
  })
})

describe('e-mail', () => {
  test('a server that is busy is asked again; one that says no for good is not, and the server goes on', async () => {
    const busy = await server.company()
    mail.answerOnce(451)
    await visitor().call('POST', '/password-resets', { body: { email: busy.email } })
    expect(linkIn(await mail.next(busy.email)).pathname).toContain('/reset-password/')
    mail.answerOnce(550)
    const refused = await server.company()
    await visitor().call('POST', '/password-resets', { body: { email: refused.email } })
    await linkToken(company.email)
    expect(mail.count(refused.email)).toBe(0)
  })

  test('without a mail server the answer says so and nothing is made', async () => {
    const plain = await startServer()
    try {
      const owner = await plain.company()
      const asked = await clientOf(plain, null)('POST', '/password-resets', { body: { email: owner.email } })
      expect([asked.status, asked.body]).toEqual([202, { mail: false }])
      expect(await plain.db.query({ text: 'SELECT 1 FROM password_reset' })).toEqual([])
    } finally {
      await plain.close()
    }
  })
})
