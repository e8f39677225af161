import { describe, expect, test } from 'vitest'
import type { Access } from '../../src/api/native/access.ts'
import { badTokens } from './bad-credentials.ts'
import type { Headers } from './http.ts'
import { NATIVE_ENDPOINTS, type NativeEndpoint, sentBody } from './native-endpoints.ts'
import { changingNothing, makeNativeStage, problemFault, type Role, signIn } from './native-stage.ts'
import { faultsOf } from './stage.ts'

const stage = await makeNativeStage()
const { server, mine, theirs } = stage

const ROLES: readonly Role[] = ['admin', 'member', 'operator', 'token']
const MAY: { readonly [A in Access]: readonly Role[] } = {
  open: ROLES,
  visitor: ROLES,
  person: ['admin', 'member', 'operator'],
  member: ['admin', 'member'],
  admin: ['admin'],
  operator: ['operator'],
  company: ['admin', 'member', 'token'],
  settings: ['admin', 'token'],
}
const CLOSED = NATIVE_ENDPOINTS.filter(({ access }) => access !== 'visitor' && access !== 'open')
const WRITES = NATIVE_ENDPOINTS.filter(({ method }) => method !== 'GET')

test('the table of operations is that of the OpenAPI document', async () => {
  const { json } = await stage.send({ method: 'GET', path: '/openapi.json' })
  const { paths } = json as { paths: Record<string, Record<string, unknown>> }
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    path.startsWith('/v1/') ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice(3)}`) : [],
  )
  const known = NATIVE_ENDPOINTS.map(({ name }) => name)
  expect(documented.filter((name) => !name.startsWith('HEAD ')).sort()).toEqual([...known].sort())
})

/** A request as somebody else would send it: with a good body and none of my credentials. */
function as(endpoint: NativeEndpoint, headers: Headers) {
  const { headers: typed, ...sent } = sentBody(endpoint)
  const path = endpoint.path(mine.ids)
  return stage.send({ method: endpoint.method, path, ...sent, headers: { ...typed, ...headers } })
}

async function badSessions(): Promise<{ name: string; headers: Headers }[]> {
  const { baseUrl: origin, db } = server
  const ended = await signIn(server, mine.company)
  await stage.send({ method: 'DELETE', path: '/v1/session', headers: ended })
  const [expired, idle] = [await signIn(server, mine.company), await signIn(server, mine.company)]
  await age(expired, `expires_at = now() - interval '1 second'`)
  await age(idle, `last_seen_at = now() - interval '13 hours'`)
  const leaver = await server.company()
  const left = await signIn(server, leaver)
  await db.query({ text: 'UPDATE app_user SET active = false WHERE company_id = $1', values: [leaver.companyId] })
  const good = String(mine.credentials.admin['cookie']).split('=')[1] ?? ''
  const values = [
    '',
    '.',
    '=',
    'a'.repeat(43),
    'a'.repeat(8000),
    good.slice(1),
    `${good}A`,
    good.toLowerCase(),
    `"${good}`,
  ]
  return [
    { name: 'an ended session', headers: ended },
    { name: 'an expired session', headers: expired },
    { name: 'an idle session', headers: idle },
    { name: 'the session of a user who is switched off', headers: left },
    {
      name: 'a session under the name of an encrypted site',
      headers: { origin, cookie: `__Host-leadwright_session=${good}` },
    },
    { name: 'a session as a bearer token', headers: { origin, authorization: `Bearer ${good}` } },
    ...values.map((value) => ({
      name: `cookie ${value.slice(0, 9)}`,
      headers: { origin, cookie: `leadwright_session=${value}` },
    })),
  ]
}

/** Changes the row of a session before any server has seen it. */
async function age({ cookie }: Headers, change: string): Promise<void> {
  const token = String(cookie).split('=')[1] ?? ''
  await server.db.query({
    text: `UPDATE app_session SET ${change} WHERE token_hash = sha256($1::bytea)`,
    values: [token],
  })
}

