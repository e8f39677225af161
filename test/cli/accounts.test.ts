import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeBasicAuth } from '../../src/api/kit/basic-auth.ts'
import { makeTokenAuth } from '../../src/api/kit/token-auth.ts'
import type { App } from '../../src/app/app.ts'
import { openApp } from '../../src/open-app.ts'
import { basic, refusalOf } from '../credentials/harness.ts'
import { freshDatabase } from '../support/database.ts'
import { databaseUrl, documentOf, run } from './harness.ts'

const PASSWORD = 'long enough for all'
let env: Record<string, string>
let app: App
let close: () => Promise<void>

beforeAll(async () => {
  const { connection, drop } = await freshDatabase()
  env = { DATABASE_URL: databaseUrl(connection) }
  const sizes = { poolMax: 2, writerLanes: 1, writerBatchMax: 10, writerQueueMax: 10 }
  const opened = openApp(sizes, connection, () => undefined)
  app = opened.app
  close = async () => {
    await opened.close()
    await drop()
  }
})
afterAll(() => close())

const json = async (...argv: string[]) => documentOf(await run(env, [...argv, '--json']))

async function addCompany(email: string) {
  const made = await json('company', 'add', '--name', 'Elm', '--email', email, '--password', PASSWORD)
  const { company, token, apiKey } = made as { company: { id: number }; token: string; apiKey: string }
  return { id: String(company.id), token, apiKey }
}

const bearer = async (token: unknown) => makeTokenAuth(app, { face: 'renovationfind', limits: [] })(`Bearer ${token}`)
const login = async (email: string, password: string, apiKey: unknown) =>
  makeBasicAuth(app, { limits: [] })({
    authorization: basic(email, password),
    apiKey: String(apiKey),
    clientAddress: '192.0.2.1',
  })

describe('company add', () => {
  test('prints company, email, token and apiKey, all of which work', async () => {
    const made = await json('company', 'add', '--name', 'Oak', '--email', 'A@oak.example', '--password', PASSWORD)
    expect(made).toEqual({
      company: { id: expect.any(Number), name: 'Oak' },
      email: 'A@oak.example',
      token: expect.any(String),
      apiKey: expect.stringMatching(/^lwk_/),
    })
    const { id } = made['company'] as { id: number }
    expect((await bearer(made['token'])).companyId).toBe(id)
    expect((await login('a@oak.example', PASSWORD, made['apiKey'])).companyId).toBe(id)
  })

  test('reads the password from standard input without its line break', async () => {
    const argv = ['company', 'add', '--name', 'Pine', '--email', 'p@pine.example', '--password-stdin', '--json']
    const made = documentOf(await run(env, argv, 'a password: with spaces \r\nnot this\n'))
    expect((await login('p@pine.example', 'a password: with spaces ', made['apiKey'])).actor.name).toBe(
      'p@pine.example',
    )
  })

  test('shows the same to people, without --json', async () => {
    const argv = ['company', 'add', '--name', 'Ash', '--email', 'a@ash.example', '--password', PASSWORD]
    const { code, stdout, stderr } = await run(env, argv)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Company {2}\d+ Ash\nE-mail {3}a@ash\.example\nToken {4}ey\S+\nAPI key {2}lwk_\S+\n/)
  })

  test.each([
    [['--password', 'short'], '--password must have 12 to 128 characters.'],
    [['--password', 'password1234'], '--password is one of the most common passwords; choose another.'],
    [[], 'One of the options --password and --password-stdin is required.'],
    [['--password', PASSWORD, '--token-days', '3651'], '--days must be a whole number from 1 to 3650.'],
    [
      ['--password', PASSWORD, '--token-days', '0'],
      "Option '--token-days <days>' argument '0' is invalid. It must be a whole number above zero.",
    ],
    [
      ['--password', PASSWORD, '--password-stdin'],
      "Option '--password-stdin' cannot be used with option '--password <password>'.",
    ],
  ])('with %j says what is wrong', async (options, error) => {
    const argv = ['company', 'add', '--name', 'Bad', '--email', 'bad@oak.example', ...options]
    expect(await run(env, argv)).toEqual({ code: 1, stdout: '', stderr: `${error}\n` })
    expect(await run(env, [...argv, '--json'])).toEqual({
      code: 1,
      stdout: `${JSON.stringify({ error })}\n`,
      stderr: '',
    })
  })
})

