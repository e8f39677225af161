import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BasicRequest, makeBasicAuth } from '../../src/api/kit/basic-auth.ts'
import type { AddedCompany } from '../../src/app/credentials/add-company.ts'
import { addUser } from '../../src/app/credentials/add-user.ts'
import { issueApiKey } from '../../src/app/credentials/issue-api-key.ts'
import { listApiKeys } from '../../src/app/credentials/list-api-keys.ts'
import { revokeApiKey } from '../../src/app/credentials/revoke-api-key.ts'
import { hashPassword } from '../../src/lib/password.ts'
import { basic, type Harness, makeHarness, PASSWORD, refusalOf } from './harness.ts'

const LIMITS = [{ name: 'hour', seconds: 3600, limit: 5 }]
const INVALID = {
  code: 'credentials.invalid',
  text: 'The e-mail address, the password or the API key is not right.',
}
let harness: Harness
let mine: AddedCompany
let theirs: AddedCompany
let clients = 0

beforeAll(async () => {
  harness = await makeHarness()
  mine = await harness.company({ email: 'Office@Elm.example' })
  theirs = await harness.company()
})
afterAll(() => harness.close())

/** Credentials from a client of their own, so that the failures of one test do not count in another. */
function from(authorization: string | undefined, apiKey: string | undefined = mine.apiKey) {
  clients += 1
  return { authorization, apiKey, clientAddress: `198.51.100.${clients}` }
}
const auth = (app = harness.app) => {
  const check = makeBasicAuth(app, { limits: LIMITS })
  return async (request: BasicRequest) => check(request)
}
const update = (text: string, values: unknown[]) => harness.app.db.query({ text, values })

describe('Basic credentials with an API key', () => {
  test('name company, key and user, and what they are charged to', async () => {
    const [key] = await listApiKeys(harness.app, mine.company.id)
    const caller = {
      companyId: mine.company.id,
      actor: { kind: 'apikey', id: String(key?.id), name: 'Office@Elm.example', face: 'constructiononline' },
    }
    const header = basic('OFFICE@elm.example', PASSWORD)
    expect(await auth()(from(header))).toEqual({
      ...caller,
      charge: { subject: `apikey:${key?.id}`, limits: LIMITS },
    })
    expect(await makeBasicAuth(harness.app, { limits: [] })(from(header))).toEqual(caller)
  })

  test.each<[string, string | undefined, string | undefined]>([
    ['no Basic', undefined, 'lwk_x'],
    ['a blank Basic', ' ', 'lwk_x'],
    ['no key', 'Basic YTpi', undefined],
    ['a blank key', 'Basic YTpi', ' '],
  ])('%s is a missing credential', async (_, authorization, apiKey) => {
    const request = { authorization, apiKey, clientAddress: '192.0.2.1' }
    expect((await refusalOf(auth()(request))).code).toBe('credentials.missing')
  })

  test('every wrong part is refused in the same words', async () => {
    const right = basic(mine.email, PASSWORD)
    const bad = [
      from(basic(mine.email, `${PASSWORD} `)),
      from(basic('nobody@elm.example', PASSWORD)),
      from(right, theirs.apiKey),
      from(right, 'lwk_unknown'),
      from(right, 'ü'),
      from(basic('', '')),
      from('Basic ?'),
      from('Bearer YTpi'),
      from('Basic YTpi\u0000'),
    ]
    for (const request of bad) expect(await refusalOf(auth()(request))).toEqual(INVALID)
  })

  test('an operator, who has no company, is refused with any key', async () => {
    await addUser(harness.app, {
      companyId: null,
      role: 'operator',
      name: 'Op',
      email: 'op@elm.example',
      password: PASSWORD,
    })
    expect(await refusalOf(auth()(from(basic('op@elm.example', PASSWORD))))).toEqual(INVALID)
  })

  test('every user of the company may use its keys', async () => {
    const email = 'member@elm.example'
    await addUser(harness.app, { companyId: mine.company.id, role: 'member', name: 'M', email, password: PASSWORD })
    expect((await auth()(from(basic(email, PASSWORD)))).actor.name).toBe(email)
  })

  test.each<[string, BufferEncoding]>([
    ['pässwörd: ärger', 'utf8'],
    ['pässwörd: ärger', 'latin1'],
    // These bytes of ISO-8859-1 are valid UTF-8 as well, and read as another text.
    ['Ã©Ã©Ã© twelve', 'latin1'],
    ['Ã©Ã©Ã© twelve', 'utf8'],
    ['日本語のとても長いパスワード', 'utf8'],
  ])('the password %j sent as %s is right', async (password, encoding) => {
    const company = await harness.company({ email: `${encoding}-${clients}@umlaut.example`, password })
    const caller = await auth()(from(basic(company.email, password, encoding), company.apiKey))
    expect(caller.companyId).toBe(company.company.id)
    expect(await refusalOf(auth()(from(basic(company.email, `${password}x`, encoding), company.apiKey)))).toEqual(
      INVALID,
    )
  })

  test('a password may contain colons and begin with one', async () => {
    const company = await harness.company({ password: ':twelve:letters:' })
    const caller = await auth()(from(basic(company.email, ':twelve:letters:'), company.apiKey))
    expect(caller.companyId).toBe(company.company.id)
  })
})

