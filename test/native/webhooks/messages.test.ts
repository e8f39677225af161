import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import type { TestCompany } from '../../support/server.ts'
import { type Received, type Receiver, startReceiver, verify } from '../../webhooks/receiver.ts'
import { makeLead, startSender, untilTrue } from '../../webhooks/stage.ts'
import { type Client, clientOf, problemOf } from '../client.ts'

const server = await startSender()
afterAll(() => server.close())

interface Desk {
  readonly company: TestCompany
  readonly call: Client
  readonly receiver: Receiver
  readonly path: string
  readonly secret: string
}

/** A company with an endpoint, added through the API, at a receiver of its own. */
async function openDesk(body: Record<string, unknown> = {}): Promise<Desk> {
  const company = await server.company()
  const receiver = await startReceiver()
  onTestFinished(() => receiver.close())
  const call = clientOf(server, company)
  const added = await call('POST', '/webhook-endpoints', { body: { url: receiver.url, ...body } })
  expect(added.status).toBe(201)
  const { id, secret } = added.body as { id: number; secret: string }
  return { company, call, receiver, path: `/webhook-endpoints/${id}`, secret }
}

type Attempt = Record<string, unknown> & { readonly id: number }

async function attemptsOf({ call, path }: Desk, query = ''): Promise<Attempt[]> {
  const { status, body, text } = await call('GET', `${path}/attempts${query}`)
  expect([status, text]).toEqual([200, expect.anything()])
  return body['attempts'] as Attempt[]
}

/** The log once it holds so many. */
async function logOf(desk: Desk, count: number): Promise<Attempt[]> {
  await untilTrue(async () => (await attemptsOf(desk)).length >= count)
  return attemptsOf(desk)
}

async function replay({ call, path }: Desk, body: Record<string, unknown>): Promise<unknown> {
  const answer = await call('POST', `${path}/replay`, { body })
  expect([answer.status, answer.text]).toEqual([202, expect.anything()])
  return answer.body['queued']
}

const idsOf = (calls: readonly Received[]) => calls.map(({ id }) => id)

test('a test message comes at once, whatever the filter says, and the official verifier accepts it', async () => {
  const desk = await openDesk({ events: ['lead.deleted'] })
  const sent = await desk.call('POST', `${desk.path}/test`)
  expect(sent.status).toBe(202)
  const [received] = await desk.receiver.until(1)
  expect(received).toMatchObject({ id: sent.body['messageId'], type: 'webhook.test' })
  if (received !== undefined) verify(received, desk.secret)
  const [attempt] = await logOf(desk, 1)
  expect(attempt).toMatchObject({
    event: 'webhook.test',
    outcome: 'delivered',
    leadId: null,
    revision: null,
    status: 204,
  })
  const again = await desk.call('POST', `${desk.path}/test`)
  expect(again.body['messageId']).not.toBe(sent.body['messageId'])
  await desk.receiver.until(2)
})

test('while a secret is being changed, receivers with either accept every message', async () => {
  const desk = await openDesk()
  const rotated = await desk.call('POST', `${desk.path}/rotate-secret`)
  const secrets = [desk.secret, String(rotated.body['secret'])]
  await desk.call('POST', `${desk.path}/test`)
  const calls = await desk.receiver.until(1)
  for (const secret of secrets) for (const call of calls) verify(call, secret)
  expect(String(calls[0]?.headers['webhook-signature']).split(' ')).toHaveLength(2)
})

