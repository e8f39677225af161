import { afterAll, describe, expect, test } from 'vitest'
import { problemOf } from '../client.ts'
import { added, NOWHERE, ONLINE, openConnectionStage, order, TOKEN } from './connection-stage.ts'

const { server, call } = await openConnectionStage()
afterAll(() => server.close())
const id = await added(call)

const without = (body: Record<string, unknown>, field: string) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== field))

describe('a new connection', () => {
  const renovation = order('renovationfind')
  const online = order('constructiononline')

  test.each<[Record<string, unknown>, string, string]>([
    [without(renovation, 'kind'), 'field.required', 'kind'],
    [{ ...renovation, kind: 'other' }, 'field.invalid', 'kind'],
    [without(renovation, 'baseUrl'), 'field.required', 'baseUrl'],
    [without(renovation, 'credentials'), 'field.required', 'credentials'],
    [{ ...renovation, credentials: TOKEN }, 'field.invalid', 'credentials'],
    [{ ...renovation, credentials: {} }, 'field.required', 'credentials.token'],
    [{ ...renovation, credentials: { token: ' ' } }, 'field.required', 'credentials.token'],
    [{ ...renovation, credentials: { token: 'a\r\nX-Evil: b' } }, 'field.invalid', 'credentials.token'],
    [{ ...renovation, credentials: { token: 'naïve' } }, 'field.invalid', 'credentials.token'],
    [{ ...renovation, credentials: { token: 'x'.repeat(4001) } }, 'field.invalid', 'credentials.token'],
    [{ ...renovation, credentials: { token: TOKEN, email: 'a@b.example' } }, 'field.invalid', 'credentials'],
    [{ ...renovation, credentials: ONLINE }, 'field.invalid', 'credentials'],
    [{ ...online, credentials: without(ONLINE, 'apiKey') }, 'field.required', 'credentials.apiKey'],
    [{ ...online, credentials: { ...ONLINE, email: 'office' } }, 'field.invalid', 'credentials.email'],
    [{ ...online, credentials: { ...ONLINE, email: 'a:b@elm.example' } }, 'field.invalid', 'credentials.email'],
    [{ ...online, credentials: { ...ONLINE, password: 7 } }, 'field.invalid', 'credentials.password'],
    [{ ...online, name: ' ' }, 'field.required', 'name'],
    [{ ...online, enabled: 'yes' }, 'field.invalid', 'enabled'],
    [{ ...online, pushNew: null }, 'field.invalid', 'pushNew'],
    [{ ...online, intervalSeconds: 1 }, 'field.invalid', 'intervalSeconds'],
    [{ ...online, intervalSeconds: '300' }, 'field.invalid', 'intervalSeconds'],
    [{ ...online, intervalSeconds: 10 }, 'field.invalid', 'intervalSeconds'],
    [{ ...online, limits: 'hour' }, 'field.invalid', 'limits'],
    [{ ...online, limits: 5 }, 'field.invalid', 'limits'],
    [{ ...online, fieldRules: [] }, 'field.invalid', 'fieldRules'],
    [{ ...online, fieldRules: { revision: 'ours' } }, 'field.invalid', 'fieldRules'],
    [{ ...online, fieldRules: { notes: 'mine' } }, 'field.invalid', 'fieldRules.notes'],
    [{ ...online, hint: 'x' }, 'field.unknown', 'hint'],
    [{ ...online, companyId: 1 }, 'field.unknown', 'companyId'],
  ])('%j is refused with %s of %s', async (body, code, field) => {
    const answer = await call('POST', '/connections', { body })
    expect(problemOf(answer)).toEqual({ status: 400, code, field })
    for (const secret of [TOKEN, ONLINE.password.trim(), ONLINE.apiKey]) expect(answer.text).not.toContain(secret)
  })

  test.each([
    '',
    ' ',
    7,
    null,
    'www.example.com',
    'ftp://www.example.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'https:///path',
    'https://user@www.example.com',
    'https://user:secret@www.example.com',
    'https://@www.example.com',
    'https://www.example.com?x=1',
    'https://www.example.com/?',
    'https://www.example.com/#',
    'https://www.example.com/other',
    'https://www.example.com/api/../etc',
    'https://www.example.com/rest-api-v1',
    'https://www.exa mple.com',
    'https://www.example.com\\@evil.example',
    'https://www.exämple.com',
    'https://www.example.com:99999',
    `https://${'a'.repeat(300)}.example`,
  ])('the address %j is refused', async (baseUrl) => {
    const answer = await call('POST', '/connections', { body: order('constructiononline', { baseUrl }) })
    expect(problemOf(answer)).toMatchObject({ status: 400, field: 'baseUrl' })
  })

  test.each([
    [`${NOWHERE}/`, NOWHERE],
    [` ${NOWHERE} `, NOWHERE],
    [`${NOWHERE}/api`, NOWHERE],
    [`${NOWHERE}/API/Leads/`, NOWHERE],
    ['HTTPS://API.ConstructionOnline.com:443', 'https://api.constructiononline.com'],
  ])('the address %j is %j', async (baseUrl, kept) => {
    const { body } = await call('POST', '/connections', { body: order('constructiononline', { baseUrl }) })
    expect(body).toMatchObject({ baseUrl: kept })
    await call('DELETE', `/connections/${body['id']}`)
  })
})

test('a refused change changes nothing', async () => {
  const before = (await call('GET', `/connections/${id}`)).body
  for (const body of [
    { name: 'Other', enabled: 1 },
    { name: 'Other', credentials: { token: TOKEN } },
    { name: 'Other', intervalSeconds: 10 },
    { name: 'Other', limits: 'hour:1' },
    { name: 'Other', baseUrl: 'http://127.0.0.1:2' },
    { name: 'Other', kind: 'renovationfind' },
  ]) {
    expect(problemOf(await call('PATCH', `/connections/${id}`, { body }))).toMatchObject({ status: 400 })
  }
  expect((await call('GET', `/connections/${id}`)).body).toEqual(before)
})

test.each([
  [{}, 'field.required', 'upstreamId'],
  [{ upstreamId: 7 }, 'field.invalid', 'upstreamId'],
  [{ upstreamId: '0' }, 'field.invalid', 'upstreamId'],
  [{ upstreamId: '../7' }, 'field.invalid', 'upstreamId'],
  [{ upstreamId: '7?x=1' }, 'field.invalid', 'upstreamId'],
  [{ upstreamId: '9'.repeat(20) }, 'field.invalid', 'upstreamId'],
  [{ upstreamId: '7', accept: 'yes' }, 'field.invalid', 'accept'],
  [{ upstreamId: '7', leadId: 1 }, 'field.unknown', 'leadId'],
])('the link %j is refused', async (body, code, field) => {
  expect(problemOf(await call('POST', `/connections/${id}/leads`, { body }))).toEqual({ status: 400, code, field })
})

test.each([
  '/connections/x',
  '/connections/1.5',
  '/connections/x/runs',
  `/connections/${id}/runs?limit=0`,
  '/conflicts?x=1',
])('GET %s is refused', async (path) => {
  expect(problemOf(await call('GET', path))).toMatchObject({ status: 400 })
})