describe('user add', () => {
  test('adds a member who can log in with a key of the company', async () => {
    const company = await addCompany('boss@fir.example')
    const argv = ['--email', 'm@fir.example', '--name', 'M', '--role', 'member', '--password', PASSWORD]
    const added = await json('user', 'add', '--company', company.id, ...argv)
    expect(added).toEqual({
      user: {
        id: expect.any(Number),
        companyId: Number(company.id),
        email: 'm@fir.example',
        name: 'M',
        role: 'member',
      },
    })
    expect((await login('m@fir.example', PASSWORD, company.apiKey)).companyId).toBe(Number(company.id))
  })

  test('adds an operator without a company, and nobody else', async () => {
    const argv = ['--name', 'O', '--password', PASSWORD]
    const operator = ['--email', 'o@fir.example', '--role', 'operator', ...argv]
    expect(await json('user', 'add', ...operator)).toMatchObject({ user: { companyId: null, role: 'operator' } })
    const admin = await run(env, ['user', 'add', '--email', 'x@fir.example', '--role', 'admin', ...argv])
    expect(admin).toMatchObject({ code: 1, stderr: expect.stringMatching(/^An operator belongs to no --company/) })
    const king = await run(env, ['user', 'add', '--email', 'x@fir.example', '--role', 'king', ...argv])
    expect(king).toMatchObject({ code: 1, stderr: expect.stringContaining('operator, admin, member') })
  })
})

describe('token and apikey', () => {
  test('a token is issued, listed and revoked', async () => {
    const { id: company } = await addCompany('boss@yew.example')
    const issued = await json('token', 'issue', '--company', company, '--name', 'Desk', '--days', '2')
    expect(issued).toEqual({ id: expect.any(String), token: expect.any(String), expiresAt: expect.any(String) })
    expect((await bearer(issued['token'])).actor.name).toBe('Desk')
    expect(await json('token', 'revoke', '--company', company, String(issued['id']).toUpperCase())).toEqual({
      id: issued['id'],
      revoked: true,
    })
    expect((await refusalOf(bearer(issued['token']))).code).toBe('credentials.invalid')
    const { tokens } = await json('token', 'list', '--company', company)
    expect(tokens).toMatchObject([
      { name: 'Desk', revokedAt: expect.any(String) },
      { name: 'First', revokedAt: null },
    ])
  })

  test('a key is issued, listed and revoked', async () => {
    const { id: company } = await addCompany('boss@elder.example')
    const issued = await json('apikey', 'issue', '--company', company, '--name', 'Program')
    expect(issued).toEqual({ id: expect.any(Number), apiKey: expect.any(String), hint: expect.any(String) })
    expect((await login('boss@elder.example', PASSWORD, issued['apiKey'])).actor.id).toBe(String(issued['id']))
    expect(await json('apikey', 'revoke', '--company', company, String(issued['id']))).toEqual({
      id: issued['id'],
      revoked: true,
    })
    expect((await refusalOf(login('boss@elder.example', PASSWORD, issued['apiKey']))).code).toBe('credentials.invalid')
    const { stdout } = await run(env, ['apikey', 'list', '--company', company])
    expect(stdout).toMatch(/^ID +NAME +KEY +CREATED +REVOKED +LAST USED\n\d+ +Program +lwk_.{4}… /)
  })

  test.each([
    [['token', 'list', '--company', '1'], 'There is no company 1.'],
    [['token', 'revoke', '--company', '1', 'x'], 'The company has no such token.'],
    [['apikey', 'revoke', '--company', '1', '7'], 'The company has no such API key.'],
    [['apikey', 'revoke', '--company', '1', 'x'], 'The id of an API key is a whole number above zero, not "x".'],
  ])('%j is refused in one sentence', async (argv, error) => {
    expect(await run(env, argv)).toEqual({ code: 1, stdout: '', stderr: `${error}\n` })
    expect(await run(env, [...argv, '--json'])).toMatchObject({ code: 1, stdout: `${JSON.stringify({ error })}\n` })
  })
})
