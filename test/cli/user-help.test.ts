import { randomBytes } from 'node:crypto'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, signIn } from '../native/accounts/browser.ts'
import { SECRET_KEY } from '../native/accounts/stage.ts'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { databaseUrl, documentOf, run } from './harness.ts'

const NEW_PASSWORD = 'a password of my own'
let server: TestServer
let env: Record<string, string>
let company: TestCompany

beforeAll(async () => {
  server = await startServer({ SECRET_KEY })
  env = { DATABASE_URL: databaseUrl(server.db.connection), PORT: '8123' }
  company = await server.company()
})
afterAll(() => server.close())

describe('user reset-link', () => {
  test('prints a link by which the user chooses a new password', async () => {
    const made = documentOf(await run(env, ['user', 'reset-link', '--email', company.email.toUpperCase(), '--json']))
    expect(made).toEqual({
      email: company.email,
      link: expect.stringMatching(/^http:\/\/127\.0\.0\.1:8123\/reset-password\/[\w-]{43}$/),
      expiresAt: expect.stringMatching(/Z$/),
    })
    const token = String(made['link']).split('/').at(-1)
    const answer = await openBrowser(server.baseUrl).call('POST', `/password-resets/${token}`, {
      body: { password: NEW_PASSWORD },
    })
    expect(answer.status).toBe(204)
    await signIn(server.baseUrl, { email: company.email, password: NEW_PASSWORD })
  })

  test('shows the same to people; PUBLIC_URL is where it leads', async () => {
    const { code, stdout } = await run({ ...env, PUBLIC_URL: 'https://lead.example' }, [
      'user',
      'reset-link',
      '--email',
      company.email,
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^E-mail {3}\S+\nExpires {2}\S+\nLink {5}https:\/\/lead\.example\/reset-password\/\S+\n/)
  })
})

describe('user disable-two-factor', () => {
  test('lets somebody in who lost the authenticator, and ends what was signed in', async () => {
    const owner = await server.company()
    const browser = await signIn(server.baseUrl, owner)
    const { secret } = (await browser.call('POST', '/me/two-factor', { body: { password: owner.password } })).body as {
      secret: string
    }
    await browser.call('POST', '/me/two-factor/confirm', { body: { code: new TOTP({ secret }).generate() } })
    const { email, password } = owner
    const locked = await openBrowser(server.baseUrl).call('POST', '/session', { body: { email, password } })
    expect(locked.status).toBe(202)
    const argv = ['user', 'disable-two-factor', '--email', email]
    expect(documentOf(await run(env, [...argv, '--json']))).toEqual({
      user: { id: expect.any(Number), email },
      twoFactor: false,
    })
    await signIn(server.baseUrl, owner)
    expect(await run(env, argv)).toEqual({ code: 1, stdout: '', stderr: 'Two-factor log-in is off.\n' })
  })
})

test.each([
  ['reset-link', 'There is no active user with this e-mail address.'],
  ['disable-two-factor', 'There is no user with this e-mail address.'],
])('user %s refuses an unknown address in one sentence', async (name, error) => {
  const argv = ['user', name, '--email', `${randomBytes(6).toString('hex')}@elm.example`]
  expect(await run(env, argv)).toEqual({ code: 1, stdout: '', stderr: `${error}\n` })
  expect((await run(env, [...argv, '--json'])).stdout).toBe(`${JSON.stringify({ error })}\n`)
  expect((await run(env, ['user', name])).code).toBe(1)
  expect((await run(env, ['user', name, '--help'])).stdout).toContain(`user ${name} --email`)
})
