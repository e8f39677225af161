import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { LEAD_EVENTS } from '../../../src/core/lead/events.ts'
import { type Browser, signIn } from '../accounts/browser.ts'
import { openStage, type Stage, type StagedCompany } from '../accounts/stage.ts'
import { type Answer, type Client, clientOf, problemOf } from '../client.ts'

const stage: Stage = await openStage({ LOG_LEVEL: 'error' })
let company: StagedCompany
let admin: Browser
let token: Client

beforeEach(async () => {
  company = await stage.company()
  admin = await stage.signIn(company)
  token = clientOf(stage, company)
})
afterAll(() => stage.close())

const LIST = '/webhook-endpoints'
const URL = 'https://hooks.example.com/leads'
const UNUSED = '8888888888'

async function add(body: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const added = await admin.call('POST', LIST, { body: { url: URL, ...body } })
  expect([added.status, added.text]).toEqual([201, expect.anything()])
  return added.body
}

async function secretIds(endpointId: unknown): Promise<unknown[]> {
  return stage.app.db.query({
    text: 'SELECT expires_at FROM webhook_secret WHERE company_id = $1 AND endpoint_id = $2 ORDER BY id',
    values: [company.companyId, endpointId],
  })
}

describe('adding', () => {
  test('answers the endpoint with its secret, this once', async () => {
    const { secret, ...endpoint } = await add()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(endpoint).toEqual({
      id: expect.any(Number),
      url: URL,
      description: null,
      events: [],
      perSecond: null,
      enabled: true,
      disabledAt: null,
      disabledReason: null,
      failingSince: null,
      createdAt: stage.app.clock().toISOString(),
      version: 1,
      secretCreatedAt: stage.app.clock().toISOString(),
      previousSecretExpiresAt: null,
      health: {
        waiting: 0,
        waitingIsExact: true,
        oldestAt: null,
        delivered: 0,
        failed: 0,
        deliveredPerMinute: 0,
        lastAttempt: null,
      },
    })
    const listed = await token('GET', LIST)
    expect(listed.body).toEqual({ endpoints: [endpoint] })
    expect((await token('GET', `${LIST}/${endpoint['id']}`)).body).toEqual(endpoint)
    expect(listed.text).not.toContain(String(secret).slice(6))
  })

  test('takes events, a description and a limit', async () => {
    const events = ['lead.requires_action', 'lead.created']
    const endpoint = await add({ events, description: ' The CRM ', perSecond: 5 })
    expect(endpoint).toMatchObject({
      events: ['lead.created', 'lead.requires_action'],
      description: 'The CRM',
      perSecond: 5,
    })
    expect(await add({ events: [...LEAD_EVENTS], perSecond: null, description: '' })).toMatchObject({
      events: [...LEAD_EVENTS],
      description: null,
    })
  })

  test('is a token’s too, and seals the secret', async () => {
    const { status, body } = await token('POST', LIST, { body: { url: URL, events: [] } })
    expect(status).toBe(201)
    const [row] = await stage.app.db.query<{ sealed: Buffer }>({
      text: 'SELECT sealed FROM webhook_secret WHERE company_id = $1',
      values: [company.companyId],
    })
    expect(row?.sealed.toString('latin1')).not.toContain(String(body['secret']).slice(6))
  })

  test('ends at twenty a company, however many come at once', async () => {
    const all = await Promise.all(Array.from({ length: 23 }, () => token('POST', LIST, { body: { url: URL } })))
    expect(all.map(({ status }) => status).sort()).toEqual([...Array(20).fill(201), 409, 409, 409])
    const refused = all.find(({ status }) => status === 409)
    expect(refused === undefined ? null : problemOf(refused)).toMatchObject({ code: 'limit.reached' })
  })

  test.each<[Record<string, unknown>, string, string]>([
    [{}, 'field.required', 'url'],
    [{ url: null }, 'field.required', 'url'],
    [{ url: 'hooks.example.com' }, 'field.invalid', 'url'],
    [{ url: 'https://user:pass@example.com/' }, 'field.invalid', 'url'],
    [{ url: 'http://127.0.0.1:8080/' }, 'field.invalid', 'url'],
    [{ url: 'http://localhost/' }, 'field.invalid', 'url'],
    [{ url: 'http://[fe80::1]/' }, 'field.invalid', 'url'],
    [{ url: `https://example.com/${'x'.repeat(2000)}` }, 'field.invalid', 'url'],
    [{ url: URL, events: ['lead.exploded'] }, 'field.invalid', 'events'],
    [{ url: URL, events: 'lead.created' }, 'field.invalid', 'events'],
    [{ url: URL, perSecond: 0 }, 'field.invalid', 'perSecond'],
    [{ url: URL, description: 'x'.repeat(201) }, 'field.invalid', 'description'],
    [{ url: URL, enabled: false }, 'field.unknown', 'enabled'],
    [{ url: URL, secret: 'whsec_mine' }, 'field.unknown', 'secret'],
  ])('%j is refused, and adds nothing', async (body, code, field) => {
    expect(problemOf(await token('POST', LIST, { body }))).toEqual({ status: 400, code, field })
    expect((await token('GET', LIST)).body).toEqual({ endpoints: [] })
  })

  test('may lead anywhere once the operator allows it', async () => {
    const open = await openStage({ WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true' })
    const call = clientOf(open, await open.company())
    expect((await call('POST', LIST, { body: { url: 'http://127.0.0.1:8080/in' } })).status).toBe(201)
    await open.close()
  })
})

describe('changing', () => {
  test('keeps what is not sent, and refuses all of it when a part is wrong', async () => {
    const { id, secret: _, ...before } = await add({ description: 'CRM', events: ['lead.created'] })
    const path = `${LIST}/${id}`
    const edited = await admin.call('PATCH', path, { body: { perSecond: 7, events: [] } })
    expect([edited.status, edited.body]).toEqual([200, expect.objectContaining({ perSecond: 7, events: [] })])
    expect(edited.body).toMatchObject({ url: before['url'], description: 'CRM' })
    const refused = await admin.call('PATCH', path, { body: { description: 'Other', url: 'nowhere' } })
    expect(problemOf(refused)).toEqual({ status: 400, code: 'field.invalid', field: 'url' })
    expect((await token('GET', path)).body).toEqual(edited.body)
    expect(problemOf(await token('PATCH', path, { body: { id: 7 } }))).toMatchObject({ code: 'field.unknown' })
    expect((await token('PATCH', path, { body: {} })).body).toEqual({ ...edited.body, version: 3 })
  })

  test('under If-Match changes what is as it was seen; tags follow edits, secrets and whoever switches it off', async () => {
    const path = `${LIST}/${(await add())['id']}`
    const tagNow = async () => (await token('GET', path)).headers.get('etag') ?? ''
    const editAs = (tag: string, body: unknown) => token('PATCH', path, { body, headers: { 'if-match': tag } })
    const seen = await tagNow()
    expect(seen).toBe('"1"')
    const both = await Promise.all([editAs(seen, { perSecond: 1 }), editAs(seen, { perSecond: 2 })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    for (const answer of both) {
      if (answer.status === 200) expect(answer.headers.get('etag')).toBe(await tagNow())
      else expect(problemOf(answer)).toMatchObject({ code: 'webhook.changed-meanwhile' })
    }
    await token('POST', `${path}/rotate-secret`)
    expect(problemOf(await editAs('"2"', { perSecond: 3 }))).toMatchObject({ status: 412 })
    expect((await editAs(`"9", ${await tagNow()}`, { perSecond: 3 })).status).toBe(200)
    expect((await editAs('*', { perSecond: 4 })).status).toBe(200)
    for (const tag of ['W/"5"', '5']) {
      expect(problemOf(await editAs(tag, { perSecond: 5 }))).toMatchObject({
        status: 400,
        code: 'request.header-invalid',
      })
    }
    expect((await token('GET', path)).body).toMatchObject({ perSecond: 4, version: 5 })
  })

  test('switches off by hand with the time, once, and on again', async () => {
    const path = `${LIST}/${(await add())['id']}`
    const off = await admin.call('PATCH', path, { body: { enabled: false } })
    const disabledAt = stage.app.clock().toISOString()
    expect(off.body).toMatchObject({ enabled: false, disabledAt, disabledReason: 'office' })
    stage.pass(60_000)
    expect((await token('PATCH', path, { body: { enabled: false } })).body).toMatchObject({ disabledAt })
    for (const at of ['test', 'replay']) {
      const body = at === 'test' ? {} : { body: { since: '2026-01-01' } }
      expect(problemOf(await token('POST', `${path}/${at}`, body))).toMatchObject({
        status: 409,
        code: 'webhook.disabled',
      })
    }
    const on = await token('PATCH', path, { body: { enabled: true } })
    expect(on.body).toMatchObject({ enabled: true, disabledAt: null, disabledReason: null, failingSince: null })
  })
})

describe('a new secret', () => {
  test('is given this once, and the old one lives on for 24 hours', async () => {
    const { id, secret: old } = await add()
    stage.pass(1000)
    const rotated = await admin.call('POST', `${LIST}/${id}/rotate-secret`)
    const previousSecretExpiresAt = new Date(stage.app.clock().getTime() + 86_400_000).toISOString()
    expect([rotated.status, rotated.body]).toEqual([
      200,
      { secret: expect.stringMatching(/^whsec_/), previousSecretExpiresAt },
    ])
    expect(rotated.body['secret']).not.toBe(old)
    const shown = await token('GET', `${LIST}/${id}`)
    expect(shown.body).toMatchObject({ secretCreatedAt: stage.app.clock().toISOString(), previousSecretExpiresAt })
    stage.pass(86_400_001)
    expect((await token('GET', `${LIST}/${id}`)).body).toMatchObject({ previousSecretExpiresAt: null })
    await token('POST', `${LIST}/${id}/rotate-secret`)
    expect(await secretIds(id)).toHaveLength(2)
  })

  test('is refused while five sign', async () => {
    const path = `${LIST}/${(await add())['id']}/rotate-secret`
    for (let i = 0; i < 4; i += 1) expect((await token('POST', path)).status).toBe(200)
    expect(problemOf(await token('POST', path))).toMatchObject({ status: 409, code: 'limit.reached' })
    stage.pass(86_400_001)
    expect((await token('POST', path)).status).toBe(200)
  })
})

test('deleting takes the secrets, the queue and the log along', async () => {
  const { id } = await add()
  await token('POST', `${LIST}/${id}/test`)
  const count = async () => {
    const [row] = await stage.app.db.query<{ n: number }>({
      text: `SELECT (SELECT count(*) FROM webhook_secret WHERE endpoint_id = $1)
        + (SELECT count(*) FROM webhook_delivery WHERE endpoint_id = $1) AS n`,
      values: [id],
    })
    return row?.n
  }
  expect(await count()).toBe(2)
  expect((await token('DELETE', `${LIST}/${id}`)).status).toBe(204)
  expect(await count()).toBe(0)
  expect(problemOf(await token('GET', `${LIST}/${id}`))).toMatchObject({ status: 404, code: 'request.not-found' })
})

const ROUTES: readonly [string, string, unknown][] = [
  ['GET', '', undefined],
  ['PATCH', '', { perSecond: 1 }],
  ['DELETE', '', undefined],
  ['POST', '/rotate-secret', undefined],
  ['POST', '/test', undefined],
  ['POST', '/replay', { since: '2026-01-01' }],
  ['GET', '/attempts', undefined],
  ['GET', '/attempts/1', undefined],
]

describe.each(ROUTES)('%s of an endpoint%s', (method, rest, sent) => {
  const body = sent === undefined ? {} : { body: sent }

  test('needs credentials', async () => {
    const nobody = clientOf(stage, null)
    expect(problemOf(await nobody(method, `${LIST}/301${rest}`, body))).toMatchObject({ status: 401 })
  })

  test('is refused to members', async () => {
    const { id } = await add()
    const member = await signIn(stage.baseUrl, await stage.user(company.companyId, 'member'))
    const refused = await member.call(method, `${LIST}/${id}${rest}`, body)
    expect(problemOf(refused)).toMatchObject({ status: 403, code: 'permission.denied' })
  })

  test('takes another company’s for one that is not there', async () => {
    const { id } = await add()
    const other = clientOf(stage, await stage.company())
    const answers: Answer[] = []
    for (const one of [id, UNUSED]) answers.push(await other(method, `${LIST}/${one}${rest}`, body))
    expect(answers.map(problemOf)).toEqual(Array(2).fill({ status: 404, code: 'request.not-found', field: undefined }))
    expect((await token('GET', `${LIST}/${id}`)).body).toMatchObject({ id, perSecond: null })
  })

  test('refuses an id that is none', async () => {
    expect(problemOf(await token(method, `${LIST}/first${rest}`, body))).toMatchObject({ code: 'request.id-invalid' })
  })
})

test.each([
  ['GET', undefined],
  ['POST', { url: URL }],
])('%s of the list needs credentials, and is refused to members', async (method, sent) => {
  const body = sent === undefined ? {} : { body: sent }
  expect(problemOf(await clientOf(stage, null)(method, LIST, body))).toMatchObject({ status: 401 })
  const member = await signIn(stage.baseUrl, await stage.user(company.companyId, 'member'))
  expect(problemOf(await member.call(method, LIST, body))).toMatchObject({ status: 403 })
  const other = clientOf(stage, await stage.company())
  await add()
  expect((await other('GET', LIST)).body).toEqual({ endpoints: [] })
})