const bad = [...(await badTokens(server, mine.company, theirs.company)), ...(await badSessions())]

describe.each(CLOSED)('$name', (endpoint) => {
  test('answers every bad credential with 401, and changes nothing', async () => {
    const faults = await changingNothing(stage, () =>
      faultsOf(bad, async ({ headers }) => problemFault(await as(endpoint, headers), [401])),
    )
    expect(faults).toEqual([])
  })

  test('is refused to every role that may not call it, and changes nothing', async () => {
    const others = ROLES.filter((role) => !MAY[endpoint.access].includes(role)).map((name) => ({ name }))
    const faults = await changingNothing(stage, () =>
      faultsOf(others, async ({ name }) =>
        problemFault(await as(endpoint, stage.credentialsOf(name)), [403], 'permission.denied'),
      ),
    )
    expect(faults).toEqual([])
  })
})

const SAFE = NATIVE_ENDPOINTS.filter(({ name, method, body }) => (method === 'GET' ? !name.endsWith('/events') : body))

describe.each(SAFE)('$name', (endpoint) => {
  test('is open to every role that may call it', async () => {
    const others = MAY[endpoint.access].map((name) => ({ name }))
    const faults = await faultsOf(others, async ({ name }) => {
      const headers = { ...stage.credentialsOf(name), 'content-type': 'application/json' }
      const path = endpoint.path(mine.ids)
      if (endpoint.method !== 'GET') {
        const answer = await stage.send({ method: endpoint.method, path, headers, body: '{"noSuchField":1}' })
        return problemFault(answer, [400], 'field.unknown')
      }
      const { status, text } = await stage.send({ method: 'GET', path, headers })
      return status === 200 || status === 400 || /link\.invalid/.test(text) ? '' : `${status} ${text}`
    })
    expect(faults).toEqual([])
  })
})

const EVIL = 'https://evil.example'
const CROSS: readonly { name: string; headers: Headers }[] = [
  { name: 'another origin', headers: { origin: EVIL } },
  { name: 'an opaque origin', headers: { origin: 'null' } },
  { name: 'an origin that is no URL', headers: { origin: new URL(server.baseUrl).host } },
  { name: 'an origin that begins with ours', headers: { origin: `${server.baseUrl}.evil.example` } },
  { name: 'ours as the user of an origin', headers: { origin: `${server.baseUrl}@evil.example` } },
  { name: 'another port', headers: { origin: 'http://127.0.0.1:1' } },
  { name: 'another site', headers: { 'sec-fetch-site': 'cross-site' } },
  { name: 'another host of the site', headers: { 'sec-fetch-site': 'same-site' } },
  { name: 'another site that claims our origin', headers: { origin: server.baseUrl, 'sec-fetch-site': 'cross-site' } },
  { name: 'a site that nobody knows', headers: { origin: server.baseUrl, 'sec-fetch-site': 'SAME-ORIGIN, none' } },
  {
    name: 'our forwarded host',
    headers: { origin: EVIL, 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
  },
]
const SILENT = [
  { name: 'nowhere', headers: {} },
  { name: 'a Referer of ours', headers: { referer: `${server.baseUrl}/` } },
]

describe.each(WRITES)('$name', (endpoint) => {
  test('is refused to the page of another site, and changes nothing', async () => {
    const isVisitors = endpoint.access === 'visitor'
    const { cookie } = stage.credentialsOf(stage.roleFor(endpoint))
    const faults = await changingNothing(stage, () =>
      faultsOf(isVisitors ? CROSS : [...CROSS, ...SILENT], async ({ headers }) => {
        const sent = cookie === undefined ? headers : { cookie, ...headers }
        return problemFault(await as(endpoint, sent), [403], 'request.cross-site')
      }),
    )
    expect(faults).toEqual([])
  })
})
