import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { clientOf, problemOf } from '../client.ts'
import { added, type ConnectionStage, NOWHERE, ONLINE, openConnectionStage, order, TOKEN } from './connection-stage.ts'

const stage: ConnectionStage = await openConnectionStage()
const { server, call, other, stranger, member } = stage
afterAll(() => server.close())
beforeEach(() => server.db.query({ text: 'DELETE FROM connection', values: [] }))

/** Every secret in every form in which it could slip out. */
const SECRETS = [TOKEN, ONLINE.password.trim(), ONLINE.apiKey, Buffer.from(TOKEN).toString('base64')]

function withoutSecrets(text: string): string {
  for (const secret of SECRETS) expect(text).not.toContain(secret)
  return text
}

describe('a connection', () => {
  test('is added with the defaults of its kind, and shows nothing of what opens it but a hint', async () => {
    const { status, body, text } = await call('POST', '/connections', { body: order('renovationfind') })
    expect(status).toBe(201)
    withoutSecrets(text)
    expect(body).toMatchObject({
      kind: 'renovationfind',
      name: 'RenovationFind',
      baseUrl: NOWHERE,
      hint: '…7f3a',
      fieldRules: { '*': 'ask' },
      limits: '5m:250',
      pushNew: false,
      enabled: false,
      state: 'paused',
      running: false,
      nextRunAt: null,
      lastError: null,
      lastRun: null,
      windows: [{ window: '5m', seconds: 300, limit: 250, used: 0 }],
      linkedLeads: 0,
      openConflicts: 0,
      fields: ['action', 'status'],
    })
    expect((await call('GET', `/connections/${body['id']}`)).body).toEqual(body)
    expect((await call('GET', '/connections')).body).toEqual({ connections: [body] })
  })

  test('names the account of ConstructionOnline by its e-mail address', async () => {
    const { body, text } = await call('POST', '/connections', { body: order('constructiononline') })
    withoutSecrets(text)
    expect(body).toMatchObject({ hint: 'office@elm.example, …9c1d', limits: expect.stringContaining('month:200000') })
    expect((body['windows'] as { window: string }[]).map(({ window }) => window)).toEqual([
      'hour',
      'day',
      'week',
      'month',
    ])
  })

  test('keeps its credentials encrypted, and bound to its company', async () => {
    await added(call)
    const [row] = await server.db.query<{ all: string; sealed: Buffer }>({
      text: 'SELECT to_jsonb(connection)::text AS all, credentials AS sealed FROM connection',
      values: [],
    })
    withoutSecrets(row?.all ?? '')
    withoutSecrets(row?.sealed.toString('latin1') ?? '')
    expect(row?.sealed.length).toBeGreaterThan(40)
  })

  test('is changed in part, and keeps what was not sent', async () => {
    const id = await added(call)
    const edit = {
      name: 'Head office',
      intervalSeconds: 900,
      fieldRules: { '*': 'newest', notes: 'ours' },
      pushNew: true,
    }
    const { status, body, text } = await call('PATCH', `/connections/${id}`, { body: edit })
    withoutSecrets(text)
    expect([status, body]).toMatchObject([200, { ...edit, id, hint: 'office@elm.example, …9c1d', baseUrl: NOWHERE }])
    const renewed = await call('PATCH', `/connections/${id}`, {
      body: { credentials: { ...ONLINE, apiKey: 'another-key-of-it-77aa' } },
    })
    expect(renewed.body).toMatchObject({ ...edit, hint: 'office@elm.example, …77aa' })
    expect((await call('PATCH', `/connections/${id}`, { body: {} })).body).toEqual(renewed.body)
  })

  test('is changed under If-Match only while its settings are as they were seen', async () => {
    const path = `/connections/${await added(call)}`
    const tagNow = async () => (await call('GET', path)).headers.get('etag') ?? ''
    const editAs = (tag: string, body: unknown) => call('PATCH', path, { body, headers: { 'if-match': tag } })
    const seen = await tagNow()
    const both = await Promise.all([editAs(seen, { name: 'First' }), editAs(seen, { name: 'Second' })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    for (const answer of both) {
      if (answer.status === 200) expect(answer.headers.get('etag')).toBe(await tagNow())
      else expect(problemOf(answer)).toMatchObject({ code: 'connection.changed-meanwhile' })
    }
    // How it is doing is no change of what is set.
    await server.db.query({ text: 'UPDATE connection SET failures = 7, last_run_at = now()', values: [] })
    expect((await editAs((await tagNow()) || '-', { fieldRules: { '*': 'ours' } })).status).toBe(200)
    expect(problemOf(await editAs('bare', { name: 'Never' }))).toMatchObject({ code: 'request.header-invalid' })
    expect((await member.call('GET', path)).headers.get('etag')).toBe(await tagNow())
  })

  test('takes another address with the credentials for it only', async () => {
    const id = await added(call)
    const baseUrl = 'http://127.0.0.1:2'
    const alone = await call('PATCH', `/connections/${id}`, { body: { baseUrl } })
    expect(problemOf(alone)).toEqual({ status: 400, code: 'field.required', field: 'credentials' })
    const same = await call('PATCH', `/connections/${id}`, { body: { baseUrl: `${NOWHERE}/api/Leads` } })
    expect(same.body).toMatchObject({ baseUrl: NOWHERE })
    const both = await call('PATCH', `/connections/${id}`, { body: { baseUrl, credentials: ONLINE } })
    expect(both.body).toMatchObject({ baseUrl })
  })

  test('goes on and is looked at on wish, which a paused one is not', async () => {
    const id = await added(call)
    expect(problemOf(await call('POST', `/connections/${id}/run`))).toMatchObject({
      status: 409,
      code: 'connection.paused',
    })
    const far = "UPDATE connection SET next_run_at = now() + interval '1 day', failures = 7, last_error = '{}'"
    await server.db.query({ text: far, values: [] })
    const onward = await call('PATCH', `/connections/${id}`, { body: { enabled: true } })
    expect(onward.body).toMatchObject({ enabled: true, failures: 0, lastError: null })
    expect(Date.parse(String(onward.body['nextRunAt']))).toBeLessThan(Date.now() + 60_000)
    await call('PATCH', `/connections/${id}`, { body: { enabled: true } })
    expect((await call('POST', `/connections/${id}/run`)).status).toBe(200)
    expect((await call('PATCH', `/connections/${id}`, { body: { enabled: false } })).body).toMatchObject({
      state: 'paused',
    })
  })

  test('goes with its links and history when it is removed, and leads stay', async () => {
    const id = await added(call)
    const leadId = await server.offer(stage.company.companyId)
    const link = 'INSERT INTO connection_lead (company_id, connection_id, lead_id, upstream_id) VALUES ($1, $2, $3, $4)'
    await server.db.query({ text: link, values: [stage.company.companyId, id, leadId, '77'] })
    expect((await call('GET', `/leads/${leadId}/links`)).body).toMatchObject({ links: [{ upstreamId: '77' }] })
    expect((await call('DELETE', `/connections/${id}`)).status).toBe(204)
    expect((await call('GET', `/leads/${leadId}/links`)).body).toEqual({ links: [] })
    expect((await call('GET', `/leads/${leadId}`)).status).toBe(200)
    expect(problemOf(await call('DELETE', `/connections/${id}`))).toMatchObject({ status: 404 })
  })
})

test('a company has at most twenty connections', async () => {
  const all = await Promise.all(
    Array.from({ length: 23 }, () => call('POST', '/connections', { body: order('renovationfind') })),
  )
  expect(all.map(({ status }) => status).sort()).toEqual([...Array(20).fill(201), ...Array(3).fill(409)])
  const refused = all.find(({ status }) => status === 409)
  expect(refused?.body['code']).toBe('limit.reached')
})

test('runs are listed newest first, page by page', async () => {
  const id = await added(call)
  await server.db.query({
    text: `INSERT INTO sync_run (company_id, connection_id, started_at, ended_at, pulled, calls, error)
      SELECT $1, $2, now() - n * interval '1 hour', now() - n * interval '1 hour', n, 1,
        CASE WHEN n = 2 THEN '{"code":"unreachable","text":"Nobody answers."}'::jsonb END
      FROM generate_series(5, 1, -1) n`,
    values: [stage.company.companyId, id],
  })
  const first = (await call('GET', `/connections/${id}/runs?limit=3`)).body
  const second = (await call('GET', `/connections/${id}/runs?limit=3&cursor=${first['nextCursor']}`)).body
  const runs = [...(first['runs'] as object[]), ...(second['runs'] as object[])]
  expect(runs).toMatchObject([{ pulled: 1, error: null }, { error: { code: 'unreachable' } }, {}, {}, { pulled: 5 }])
  expect(second['nextCursor']).toBeNull()
  expect((await call('GET', `/connections/${id}`)).body).toMatchObject({ lastRun: runs[0] })
  const foreign = await call('GET', `/connections/${id}/runs?cursor=${first['nextCursor']}x`)
  expect(problemOf(foreign)).toMatchObject({ status: 400, code: 'request.parameter-invalid' })
})

test('a lead comes in by a connection that goes on, and an upstream that is away is said to be', async () => {
  const body = { upstreamId: '77', accept: true }
  const paused = await call('POST', '/connections', { body: order('renovationfind') })
  const path = `/connections/${paused.body['id']}`
  expect(problemOf(await call('POST', `${path}/leads`, { body }))).toMatchObject({ code: 'connection.paused' })
  await call('PATCH', path, { body: { enabled: true } })
  const away = await call('POST', `${path}/leads`, { body })
  expect(problemOf(away)).toMatchObject({ status: 503, code: 'upstream.unavailable' })
  withoutSecrets(away.text)
})

describe('who may', () => {
  const routes = (id: number) =>
    [
      ['GET', '/connections', undefined],
      ['POST', '/connections', order('renovationfind')],
      ['GET', `/connections/${id}`, undefined],
      ['PATCH', `/connections/${id}`, { name: 'Mine' }],
      ['POST', `/connections/${id}/run`, undefined],
      ['GET', `/connections/${id}/runs`, undefined],
      ['POST', `/connections/${id}/leads`, { upstreamId: '7' }],
      ['DELETE', `/connections/${id}`, undefined],
    ] as const

  test('nobody without credentials', async () => {
    for (const [method, path, body] of routes(await added(call))) {
      expect(problemOf(await stranger(method, path, body === undefined ? {} : { body }))).toMatchObject({ status: 401 })
    }
  })

  test('another company sees none of them', async () => {
    const id = await added(call)
    for (const [method, path, body] of routes(id).filter(([, path]) => path !== '/connections')) {
      const answer = await other(method, path, body === undefined ? {} : { body })
      expect(problemOf(answer)).toMatchObject({ status: 404, code: 'request.not-found' })
    }
    expect((await other('GET', '/connections')).body).toEqual({ connections: [] })
    expect((await call('GET', `/connections/${id}`)).status).toBe(200)
  })

  test('a member looks, without the hint, and changes nothing', async () => {
    const id = await added(call)
    for (const [method, path, body] of routes(id)) {
      if (path.endsWith('/leads')) continue
      const answer = await member.call(method, path, body === undefined ? {} : { body })
      if (method === 'GET') expect([answer.status, answer.text.includes(ONLINE.email)]).toEqual([200, false])
      else expect(problemOf(answer)).toMatchObject({ status: 403, code: 'permission.denied' })
    }
  })
})

test('plain HTTP and private addresses are the operator’s to allow', async () => {
  const strict = await openConnectionStage({ SYNC_ALLOW_PRIVATE_ADDRESSES: 'false' })
  const ask = clientOf(strict.server, strict.company)
  const addresses = [
    'http://www.example.com',
    'https://127.0.0.1',
    'https://[::1]:8443',
    'https://10.1.2.3',
    'https://localhost',
  ]
  for (const baseUrl of addresses) {
    const answer = await ask('POST', '/connections', { body: order('renovationfind', { baseUrl }) })
    expect([baseUrl, problemOf(answer)]).toEqual([baseUrl, { status: 400, code: 'field.invalid', field: 'baseUrl' }])
  }
  const good = order('renovationfind', { baseUrl: 'https://www.renovationfind.com/rest-api-v1/' })
  expect((await ask('POST', '/connections', { body: good })).body).toMatchObject({
    baseUrl: 'https://www.renovationfind.com',
  })
  await strict.server.close()
})
