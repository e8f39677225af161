import { TOTP } from 'otpauth'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, problemOf } from '../client.ts'
import { type Browser, openBrowser } from './browser.ts'
import { openStage, type Stage, type StagedCompany } from './stage.ts'

const STEP = 30_000
const stage: Stage = await openStage()
let company: StagedCompany

beforeEach(async () => {
  company = await stage.company()
  stage.pass(STEP * 10)
})
afterAll(() => stage.close())

function codeOf(secret: string, stepsAhead = 0): string {
  const timestamp = stage.app.clock().getTime() + stepsAhead * STEP
  return new TOTP({ secret }).generate({ timestamp })
}

interface Enrolled {
  readonly browser: Browser
  readonly secret: string
  readonly recoveryCodes: readonly string[]
}

function setUp(browser: Browser, password = company.password): Promise<Answer> {
  return browser.call('POST', '/me/two-factor', { body: { password } })
}

async function enrol(): Promise<Enrolled> {
  const browser = await stage.signIn(company)
  const begun = await setUp(browser)
  expect(begun.status).toBe(200)
  const { secret } = begun.body as { secret: string }
  const confirmed = await browser.call('POST', '/me/two-factor/confirm', { body: { code: codeOf(secret) } })
  expect(confirmed.status).toBe(200)
  stage.pass(STEP)
  return { browser, secret, recoveryCodes: confirmed.body['recoveryCodes'] as string[] }
}

async function begin(browser = openBrowser(stage.baseUrl)): Promise<{ browser: Browser; challenge: string }> {
  const { email, password } = company
  const answer = await browser.call('POST', '/session', { body: { email, password } })
  expect(answer.status).toBe(202)
  expect(answer.headers.getSetCookie()).toEqual([])
  return { browser, challenge: String(answer.body['challenge']) }
}

async function finish(code: string): Promise<Answer & { browser: Browser }> {
  const { browser, challenge } = await begin()
  return { ...(await browser.call('POST', '/session/two-factor', { body: { challenge, code } })), browser }
}

describe('setting it up', () => {
  test('gives an address for the authenticator, ten recovery codes, and a new session; others end', async () => {
    const other = await stage.signIn(company)
    const browser = await stage.signIn(company)
    const before = browser.cookie()
    const begun = await setUp(browser)
    const { secret, uri } = begun.body as { secret: string; uri: string }
    expect(new URL(uri).searchParams.get('secret')).toBe(secret)
    expect((await browser.call('GET', '/session')).body).toMatchObject({ user: { twoFactor: false } })
    const confirmed = await browser.call('POST', '/me/two-factor/confirm', { body: { code: codeOf(secret) } })
    const codes = confirmed.body['recoveryCodes'] as string[]
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    expect(browser.cookie()).not.toBe(before)
    expect((await browser.call('GET', '/session')).body).toMatchObject({ user: { twoFactor: true } })
    expect((await other.call('GET', '/session')).status).toBe(401)
  })

  test('needs the password', async () => {
    const browser = await stage.signIn(company)
    expect(problemOf(await setUp(browser, 'not the password'))).toEqual({
      status: 400,
      code: 'field.invalid',
      field: 'password',
    })
    const without = await browser.call('POST', '/me/two-factor', { body: {} })
    expect(problemOf(without)).toMatchObject({ status: 400, code: 'field.required', field: 'password' })
    const early = await browser.call('POST', '/me/two-factor/confirm', { body: { code: '123456' } })
    expect(problemOf(early)).toMatchObject({ status: 409, code: 'two-factor.conflict' })
  })

  test('a wrong code, and one before it was begun, change nothing', async () => {
    const browser = await stage.signIn(company)
    const early = await browser.call('POST', '/me/two-factor/confirm', { body: { code: '123456' } })
    expect(problemOf(early)).toMatchObject({ status: 409, code: 'two-factor.conflict' })
    const { secret } = (await setUp(browser)).body as { secret: string }
    for (const code of [codeOf(secret, 5), '12345', 'abcdef', '']) {
      const wrong = await browser.call('POST', '/me/two-factor/confirm', { body: { code } })
      expect(problemOf(wrong)).toEqual({ status: 400, code: 'field.invalid', field: 'code' })
    }
    await stage.signIn(company)
  })

  test('of two beginnings the last one counts', async () => {
    const browser = await stage.signIn(company)
    const first = (await setUp(browser)).body as { secret: string }
    const second = (await setUp(browser)).body as { secret: string }
    const confirm = (secret: string) =>
      browser.call('POST', '/me/two-factor/confirm', { body: { code: codeOf(secret) } })
    expect((await confirm(first.secret)).status).toBe(400)
    expect((await confirm(second.secret)).status).toBe(200)
    expect(problemOf(await setUp(browser))).toMatchObject({ code: 'two-factor.conflict' })
  })

  test('the store holds neither secret nor recovery codes in the clear', async () => {
    const { secret, recoveryCodes } = await enrol()
    const rows = await stage.app.db.query({
      text: `SELECT (SELECT jsonb_agg(u) FROM app_user u)::text AS users,
        (SELECT jsonb_agg(c) FROM recovery_code c)::text AS codes`,
    })
    const dump = JSON.stringify(rows)
    const plain = [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]
    for (const text of plain) {
      expect(dump).not.toContain(text)
      expect(dump).not.toContain(Buffer.from(text).toString('hex'))
    }
  })
})

