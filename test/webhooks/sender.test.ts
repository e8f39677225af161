import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { RELAY_LOCK } from '../../src/store/pipeline/relay-connection.ts'
import type { TestServer } from '../support/server.ts'
import { startReceiver } from './receiver.ts'
import { countQueued, makeLead, type Office, openOffice, startSender, untilTrue } from './stage.ts'

let server: TestServer

beforeAll(async () => {
  server = await startSender({
    WEBHOOK_RETRY_SCHEDULE: Array.from({ length: 60 }, () => '0.2')
      .join(',')
      .replace('0.2', '0'),
  })
})
afterAll(() => server.close())

/** Puts messages of no lead into the queue: `count` of them, each in a line of its own. */
async function queueTests({ company, endpointId }: Office, count: number): Promise<void> {
  await server.db.query({
    text: `INSERT INTO webhook_delivery (company_id, endpoint_id, lead_id, revision, event, at)
      SELECT $1, $2, 0, n, 'webhook.test', now() FROM generate_series(1, $3::integer) AS n`,
    values: [company.companyId, endpointId, count],
  })
}

it('a message whose time is ahead of the sender’s clock goes out at once', async () => {
  const office = await openOffice(server)
  const leadId = await makeLead(office)
  await office.receiver.until(1)
  await server.db.query({
    text: `INSERT INTO webhook_delivery (company_id, endpoint_id, lead_id, revision, event, at)
      VALUES ($1, $2, $3, 1, 'lead.created', now() + interval '1 hour')`,
    values: [office.company.companyId, office.endpointId, leadId],
  })
  await office.receiver.until(2, 5_000)
})

it('a clock that is set back stops no endpoint with a sending limit', async () => {
  const office = await openOffice(server, { perSecond: 1 })
  await queueTests(office, 3)
  await office.receiver.until(1)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
  onTestFinished(() => void vi.useRealTimers())
  await office.receiver.until(3, 6_000)
})

it('an endpoint that is edited or switched off under way is heeded, however much waits for it', async () => {
  const office = await openOffice(server, { perSecond: 10 })
  const other = await startReceiver()
  onTestFinished(() => other.close())
  await queueTests(office, 300)
  await office.receiver.until(3)
  const edit = (body: object) => office.call('PATCH', `/webhook-endpoints/${office.endpointId}`, { body })
  expect((await edit({ url: other.url })).status).toBe(200)
  await other.until(1, 3_000)
  expect((await edit({ enabled: false })).status).toBe(200)
  await sleep(1_500)
  const counts = [office.receiver.calls.length, other.calls.length]
  await sleep(1_000)
  expect([office.receiver.calls.length, other.calls.length]).toEqual(counts)
})

it('after 410 nothing more is begun', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response) => void response.writeHead(410).end())
  await queueTests(office, 90)
  await untilTrue(async () => {
    const [row] = await server.db.query<{ reason: string | null }>({
      text: 'SELECT disabled_reason AS reason FROM webhook_endpoint WHERE company_id = $1',
      values: [office.company.companyId],
    })
    return row?.reason === 'gone'
  })
  await sleep(300)
  // As many as are under way at once.
  expect(office.receiver.calls.length).toBeLessThanOrEqual(16)
  expect(await countQueued(server.db, office.company.companyId)).toBe(90)
})

it('an endpoint that has failed so far gets few calls at once from the beginning', async () => {
  const office = await openOffice(server)
  office.receiver.reply(() => undefined)
  await server.db.query({
    text: "UPDATE webhook_endpoint SET failing_since = now() - interval '1 hour' WHERE id = $1",
    values: [office.endpointId],
  })
  await queueTests(office, 30)
  await office.receiver.until(2)
  await sleep(500)
  expect(office.receiver.calls).toHaveLength(2)
})

it('a lead that was left without a turn gets one, though its endpoint is busy', async () => {
  const office = await openOffice(server)
  const leadId = await makeLead(office)
  await office.receiver.until(1)
  // As it is left when two processes believed for a moment that the endpoint was theirs.
  await server.db.query({
    text: `INSERT INTO webhook_delivery (company_id, endpoint_id, lead_id, revision, event, at, waiting)
      VALUES ($1, $2, $3, 1, 'lead.created', now(), true)`,
    values: [office.company.companyId, office.endpointId, leadId],
  })
  await untilTrue(async () => {
    await queueTests(office, 1)
    await sleep(300)
    return office.receiver.calls.filter(({ type }) => type === 'lead.created').length === 2
  }, 20_000)
}, 30_000)

it('a test or a replay that waits for the relay holds no other endpoint up', async () => {
  const failing = await openOffice(server)
  const office = await openOffice(server)
  failing.receiver.reply((response) => void response.writeHead(500).end())
  await Promise.all([makeLead(failing), makeLead(office)])
  await Promise.all([failing.receiver.until(2), office.receiver.until(1)])
  let sent: Promise<unknown> = Promise.resolve()
  const since = performance.now()
  await server.db.transaction(async (tx) => {
    await tx.query({ text: 'SELECT pg_advisory_xact_lock($1::bigint)', values: [RELAY_LOCK] })
    sent = office.call('POST', `/webhook-endpoints/${office.endpointId}/test`)
    await sleep(3_000)
  })
  await sent
  await office.receiver.until(2)
  const times = [since, ...failing.receiver.calls.map(({ at }) => at).filter((at) => at > since), performance.now()]
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  expect(Math.max(...gaps)).toBeLessThan(1_500)
})
