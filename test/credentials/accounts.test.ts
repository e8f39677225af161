import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addUser } from '../../src/app/credentials/add-user.ts'
import { issueApiKey } from '../../src/app/credentials/issue-api-key.ts'
import { issueToken } from '../../src/app/credentials/issue-token.ts'
import { listApiKeys } from '../../src/app/credentials/list-api-keys.ts'
import { listTokens } from '../../src/app/credentials/list-tokens.ts'
import { revokeApiKey } from '../../src/app/credentials/revoke-api-key.ts'
import { revokeToken } from '../../src/app/credentials/revoke-token.ts'
import { currentSigningKey } from '../../src/app/credentials/signing-key.ts'
import { type Harness, makeHarness, PASSWORD, refusalOf, START } from './harness.ts'

let harness: Harness

beforeAll(async () => {
  harness = await makeHarness()
})
afterAll(() => harness.close())

async function rowCounts() {
  const [row] = await harness.app.db.query<Record<string, number>>({
    text: `SELECT (SELECT count(*) FROM company) AS company, (SELECT count(*) FROM app_user) AS app_user,
      (SELECT count(*) FROM api_token) AS api_token, (SELECT count(*) FROM api_key) AS api_key,
      (SELECT count(*) FROM rate_window) AS rate_window`,
  })
  return row
}