describe('signing in with it', () => {
  test('asks for a code after the password, and takes it', async () => {
    const { secret } = await enrol()
    const { status, body, browser } = await finish(codeOf(secret))
    expect(status).toBe(200)
    expect(body).toMatchObject({ user: { id: company.userId, twoFactor: true } })
    expect((await browser.call('GET', '/company')).status).toBe(200)
  })

  test('a code works once, and none before it', async () => {
    const { secret } = await enrol()
    const [before, code] = [codeOf(secret), codeOf(secret, 1)]
    expect((await finish(code)).status).toBe(200)
    for (const used of [code, before]) {
      expect(problemOf(await finish(used))).toMatchObject({ status: 401, code: 'two-factor.invalid' })
    }
    stage.pass(2 * STEP)
    expect((await finish(codeOf(secret))).status).toBe(200)
  })

  test('the code that confirmed it does not sign in', async () => {
    const browser = await stage.signIn(company)
    const { secret } = (await setUp(browser)).body as { secret: string }
    const code = codeOf(secret)
    await browser.call('POST', '/me/two-factor/confirm', { body: { code } })
    expect((await finish(code)).status).toBe(401)
  })

  test('each recovery code works once, however it is typed', async () => {
    const { recoveryCodes } = await enrol()
    const [first = '', second = ''] = recoveryCodes
    expect((await finish(first.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
    expect(problemOf(await finish(first))).toMatchObject({ code: 'two-factor.invalid' })
    expect((await finish(second)).status).toBe(200)
    expect(problemOf(await finish('aaaa-bbbb-cccc-dddd'))).toMatchObject({ code: 'two-factor.invalid' })
  })

  test('of answers at the same moment one opens a session', async () => {
    const { secret } = await enrol()
    const { challenge } = await begin()
    const body = { challenge, code: codeOf(secret) }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => openBrowser(stage.baseUrl).call('POST', '/session/two-factor', { body })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('a challenge is over after five minutes, after its use, and with the password', async () => {
    const { secret } = await enrol()
    const answer = (challenge: string, code: string) =>
      openBrowser(stage.baseUrl).call('POST', '/session/two-factor', { body: { challenge, code } })
    const late = await begin()
    stage.pass(300_000)
    const over = { status: 401, code: 'two-factor.challenge-ended' }
    expect(problemOf(await answer(late.challenge, codeOf(secret)))).toMatchObject(over)
    const used = await begin()
    expect((await answer(used.challenge, codeOf(secret))).status).toBe(200)
    stage.pass(STEP)
    expect(problemOf(await answer(used.challenge, codeOf(secret)))).toMatchObject(over)
    const old = await begin()
    await stage.app.db.query({
      text: "UPDATE app_user SET password_hash = 'other' WHERE id = $1",
      values: [company.userId],
    })
    expect(problemOf(await answer(old.challenge, codeOf(secret)))).toMatchObject(over)
    expect(problemOf(await answer('no challenge', '123456'))).toMatchObject(over)
  })
})

describe('turning it off', () => {
  test('needs the password, ends other sessions, and asks for no code from then on', async () => {
    const { browser, secret } = await enrol()
    const { browser: other } = await finish(codeOf(secret))
    const wrong = await browser.call('DELETE', '/me/two-factor', { body: { password: 'not the password' } })
    expect(problemOf(wrong)).toEqual({ status: 400, code: 'field.invalid', field: 'password' })
    const off = () => browser.call('DELETE', '/me/two-factor', { body: { password: company.password } })
    expect((await off()).status).toBe(204)
    expect((await browser.call('GET', '/session')).body).toMatchObject({ user: { twoFactor: false } })
    expect((await other.call('GET', '/session')).status).toBe(401)
    expect(problemOf(await off())).toMatchObject({ status: 409, code: 'two-factor.conflict' })
    await stage.signIn(company)
  })

  test('a token may do none of it', async () => {
    for (const [method, path] of [
      ['POST', '/me/two-factor'],
      ['POST', '/me/two-factor/confirm'],
      ['DELETE', '/me/two-factor'],
      ['PATCH', '/me'],
      ['GET', '/session'],
    ] as const) {
      const headers = { authorization: `Bearer ${company.token}` }
      const answer = await openBrowser(stage.baseUrl).call(method, path, { headers })
      expect(problemOf(answer), path).toMatchObject({ status: 403, code: 'permission.denied' })
    }
  })
})
