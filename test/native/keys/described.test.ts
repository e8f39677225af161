import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { type Browser, signIn } from '../accounts/browser.ts'
import { problemOf } from '../client.ts'

let server: TestServer
let admin: Browser
let operator: Browser

beforeAll(async () => {
  server = await startServer()
  admin = await signIn(server.baseUrl, await server.company())
  operator = await signIn(server.baseUrl, await server.operator())
})
afterAll(() => server.close())

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly description?: string }[]
  readonly responses: Readonly<Record<string, unknown>>
}

/** Of logging in, and of one's own log-in: what they answer is a session cookie, which is kept nowhere. */
const KEYLESS = [
  'DELETE /me/two-factor',
  'DELETE /session',
  'PATCH /me',
  'POST /invitations/by-token/{token}',
  'POST /me/two-factor',
  'POST /me/two-factor/confirm',
  'POST /password-resets',
  'POST /password-resets/{token}',
  'POST /session',
  'POST /session/two-factor',
]
/** Their answers are kept in the transaction of the lead. */
const OF_LEADS = /^\w+ \/(leads\b|operator\/offers$)/

async function writes(): Promise<[string, Operation][]> {
  const document = (await (await fetch(`${server.baseUrl}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>
  }
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]): [string, Operation] => [
        `${method.toUpperCase()} ${path.slice(3)}`,
        one,
      ]),
    )
    .filter(([name]) => !name.startsWith('GET '))
}

function describesKey({ parameters = [] }: Operation): boolean {
  return parameters.some(
    (one) => one.in === 'header' && one.name === 'Idempotency-Key' && one.description !== undefined,
  )
}

describe('every write of /v1', () => {
  test('says that it takes an Idempotency-Key, and what it is refused with; but for log-ins', async () => {
    const found = await writes()
    expect(found.length).toBeGreaterThan(35)
    expect(
      found
        .filter(([, one]) => !describesKey(one))
        .map(([name]) => name)
        .sort(),
    ).toEqual(KEYLESS)
    for (const [name, one] of found.filter(([, other]) => describesKey(other))) {
      expect(Object.keys(one.responses), name).toEqual(expect.arrayContaining(['400', '422']))
      if (!OF_LEADS.test(name)) expect(Object.keys(one.responses), name).toContain('409')
    }
  })

  test('heeds it, as far as it says so', async () => {
    const headers = { 'idempotency-key': 'two words' }
    const found = (await writes()).filter(([name, one]) => describesKey(one) && !OF_LEADS.test(name))
    expect(found.length).toBeGreaterThan(20)
    for (const [name] of found) {
      const [method = '', path = ''] = name.split(' ')
      const caller = path.startsWith('/operator/') ? operator : admin
      const answer = await caller.call(method, path.replaceAll(/\{\w+\}/g, '1'), { body: {}, headers })
      expect(problemOf(answer), name).toMatchObject({ status: 400, code: 'idempotency.key-invalid' })
    }
  })
})