describe('signing key', () => {
  test('processes that need the first key at the same moment all get the same one', async () => {
    const apps = [harness.app, harness.otherProcess(), harness.otherProcess()]
    const keys = await Promise.all(apps.flatMap(({ db }) => [currentSigningKey(db), currentSigningKey(db)]))
    expect(new Set(keys.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(1)
    expect(keys[0]?.secret).toHaveLength(32)
  })
})

describe('a company', () => {
  test('is added with its admin, one token, one key and their rows of counts', async () => {
    const before = await rowCounts()
    const added = await harness.company({ email: 'Admin@Oak.example' })
    expect(added).toMatchObject({ company: { name: expect.any(String) }, email: 'Admin@Oak.example' })
    expect(await rowCounts()).toEqual({
      company: Number(before?.['company']) + 1,
      app_user: Number(before?.['app_user']) + 1,
      api_token: Number(before?.['api_token']) + 1,
      api_key: Number(before?.['api_key']) + 1,
      rate_window: Number(before?.['rate_window']) + 2,
    })
    const [user] = await harness.app.db.query({
      text: 'SELECT role, active, company_id AS "companyId" FROM app_user WHERE id = $1',
      values: [added.userId],
    })
    expect(user).toEqual({ role: 'admin', active: true, companyId: added.company.id })
  })

  test('whose address is taken, in any case of letters, leaves nothing behind', async () => {
    await harness.company({ email: 'taken@oak.example' })
    const before = await rowCounts()
    expect(await refusalOf(harness.company({ email: 'TAKEN@oak.example' }))).toMatchObject({
      code: 'field.invalid',
      field: 'email',
    })
    expect(await rowCounts()).toEqual(before)
  })

  test.each([
    [{ password: 'too short' }, 'password'],
    [{ password: 'password1234' }, 'password'],
    [{ email: 'nobody' }, 'email'],
    [{ email: 'no:body@oak.example' }, 'email'],
  ])('is refused with %j', async (details, field) => {
    const before = await rowCounts()
    expect(await refusalOf(harness.company({ email: 'new@oak.example', ...details }))).toMatchObject({
      code: 'field.invalid',
      field,
    })
    expect(await rowCounts()).toEqual(before)
  })
})

describe('a user', () => {
  const input = { email: 'sam@oak.example', name: 'Sam', password: PASSWORD }

  test('of a company is no operator, and an operator is of no company', async () => {
    const { company } = await harness.company()
    expect(await refusalOf(addUser(harness.app, { ...input, companyId: company.id, role: 'operator' }))).toMatchObject({
      code: 'field.invalid',
    })
    expect(await refusalOf(addUser(harness.app, { ...input, companyId: null, role: 'admin' }))).toMatchObject({
      code: 'field.invalid',
    })
    const operator = await addUser(harness.app, { ...input, companyId: null, role: 'operator' })
    expect(operator).toMatchObject({ companyId: null, role: 'operator', email: 'sam@oak.example' })
  })

  test('of an unknown company is refused', async () => {
    const stranger = { ...input, email: 'x@oak.example', role: 'member' } as const
    expect((await refusalOf(addUser(harness.app, { ...stranger, companyId: 1 }))).code).toBe('request.not-found')
  })

  test('has no readable password in the store', async () => {
    const rows = await harness.app.db.query<{ hash: string }>({ text: 'SELECT password_hash AS hash FROM app_user' })
    for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })
})

describe('tokens and keys', () => {
  test('are stored as hashes only and listed without their secret', async () => {
    const { company } = await harness.company()
    const token = await issueToken(harness.app, { companyId: company.id, name: ' Desk ', days: 1 })
    const key = await issueApiKey(harness.app, { companyId: company.id, name: 'Program' })
    expect(key.key).toMatch(/^lwk_[A-Za-z0-9_-]{43}$/)
    expect(key.hint).toBe(key.key.slice(0, 8))
    expect(token.expiresAt).toBe(new Date(START + 86_400_000).toISOString())
    const tokens = await listTokens(harness.app, company.id)
    const keys = await listApiKeys(harness.app, company.id)
    expect(tokens.map(({ name }) => name).sort()).toEqual(['Desk', 'First'])
    expect(keys.map(({ name }) => name)).toEqual(['Program', 'First'])
    const [dump] = await harness.app.db.query<{ text: string }>({
      text: `SELECT (SELECT string_agg(t::text, ' ') FROM api_token t) || (SELECT string_agg(k::text, ' ') FROM api_key k)
        AS text`,
    })
    for (const secret of [token.token, key.key]) {
      expect(JSON.stringify([tokens, keys])).not.toContain(secret)
      expect(dump?.text).not.toContain(secret)
    }
  })

  test('of one company can be neither listed nor revoked by another', async () => {
    const [mine, theirs] = [await harness.company(), await harness.company()]
    const [token] = await listTokens(harness.app, mine.company.id)
    const [key] = await listApiKeys(harness.app, mine.company.id)
    const other = theirs.company.id
    expect((await listTokens(harness.app, other)).map(({ id }) => id)).not.toContain(token?.id)
    expect((await refusalOf(revokeToken(harness.app, other, token?.id ?? ''))).code).toBe('request.not-found')
    expect((await refusalOf(revokeApiKey(harness.app, other, key?.id ?? 0))).code).toBe('request.not-found')
    expect((await listTokens(harness.app, mine.company.id))[0]?.revokedAt).toBeNull()
    expect((await listApiKeys(harness.app, mine.company.id))[0]?.revokedAt).toBeNull()
  })

  test('revoked twice keep the time of the first revocation', async () => {
    const { company } = await harness.company()
    const [token] = await listTokens(harness.app, company.id)
    const [key] = await listApiKeys(harness.app, company.id)
    const revoke = async () => {
      await revokeToken(harness.app, company.id, token?.id ?? '')
      await revokeApiKey(harness.app, company.id, key?.id ?? 0)
    }
    await revoke()
    const first = [await listTokens(harness.app, company.id), await listApiKeys(harness.app, company.id)]
    harness.pass(60_000)
    await revoke()
    expect([await listTokens(harness.app, company.id), await listApiKeys(harness.app, company.id)]).toEqual(first)
    expect(first[0]?.[0]?.revokedAt).not.toBeNull()
  })

  test.each(['', 'x', "'; --", '0b0f2a52-6f0f-4a53-9d0e-2f6a1c1d7e11'])(
    'the unknown token %j is refused',
    async (id) => {
      const { company } = await harness.company()
      expect((await refusalOf(revokeToken(harness.app, company.id, id))).code).toBe('request.not-found')
    },
  )

  test.each([0, -1, 1.5, 2 ** 63, Number.NaN])('the unknown key %d and company are refused', async (id) => {
    const { company } = await harness.company()
    expect((await refusalOf(revokeApiKey(harness.app, company.id, id))).code).toBe('request.not-found')
    expect((await refusalOf(listTokens(harness.app, id))).code).toBe('request.not-found')
    expect((await refusalOf(listApiKeys(harness.app, id))).code).toBe('request.not-found')
  })

  test.each([0, -1, 1.5, 3651])('a life of %d days is refused', async (days) => {
    const { company } = await harness.company()
    const order = { companyId: company.id, name: 'x', days }
    expect(await refusalOf(issueToken(harness.app, order))).toMatchObject({ code: 'field.invalid', field: 'days' })
  })
})
