import { TOTP } from 'otpauth'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { makeResetLink } from '../../../src/app/users/reset-link.ts'
import { type Answer, problemOf } from '../client.ts'
import { openBrowser } from './browser.ts'
import { openStage, type Stage, type StagedCompany } from './stage.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEP = 30_000
const stage: Stage = await openStage()
let company: StagedCompany
let secret = ''

beforeEach(async () => {
  company = await stage.company()
  const browser = await stage.signIn(company)
  const begun = await browser.call('POST', '/me/two-factor', { body: { password: company.password } })
  secret = (begun.body as { secret: string }).secret
  expect((await browser.call('POST', '/me/two-factor/confirm', { body: { code: codeOfNow() } })).status).toBe(200)
  stage.pass(STEP)
})
afterAll(() => stage.close())

function codeOfNow(): string {
  return new TOTP({ secret }).generate({ timestamp: stage.app.clock().getTime() })
}

async function begin(password = company.password): Promise<string> {
  const body = { email: company.email, password }
  const answer = await openBrowser(stage.baseUrl).call('POST', '/session', { body })
  expect(answer.status).toBe(202)
  return String(answer.body['challenge'])
}

function answer(challenge: string, code: string): Promise<Answer> {
  return openBrowser(stage.baseUrl).call('POST', '/session/two-factor', { body: { challenge, code } })
}

/** A whole log-in, with this code. */
async function finish(code: string, password = company.password): Promise<Answer> {
  return answer(await begin(password), code)
}

/** Ten wrong codes, after which the right one is not looked at; gives the seconds to wait. */
async function guessTen(): Promise<number> {
  for (let i = 0; i < 10; i += 1) {
    expect(problemOf(await finish('000000'))).toMatchObject({ status: 401, code: 'two-factor.invalid' })
  }
  const refused = await finish(codeOfNow())
  expect(problemOf(refused)).toMatchObject({ status: 429, code: 'credentials.throttled' })
  return Number(refused.headers.get('retry-after'))
}

test('guesses are counted across log-ins and clients: the right password buys no more', async () => {
  expect(await guessTen()).toBe(15 * 60)
  stage.pass(15 * MINUTE)
  expect((await finish(codeOfNow())).status).toBe(200)
})

test('each wait is longer than the one before, up to what is left of a month', async () => {
  expect(await guessTen()).toBe(15 * 60)
  stage.pass(15 * MINUTE)
  expect(await guessTen()).toBe((120 - 15) * 60)
  stage.pass(2 * HOUR)
  await guessTen()
  stage.pass(2 * HOUR)
  const toDay = await guessTen()
  expect(toDay).toBeGreaterThan(15 * 3600)
  expect(toDay).toBeLessThanOrEqual(24 * 3600)
  for (let tens = 4; tens < 9; tens += 1) {
    stage.pass(DAY)
    await guessTen()
  }
  stage.pass(DAY)
  expect(await guessTen()).toBeGreaterThan(20 * 24 * 3600)
  stage.pass(2 * DAY)
  expect(problemOf(await finish(codeOfNow()))).toMatchObject({ status: 429, code: 'credentials.throttled' })
})

test('a right code forgets the wrong ones before it', async () => {
  for (let i = 0; i < 9; i += 1) await finish('000000')
  expect((await finish(codeOfNow())).status).toBe(200)
  stage.pass(STEP)
  expect(await guessTen()).toBe(15 * 60)
})

test('a new password lets its user in at once', async () => {
  await guessTen()
  const { link } = await makeResetLink(stage.app, company.email, stage.baseUrl)
  const token = link.split('/').at(-1)
  const password = 'another password that is long enough'
  const set = await openBrowser(stage.baseUrl).call('POST', `/password-resets/${token}`, { body: { password } })
  expect(set.status).toBe(204)
  expect((await finish(codeOfNow(), password)).status).toBe(200)
})

test('of guesses at the same moment no more than ten are judged', async () => {
  const challenge = await begin()
  const answers = await Promise.all(Array.from({ length: 14 }, () => answer(challenge, '000000')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(4)
})