describe('held credentials', () => {
  test('cost nothing, and one look-up every three seconds without another argon2', async () => {
    const check = auth()
    const request = from(basic(mine.email, PASSWORD))
    await check(request)
    harness.statements()
    await check({ ...request, clientAddress: '192.0.2.77' })
    expect(harness.statements()).toEqual([])
    harness.pass(3_000)
    await Promise.all([1, 2, 3].map(() => check(request)))
    expect(harness.statements()).toEqual(['is-pair-live'])
  })

  test('of one moment are verified once', async () => {
    const check = auth()
    const request = from(basic(mine.email, PASSWORD))
    harness.statements()
    await Promise.all(Array.from({ length: 20 }, () => check(request)))
    expect(harness.statements().filter((name) => name === 'find-login')).toHaveLength(1)
  })

  test.each<[string, (company: AddedCompany) => Promise<unknown>]>([
    [
      'a revoked key',
      async ({ company }) => {
        const [key] = await listApiKeys(harness.app, company.id)
        await revokeApiKey(harness.app, company.id, key?.id ?? 0)
      },
    ],
    ['a user switched off', ({ userId }) => update('UPDATE app_user SET active = false WHERE id = $1', [userId])],
    [
      'a changed password',
      async ({ userId }) => {
        const hash = await hashPassword('another good one')
        await update('UPDATE app_user SET password_hash = $2 WHERE id = $1', [userId, hash])
      },
    ],
    ['a changed address', ({ userId }) => update("UPDATE app_user SET email_key = 'new@x' WHERE id = $1", [userId])],
    ['a user who is gone', ({ userId }) => update('DELETE FROM app_user WHERE id = $1', [userId])],
  ])('%s acts within five seconds in every process', async (_, change) => {
    const company = await harness.company({ email: `change-${clients}@elm.example` })
    const request = from(basic(company.email, PASSWORD), company.apiKey)
    const checks = [auth(), auth(harness.otherProcess())]
    for (const check of checks) await check(request)
    await change(company)
    expect(await refusalOf(auth()(request))).toEqual(INVALID)
    harness.pass(4_999)
    for (const check of checks) expect(await refusalOf(check(request))).toEqual(INVALID)
    await update("UPDATE app_user SET email_key = 'gone' || id WHERE email_key = 'new@x'", [])
  })

  test('a crowd of right credentials at the start of a process is not taken for guessing', async () => {
    const keys = [mine.apiKey]
    for (let n = 0; n < 19; n += 1) {
      keys.push((await issueApiKey(harness.app, { companyId: mine.company.id, name: `Key ${n}` })).key)
    }
    const check = auth()
    const clientAddress = '203.0.113.200'
    const callers = await Promise.all(
      keys.map((apiKey) => check({ authorization: basic(mine.email, PASSWORD), apiKey, clientAddress })),
    )
    expect(new Set(callers.map(({ actor }) => actor.id)).size).toBe(20)
  })
})
