import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemOf } from '../client.ts'
import { openBrowser } from './browser.ts'
import { openStage, type Stage } from './stage.ts'

const PROXY = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'lead.example', origin: 'https://lead.example' }

async function logIn(stage: Stage, headers: Record<string, string>) {
  const { email, password } = await stage.company()
  const browser = openBrowser(stage.baseUrl)
  return { browser, login: await browser.call('POST', '/session', { body: { email, password }, headers }) }
}

describe('behind a trusted proxy with https', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ TRUSTED_PROXIES: '127.0.0.1' })
  })
  afterAll(() => stage.close())

  test('the cookie is for https and this host alone, and works', async () => {
    const { browser, login } = await logIn(stage, PROXY)
    const [cookie] = login.headers.getSetCookie()
    expect(cookie).toMatch(
      /^__Host-leadwright_session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect((await browser.call('GET', '/session', { headers: PROXY })).status).toBe(200)
    expect((await browser.call('PATCH', '/me', { body: { name: 'Sam' }, headers: PROXY })).status).toBe(200)
    const foreign = { ...PROXY, origin: 'https://evil.example' }
    expect(problemOf(await browser.call('PATCH', '/me', { body: {}, headers: foreign }))).toMatchObject({ status: 403 })
  })

  test('a cookie without the prefix, which a sister site could have set, opens nothing', async () => {
    const { browser } = await logIn(stage, PROXY)
    const cookie = (browser.cookie() ?? '').replace('__Host-', '')
    const answer = await openBrowser(stage.baseUrl).call('GET', '/session', { headers: { ...PROXY, cookie } })
    expect(problemOf(answer)).toMatchObject({ status: 401, code: 'credentials.missing' })
  })

  test('links lead to where the browser is', async () => {
    const { browser } = await logIn(stage, PROXY)
    const body = { email: 'new@elm.example', role: 'member' }
    const invited = await browser.call('POST', '/invitations', { body, headers: PROXY })
    expect(invited.body['link']).toMatch(/^https:\/\/lead\.example\/invitation\//)
  })
})

describe('with PUBLIC_URL', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ PUBLIC_URL: 'https://lead.example/' })
  })
  afterAll(() => stage.close())

  test('its pages may write, and links lead there whatever host a request names', async () => {
    const { browser, login } = await logIn(stage, { origin: 'https://lead.example' })
    expect(login.status).toBe(200)
    const body = { email: 'new@elm.example', role: 'member' }
    const headers = { origin: 'https://lead.example' }
    const invited = await browser.call('POST', '/invitations', { body, headers })
    expect(invited.body['link']).toMatch(/^https:\/\/lead\.example\/invitation\//)
  })

  test('forwarded headers of a stranger are not believed', async () => {
    const { login } = await logIn(stage, PROXY)
    expect(login.headers.getSetCookie()[0]).toMatch(/^leadwright_session=/)
  })
})
