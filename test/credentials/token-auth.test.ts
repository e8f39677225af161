import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTokenAuth } from '../../src/api/kit/token-auth.ts'
import { issueToken } from '../../src/app/credentials/issue-token.ts'
import { listTokens } from '../../src/app/credentials/list-tokens.ts'
import { revokeToken } from '../../src/app/credentials/revoke-token.ts'
import { currentSigningKey } from '../../src/app/credentials/signing-key.ts'
import { type Harness, makeHarness, refusalOf, START } from './harness.ts'

const LIMITS = [{ name: 'hour', seconds: 3600, limit: 5 }]
const INVALID = {
  code: 'credentials.invalid',
  text: 'The token is not valid, has expired or was revoked.',
}
let harness: Harness
let companyId: number

beforeAll(async () => {
  harness = await makeHarness()
  companyId = (await harness.company()).company.id
})
afterAll(() => harness.close())

const auth = (app = harness.app) => {
  const check = makeTokenAuth(app, { face: 'renovationfind', limits: LIMITS })
  return async (authorization: string | undefined) => check(authorization)
}
const issue = (days = 30) => issueToken(harness.app, { companyId, name: 'Desk', days })

describe('bearer tokens', () => {
  test('name their company, themselves, and what they are charged to', async () => {
    const { id, token } = await issue()
    expect(await auth()(`Bearer ${token}`)).toEqual({
      companyId,
      actor: { kind: 'token', id, name: 'Desk', face: 'renovationfind' },
      charge: { subject: `token:${id}`, limits: LIMITS },
    })
    const free = makeTokenAuth(harness.app, { face: 'native', limits: [] })
    expect(await free(`bearer  ${token} `)).toEqual({
      companyId,
      actor: { kind: 'token', id, name: 'Desk', face: 'native' },
    })
  })

  test.each([undefined, '', '  '])('the header %j is a missing credential', async (header) => {
    expect((await refusalOf(auth()(header))).code).toBe('credentials.missing')
  })

  test.each(['Bearer', 'Bearer ', 'Bearer a b', 'Basic YTpi', 'Bearer x', 'Bearer a.b.c', 'Bearer é', 'nonsense'])(
    'the header %j is refused in the words of every other fault',
    async (header) => {
      expect(await refusalOf(auth()(header))).toEqual(INVALID)
    },
  )

  test('an expired token is refused, from the cache too', async () => {
    const { token } = await issue(1)
    const check = auth()
    await check(`Bearer ${token}`)
    harness.pass(86_400_000 + 4_000)
    await check(`Bearer ${token}`)
    harness.pass(1_000)
    expect(await refusalOf(check(`Bearer ${token}`))).toEqual(INVALID)
    expect(await refusalOf(auth()(`Bearer ${token}`))).toEqual(INVALID)
  })

  test('a revoked token is refused within five seconds in every process', async () => {
    const { id, token } = await issue()
    const checks = [auth(), auth(harness.otherProcess())]
    for (const check of checks) await check(`Bearer ${token}`)
    await revokeToken(harness.app, companyId, id)
    expect(await refusalOf(auth()(`Bearer ${token}`))).toEqual(INVALID)
    harness.pass(4_999)
    for (const check of checks) expect(await refusalOf(check(`Bearer ${token}`))).toEqual(INVALID)
  })

  test('a token whose row is gone is refused', async () => {
    const { id, token } = await issue()
    const check = auth()
    await check(`Bearer ${token}`)
    await harness.app.db.query({ text: 'DELETE FROM api_token WHERE id = $1', values: [id] })
    harness.pass(3_000)
    expect(await refusalOf(check(`Bearer ${token}`))).toEqual(INVALID)
  })

  test('a token that this server signed but never issued is refused, even under the id of one it did', async () => {
    const { id } = await issue()
    const { secret, id: kid } = await currentSigningKey(harness.app.db)
    const now = Math.floor(START / 1000)
    const forged = await new SignJWT({ iss: 'leadwright', aud: ['renovationfind', 'native'], sub: String(companyId) })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
      .setJti(id)
      .setIssuedAt(now)
      .setExpirationTime(now + 10 * 365 * 86_400)
      .sign(secret)
    expect(await refusalOf(auth()(`Bearer ${forged}`))).toEqual(INVALID)
  })

  test('a held token costs nothing, and one look-up by primary key every three seconds', async () => {
    const { token } = await issue()
    const check = auth()
    await check(`Bearer ${token}`)
    harness.statements()
    await check(`Bearer ${token}`)
    expect(harness.statements()).toEqual([])
    harness.pass(3_000)
    await Promise.all([1, 2, 3].map(() => check(`Bearer ${token}`)))
    expect(harness.statements()).toEqual(['find-live-token'])
  })

  test('the last use is noted, to the minute', async () => {
    const { id, token } = await issue()
    const check = auth()
    await check(`Bearer ${token}`)
    const lastUse = async () => (await listTokens(harness.app, companyId)).find((row) => row.id === id)?.lastUsedAt
    await expect.poll(lastUse).toBe(harness.app.clock().toISOString())
  })
})
