import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AddedCompany } from '../../src/app/credentials/add-company.ts'
import { beginAttempt, endAttempt, forgetOldFailures } from '../../src/app/credentials/login-throttle.ts'
import { verifyBasic } from '../../src/app/credentials/verify-basic.ts'
import { verifyPassword } from '../../src/lib/password.ts'
import { type Harness, makeHarness, PASSWORD, refusalOf } from './harness.ts'

const WINDOW_MS = 15 * 60_000
let harness: Harness
let company: AddedCompany

beforeAll(async () => {
  harness = await makeHarness()
  company = await harness.company()
})
afterAll(() => harness.close())
beforeEach(() => harness.app.db.query({ text: 'DELETE FROM auth_failure' }))

interface Login {
  email?: string
  password?: string
  client?: string
  app?: Harness['app']
}

function logIn({ email = company.email, password = PASSWORD, client = '192.0.2.1', app = harness.app }: Login) {
  const readings = [{ userId: email, password }]
  return verifyBasic(app, { readings, apiKey: company.apiKey, clientAddress: client })
}

async function fail(times: number, login: Login = {}): Promise<string[]> {
  const codes: string[] = []
  for (let n = 0; n < times; n += 1) codes.push((await refusalOf(logIn({ password: `wrong ${n}`, ...login }))).code)
  return codes
}

const invalid = (count: number) => Array<string>(count).fill('credentials.invalid')
const throttled = (count: number) => Array<string>(count).fill('credentials.throttled')

describe('failed log-ins', () => {
  test('of one address from one client are refused from the eleventh on, for fifteen minutes', async () => {
    expect(await fail(12)).toEqual([...invalid(10), ...throttled(2)])
    harness.pass(60_000)
    expect(await refusalOf(logIn({}))).toMatchObject({ code: 'credentials.throttled', retryAfterSeconds: 14 * 60 })
    harness.pass(WINDOW_MS - 60_000 - 1)
    expect(await refusalOf(logIn({}))).toMatchObject({ code: 'credentials.throttled', retryAfterSeconds: 1 })
    harness.pass(1)
    expect(await logIn({})).toMatchObject({ email: company.email })
  })

  test('are counted exactly when they come at once, in several processes', async () => {
    const apps = [harness.app, harness.otherProcess()]
    const codes = await Promise.all(
      Array.from({ length: 32 }, async (_, n) => {
        const app = apps[n % 2] ?? harness.app
        return (await refusalOf(logIn({ password: `guess ${n}`, app }))).code
      }),
    )
    expect(codes.sort()).toEqual([...invalid(10), ...throttled(22)])
  })

  test('look the same for a user who exists and one who does not: answer, limit and work', async () => {
    const histories = []
    for (const email of [company.email, 'nobody@elm.example']) {
      const history = []
      for (let n = 0; n < 11; n += 1) {
        harness.statements()
        const refusal = await refusalOf(logIn({ email, password: `wrong ${n}`, client: '192.0.2.9' }))
        history.push({ refusal, statements: harness.statements() })
      }
      histories.push(history)
    }
    expect(histories[0]).toEqual(histories[1])
    expect(histories[0]?.at(-1)?.refusal.code).toBe('credentials.throttled')
  })

  test('of a user who does not exist cost the same argon2: both wait for it while it is fully taken', async () => {
    let isOver = false
    const stored = `$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$${'A'.repeat(43)}`
    const keepTaken = async () => {
      while (!isOver) await verifyPassword(stored, 'x')
    }
    const taken = Array.from({ length: 67 }, keepTaken)
    const refusals = await Promise.all([logIn({}), logIn({ email: 'nobody@elm.example' })].map(refusalOf))
    isOver = true
    await Promise.all(taken)
    expect(refusals.map(({ code }) => code)).toEqual(['server.busy', 'server.busy'])
    const [row] = await harness.app.db.query({ text: 'SELECT sum(failures)::integer AS sum FROM auth_failure' })
    expect(row).toEqual({ sum: 0 })
  })

  test('a throttled log-in looks neither at the user nor at the key', async () => {
    await fail(10)
    harness.statements()
    await fail(1)
    expect(harness.statements()).toEqual(['lock-failures'])
  })

  test('of an address from one client leave other clients and other addresses alone', async () => {
    await fail(10)
    expect(await logIn({ client: '192.0.2.2' })).toMatchObject({ email: company.email })
    expect(await fail(1, { email: 'other@elm.example' })).toEqual(invalid(1))
  })

  test('ignore the case of the address and the way an IPv6 client picks addresses of its network', async () => {
    expect(await fail(10, { client: '2001:db8::1' })).toEqual(invalid(10))
    expect(await fail(1, { client: '2001:db8::2', email: company.email.toUpperCase() })).toEqual(throttled(1))
    expect(await fail(1, { client: '2001:db8:0:1::2' })).toEqual(invalid(1))
  })

  test('a success forgets those of its address from its client', async () => {
    expect(await fail(9)).toEqual(invalid(9))
    await logIn({})
    expect(await fail(11)).toEqual([...invalid(10), ...throttled(1)])
  })

  test('are limited to a hundred of one client, which its own success does not forget', async () => {
    for (let n = 0; n < 99; n += 1) await beginAttempt(harness.app, [`user${n}@elm.example`], '192.0.2.3')
    await logIn({ client: '192.0.2.3' })
    expect(await fail(2, { client: '192.0.2.3' })).toEqual([...invalid(1), ...throttled(1)])
    expect(await refusalOf(logIn({ client: '192.0.2.3' }))).toMatchObject({ code: 'credentials.throttled' })
    expect(await logIn({ client: '192.0.2.4' })).toMatchObject({ email: company.email })
  })

  test('are limited to a hundred of one address, whatever the client', async () => {
    for (let n = 0; n < 100; n += 1) await beginAttempt(harness.app, [company.email], `198.51.100.${n}`)
    expect(await refusalOf(logIn({ client: '192.0.2.5' }))).toMatchObject({ code: 'credentials.throttled' })
    expect(await fail(1, { client: '192.0.2.5', email: 'other@elm.example' })).toEqual(invalid(1))
  })

  test('a refused attempt is not counted', async () => {
    await fail(30)
    const [row] = await harness.app.db.query({ text: 'SELECT max(failures) AS most FROM auth_failure' })
    expect(row).toEqual({ most: 10 })
  })

  test('an attempt that nobody could judge is taken back', async () => {
    for (let n = 0; n < 20; n += 1) {
      const attempt = await beginAttempt(harness.app, [company.email], '192.0.2.1')
      await endAttempt(harness.app, attempt, 'not-judged')
    }
    expect(await fail(11)).toEqual([...invalid(10), ...throttled(1)])
  })

  test('an attempt that outlives its window takes nothing from the next one', async () => {
    const attempt = await beginAttempt(harness.app, [company.email], '192.0.2.1')
    harness.pass(WINDOW_MS)
    await fail(1)
    await endAttempt(harness.app, attempt, 'not-judged')
    expect(await fail(10)).toEqual([...invalid(9), ...throttled(1)])
  })

  test('are forgotten when their window is over, and not before', async () => {
    await fail(1)
    harness.pass(WINDOW_MS)
    expect(await forgetOldFailures(harness.app)).toBe(0)
    harness.pass(1)
    expect(await forgetOldFailures(harness.app)).toBe(3)
  })
})
