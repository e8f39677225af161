import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { basic, changesOf, credentialsOf, GREG, leadCount, newClient, type OnlineClient } from './client.ts'

let server: TestServer
let online: OnlineClient
let other: OnlineClient
let leadId: unknown

beforeAll(async () => {
  server = await startServer()
  online = await newClient(server)
  other = await newClient(server)
  leadId = (await online.create())['ID']
})
afterAll(() => server.close())

const isMessage = { Message: expect.stringMatching(/^[A-Z].*\.$/s) }
const ENDPOINTS: [method: string, path: () => string, body?: unknown][] = [
  ['GET', () => '/Leads'],
  ['GET', () => `/Leads?id=${leadId}`],
  ['PUT', () => `/Leads?id=${leadId}`, { CITY: 'Banff' }],
  ['POST', () => '/Leads', GREG],
]

/** Credentials that prove nothing, each made of good parts where it can be. */
function badCredentials(company: TestCompany): Record<string, Record<string, string>> {
  const { email, password, apiKey, token } = company
  const good = credentialsOf(company)
  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name))
  return {
    none: {},
    'no key': without('apikey'),
    'an empty key': { ...good, apikey: '' },
    'no Basic': without('authorization'),
    'a wrong password': { ...good, authorization: basic(email, `${password}x`) },
    'an unknown user': { ...good, authorization: basic('nobody@example.com', password) },
    'a broken Basic': { ...good, authorization: 'Basic %%%' },
    'Basic without a colon': { ...good, authorization: `Basic ${Buffer.from(email).toString('base64')}` },
    'a wrong key': { ...good, apikey: `${apiKey}x` },
    'the key of another company': { ...good, apikey: other.company.apiKey },
    "the sister API's token": { ...good, authorization: `Bearer ${token}` },
    'the token as the key': { ...good, apikey: token },
  }
}

describe.each(ENDPOINTS)('%s %s', (method, path, body) => {
  test('refuses everything but the right credentials, with a challenge, and writes nothing', async () => {
    const count = await leadCount(server)
    // A company of its own, so that its log-in is not throttled for the failures of the test before.
    for (const [name, headers] of Object.entries(badCredentials(await server.company()))) {
      const init: RequestInit = { method, headers }
      if (body !== undefined) init.body = JSON.stringify(body)
      const response = await fetch(`${server.baseUrl}/api${path()}`, init)
      expect([name, response.status, await response.json()]).toEqual([name, 401, isMessage])
      expect(response.headers.get('www-authenticate')).toBe('Basic realm="ConstructionOnline", charset="UTF-8"')
    }
    expect(await leadCount(server)).toBe(count)
    expect(await changesOf(server, leadId)).toBe(1)
  })
})

test('credentials of this API do not open the sister', async () => {
  const response = await fetch(`${server.baseUrl}/rest-api-v1/general-leads/${leadId}`, {
    headers: credentialsOf(online.company),
  })
  expect(response.status).toBe(401)
})

describe('an id', () => {
  test.each(['0', '-1', '999999999', '9223372036854775807', '-9223372036854775807'])(
    '%s names no lead: 404 for GET and PUT',
    async (id) => {
      for (const answer of [await online.get(`?id=${id}`), await online.put(id, { CITY: 'x' }), await online.put(id)]) {
        expect([answer.status, answer.body]).toEqual([404, { Message: 'There is no such lead.' }])
      }
    },
  )

  test.each(['9223372036854775808', '1e3', '1.0', 'abc', '', '0x10', '1;DROP', '%00', '１'])(
    '%j is malformed: 400 for GET and PUT',
    async (id) => {
      for (const answer of [await online.get(`?id=${id}`), await online.put(id, { CITY: 'x' })]) {
        expect([answer.status, answer.body]).toEqual([400, { Message: 'id must be a whole number of 64 bits.' }])
      }
    },
  )

  test('of another company’s lead is as unknown as any other', async () => {
    for (const answer of [await other.get(`?id=${leadId}`), await other.put(leadId, { CITY: 'x' })]) {
      expect([answer.status, answer.body]).toEqual([404, { Message: 'There is no such lead.' }])
    }
    expect((await other.get()).body).toEqual([])
    expect(await changesOf(server, leadId)).toBe(1)
  })

  test('is required for PUT, once', async () => {
    const missing = await online.send('PUT', '/Leads', { CITY: 'x' })
    expect([missing.status, missing.body]).toEqual([400, { Message: 'The parameter id is required.' }])
    expect((await online.send('PUT', `/Leads?id=${leadId}&Id=${leadId}`, { CITY: 'x' })).status).toBe(400)
    expect((await online.send('PUT', `/Leads?ID=${leadId}`)).status).toBe(200)
  })
})

describe('a body', () => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  test.each<[string, string | Uint8Array, number]>([
    ['truncated', '{"CITY":"Ban', 400],
    ['with text after it', '{"CITY":"Banff"}-u', 400],
    ['nested deeply', deep, 400],
    ['with a property twice', '{"CITY":"a","CITY":"b"}', 400],
    ['with __proto__', '{"__proto__":{"CITY":"a"}}', 400],
    ['that is an array', '[{"CITY":"a"}]', 400],
    ['that is a JSON text', '"{\\"CITY\\":\\"a\\"}"', 400],
    ['that is null', 'null', 400],
    ['that is a number', '5', 400],
    ['that is no JSON', 'hello', 400],
    ['with a NUL', '{"CITY":"\u0000"}', 400],
    ['of random bytes', Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x7b), 400],
    ['of 10 MB', `{"LEAD_NOTES":"${'x'.repeat(10_000_000)}"}`, 413],
  ])('%s is refused in the API’s own form and writes nothing', async (_, body, status) => {
    const count = await leadCount(server)
    for (const answer of [await online.put(leadId, body), await online.post(body)]) {
      expect([answer.status, answer.body]).toEqual([status, isMessage])
    }
    expect(await leadCount(server)).toBe(count)
    expect(await changesOf(server, leadId)).toBe(1)
  })
})

describe('methods and paths', () => {
  test.each(['DELETE', 'PATCH', 'OPTIONS', 'QUERY'])(
    '%s is not allowed, and the answer says what is',
    async (method) => {
      const { status, headers, body } = await online.send(method, `/Leads?id=${leadId}`)
      expect(status).toBe(405)
      expect(body).toEqual({ Message: `This path has no ${method}; its methods are GET, POST, PUT.` })
      expect(headers.get('allow')).toBe('GET, POST, PUT')
    },
  )

  test('HEAD is not allowed either and has no body', async () => {
    const { status, body } = await online.send('HEAD', '/Leads')
    expect([status, body]).toEqual([405, undefined])
  })

  test.each(['/Lead', '/Leads/5', '/', '/v2/Leads', '/Contacts'])(
    '%s is not found, in the API’s own form',
    async (path) => {
      const { status, body } = await online.send('GET', path)
      expect([status, body]).toEqual([404, isMessage])
    },
  )

  test('nothing is redirected', async () => {
    const response = await fetch(`${server.baseUrl}/api/Leads`, {
      headers: credentialsOf(online.company),
      redirect: 'manual',
    })
    expect(response.status).toBe(200)
  })
})
