import { Agent } from 'node:http'
import { afterAll, describe, expect, test } from 'vitest'
import { revokeToken } from '../../src/store/credentials/tokens.ts'
import { badPairs, badTokens } from './bad-credentials.ts'
import { bearer, credentialsFor, makeStage } from './stage.ts'

const stage = await makeStage()
const { server, mine, theirs } = stage
/** As a proxy has them: one connection for the requests of many. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
afterAll(() => agent.destroy())

const FACES = [
  ['renovationfind', `/rest-api-v1/general-leads/${mine.accepted.lead}`, badTokens],
  ['constructiononline', `/api/Leads?id=${mine.accepted.lead}`, badPairs],
] as const

describe.each(FACES)('one connection to %s', (face, path, makeBad) => {
  test('tells those who take turns on it apart', async () => {
    const bad = await makeBad(server, mine.company, theirs.company)
    const ask = async (headers: Readonly<Record<string, string | string[]>>) =>
      (await stage.send({ method: 'GET', path, headers, agent })).status
    for (const { name, headers } of bad) {
      expect(await ask(credentialsFor(face, mine.company))).toBe(200)
      expect([name, await ask(headers)]).toEqual([name, 401])
      expect(await ask(credentialsFor(face, theirs.company))).toBe(404)
      await stage.forgetFailedLogins()
    }
  })
})

test('a token that is revoked ends on a connection that knows it, too, and no other does', async () => {
  const { companyId, token } = await server.company()
  const ask = async (headers: Readonly<Record<string, string>>) =>
    (await stage.send({ method: 'GET', path: '/rest-api-v1/general-leads', headers, agent })).status
  expect(await ask(bearer(token))).toBe(200)
  const [row] = await server.db.query<{ id: string }>({
    text: 'SELECT id FROM api_token WHERE company_id = $1',
    values: [companyId],
  })
  await revokeToken(server.db, companyId, row?.id ?? '', new Date())
  await expect.poll(() => ask(bearer(token)), { timeout: 5_000, interval: 250 }).toBe(401)
  expect(await ask(bearer(mine.company.token))).toBe(200)
})