describe('the log', () => {
  test('shows one call with the very body that was sent, and how the answer began', async () => {
    const desk = await openDesk()
    desk.receiver.reply((response) => void response.writeHead(200).end('Thanks!'))
    const leadId = await makeLead(desk)
    const [received] = await desk.receiver.until(1)
    // What has happened since is not in it.
    await desk.call('PATCH', `/leads/${leadId}`, { body: { city: 'Banff' } })
    await desk.receiver.until(2)
    const [, first] = await logOf(desk, 2)
    const shown = await desk.call('GET', `${desk.path}/attempts/${first?.id}`)
    expect(shown.status).toBe(200)
    expect(shown.body).toEqual({
      ...first,
      answer: 'Thanks!',
      request: {
        headers: expect.arrayContaining([
          { name: 'content-type', value: 'application/json' },
          { name: 'webhook-id', value: received?.id },
          { name: 'webhook-timestamp', value: received?.headers['webhook-timestamp'] },
        ]),
        body: received?.body,
      },
    })
    expect(shown.text).not.toMatch(/webhook-signature|whsec_/)
    expect(first).toMatchObject({ leadId, revision: 1, event: 'lead.created', attempt: 1, messageId: received?.id })
  })

  test('is filtered by outcome, event and lead, and paged', async () => {
    const desk = await openDesk()
    desk.receiver.reply((response, { type }) => void response.writeHead(type === 'lead.updated' ? 500 : 204).end())
    const [one, two] = [await makeLead(desk), await makeLead(desk, { firstName: 'Grace' })]
    await desk.call('PATCH', `/leads/${one}`, { body: { city: 'Banff' } })
    const log = await logOf(desk, 8)
    const count = async (query: string) => (await attemptsOf(desk, query)).length
    expect(await count('?outcome=delivered')).toBe(2)
    expect(await count('?outcome=failed,given-up')).toBe(6)
    expect(await count('?outcome=given-up')).toBe(1)
    expect(await count('?event=lead.created')).toBe(2)
    expect(await count('?event=lead.updated&outcome=delivered')).toBe(0)
    expect(await count(`?leadId=${two}`)).toBe(1)
    expect(await count('?leadId=0')).toBe(0)
    const walked: unknown[] = []
    for (let cursor: unknown = ''; cursor !== null; ) {
      const { body } = await desk.call(
        'GET',
        `${desk.path}/attempts?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      walked.push(...(body['attempts'] as Attempt[]).map(({ id }) => id))
      cursor = body['nextCursor']
    }
    expect(walked).toEqual(log.map(({ id }) => id))
  })

  test.each([
    'outcome=lost',
    'outcome=',
    'event=lead.exploded',
    'leadId=x',
    'limit=0',
    'limit=101',
    'cursor=x',
    'page=2',
  ])('refuses %s', async (query) => {
    const desk = await openDesk()
    expect(problemOf(await desk.call('GET', `${desk.path}/attempts?${query}`))).toMatchObject({ status: 400 })
  })

  test('of another endpoint of the company is not this one’s', async () => {
    const desk = await openDesk()
    await desk.call('POST', `${desk.path}/test`)
    const [attempt] = await logOf(desk, 1)
    const other = await desk.call('POST', '/webhook-endpoints', { body: { url: desk.receiver.url } })
    const path = `/webhook-endpoints/${other.body['id']}`
    expect(problemOf(await desk.call('GET', `${path}/attempts/${attempt?.id}`))).toMatchObject({ status: 404 })
    const foreign = await desk.call('POST', `${path}/replay`, { body: { attemptIds: [attempt?.id] } })
    expect(problemOf(foreign)).toMatchObject({ status: 400, field: 'attemptIds' })
  })
})

test('health counts what was delivered, what failed and what waits', async () => {
  const desk = await openDesk()
  await makeLead(desk)
  await logOf(desk, 1)
  desk.receiver.reply((response) => void response.writeHead(503, { 'retry-after': '3600' }).end())
  await makeLead(desk)
  await logOf(desk, 2)
  const { body } = await desk.call('GET', desk.path)
  expect(body).toMatchObject({
    enabled: true,
    failingSince: expect.any(String),
    health: { waiting: 1, waitingIsExact: true, oldestAt: expect.any(String), delivered: 1, failed: 1 },
  })
  expect(body['health']).toMatchObject({ lastAttempt: { outcome: 'failed', status: 503 } })
})

describe('a replay', () => {
  test('of one attempt sends the same message again', async () => {
    const desk = await openDesk()
    await makeLead(desk)
    const [attempt] = await logOf(desk, 1)
    expect(await replay(desk, { attemptIds: [attempt?.id, attempt?.id] })).toBe(1)
    const [first, second] = await desk.receiver.until(2)
    expect([second?.id, second?.body]).toEqual([first?.id, first?.body])
    if (second !== undefined) verify(second, desk.secret)
  })

  test('since a time sends what happened while the endpoint was off, in order, as far as it wants it', async () => {
    const desk = await openDesk({ events: ['lead.created', 'lead.updated'] })
    const since = new Date(Date.now() - 1000).toISOString()
    await desk.call('PATCH', desk.path, { body: { enabled: false } })
    const leadId = await makeLead(desk)
    for (const city of ['Banff', 'Jasper']) await desk.call('PATCH', `/leads/${leadId}`, { body: { city } })
    await desk.call('DELETE', `/leads/${leadId}`)
    await desk.call('PATCH', desk.path, { body: { enabled: true } })
    expect(await replay(desk, { since })).toBe(3)
    const calls = await desk.receiver.until(3)
    expect(calls.map(({ type, data }) => [type, data['revision']])).toEqual([
      ['lead.created', 1],
      ['lead.updated', 2],
      ['lead.updated', 3],
    ])
    await logOf(desk, 3)
    expect(await replay(desk, { from: since, to: new Date().toISOString() })).toBe(3)
    expect(idsOf((await desk.receiver.until(6)).slice(3))).toEqual(idsOf(calls.slice(0, 3)))
  })

  test('of a time in which nothing happened sends nothing', async () => {
    const desk = await openDesk()
    await makeLead(desk)
    expect(await replay(desk, { from: '2020-01-01', to: '2020-02-01' })).toBe(0)
    expect(await replay(desk, { from: '2020-01-01T00:00:00+02:00', to: '2020-02-01T00:00Z' })).toBe(0)
  })

  test('does not queue twice what waits already', async () => {
    const desk = await openDesk()
    desk.receiver.reply((response) => void response.writeHead(503, { 'retry-after': '3600' }).end())
    const since = new Date(Date.now() - 1000).toISOString()
    await makeLead(desk)
    const [attempt] = await logOf(desk, 1)
    expect(await replay(desk, { attemptIds: [attempt?.id] })).toBe(0)
    expect(await replay(desk, { since })).toBe(0)
  })

  test('of more than a thousand comes whole and in order', async () => {
    const desk = await openDesk()
    await desk.call('PATCH', desk.path, { body: { enabled: false } })
    const leadId = await makeLead(desk)
    await server.db.query({
      text: `INSERT INTO timeline (company_id, lead_id, revision, at, event, face, actor_kind, actor_id, actor_name, changes)
        SELECT company_id, lead_id, n, at + n * interval '1 ms', 'lead.updated', face, actor_kind, actor_id, actor_name, '{}'
        FROM timeline, generate_series(2, 1200) AS n WHERE lead_id = $1 AND revision = 1`,
      values: [leadId],
    })
    await desk.call('PATCH', desk.path, { body: { enabled: true } })
    await untilTrue(async () => (await desk.call('GET', desk.path)).body['enabled'] === true)
    const to = new Date(Date.now() + 60_000).toISOString()
    expect(await replay(desk, { from: '2026-01-01', to })).toBe(1200)
    const { body } = await desk.call('GET', desk.path)
    expect(body['health']).toMatchObject({ waitingIsExact: true })
    const calls = await desk.receiver.until(1200, 60_000)
    expect(calls.map(({ id }) => Number(id.split('-')[2]))).toEqual(Array.from({ length: 1200 }, (_, i) => i + 1))
  })

  test.each<[Record<string, unknown>, string]>([
    [{}, 'attemptIds'],
    [{ attemptIds: [] }, 'attemptIds'],
    [{ attemptIds: ['1'] }, 'attemptIds'],
    [{ attemptIds: [1.5] }, 'attemptIds'],
    [{ attemptIds: Array.from({ length: 1001 }, (_, i) => i + 1) }, 'attemptIds'],
    [{ attemptIds: [1], since: '2026-01-01' }, 'since'],
    [{ since: 'yesterday' }, 'since'],
    [{ since: '2026-01-01T00:00:00' }, 'since'],
    [{ since: '2999-01-01' }, 'since'],
    [{ since: 7 }, 'since'],
    [{ from: '2026-01-01' }, 'to'],
    [{ to: '2026-01-01' }, 'from'],
    [{ from: '2026-02-01', to: '2026-01-01' }, 'from'],
    [{ since: '2026-01-01', to: '2026-02-01' }, 'to'],
    [{ until: '2026-02-01' }, 'until'],
  ])('%j is refused', async (body, field) => {
    const desk = await openDesk()
    const refused = await desk.call('POST', `${desk.path}/replay`, { body })
    expect(problemOf(refused)).toMatchObject({ status: 400, field })
  })
})
