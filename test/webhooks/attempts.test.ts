import { afterAll, beforeAll, expect, it } from 'vitest'
import { untilListed } from '../support/lists.ts'
import type { TestServer } from '../support/server.ts'
import { countQueued, makeLead, openOffice, readLog, startSender, untilTrue } from './stage.ts'

let server: TestServer

beforeAll(async () => {
  server = await startSender()
})
afterAll(() => server.close())

async function stateOf(endpointId: number): Promise<{ reason: string | null; failing: boolean } | undefined> {
  const [row] = await server.db.query<{ reason: string | null; failing: boolean }>({
    text: 'SELECT disabled_reason AS reason, failing_since IS NOT NULL AS failing FROM webhook_endpoint WHERE id = $1',
    values: [endpointId],
  })
  return row
}

it('what fails is tried again by the schedule, in the same bytes, and each attempt is in the log', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response, _call, n) => void response.writeHead(n < 3 ? 500 : 200).end(`answer ${n}`))
  await makeLead(office)
  const calls = await office.receiver.until(3)
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1)
  expect(new Set(calls.map(({ id }) => id)).size).toBe(1)
  const gaps = calls.slice(1).map(({ at }, i) => at - (calls[i]?.at ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(295)
  const { companyId } = office.company
  await untilTrue(async () => (await countQueued(server.db, companyId)) === 0)
  expect(await readLog(server.db, companyId)).toMatchObject([
    { attempt: 1, outcome: 'failed', status: 500, answer: 'answer 1', error: 'The endpoint answered 500.' },
    { attempt: 2, outcome: 'failed', status: 500 },
    { attempt: 3, outcome: 'delivered', status: 200, answer: 'answer 3', error: null },
  ])
  expect(await stateOf(office.endpointId)).toEqual({ reason: null, failing: false })
})

it('the last attempt of the schedule is the last', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response) => void response.writeHead(404).end())
  await makeLead(office)
  await office.receiver.until(6)
  const { companyId } = office.company
  await untilTrue(async () => (await countQueued(server.db, companyId)) === 0)
  expect((await readLog(server.db, companyId)).map(({ outcome }) => outcome)).toEqual([
    ...Array.from({ length: 5 }, () => 'failed'),
    'given-up',
  ])
  expect(await stateOf(office.endpointId)).toEqual({ reason: null, failing: true })
})

it('Retry-After puts the next attempt off', async () => {
  const office = await openOffice(server)
  office.receiver.reply(
    (response, _call, n) => void response.writeHead(n === 1 ? 503 : 200, { 'retry-after': '2' }).end(),
  )
  await makeLead(office)
  const [first, second] = await office.receiver.until(2)
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1990)
})

it('429 with Retry-After lets the whole endpoint rest', async () => {
  const office = await openOffice(server)
  office.receiver.reply(
    (response, _call, n) => void response.writeHead(n === 1 ? 429 : 200, { 'retry-after': '1' }).end(),
  )
  await makeLead(office)
  await office.receiver.until(1)
  await makeLead(office)
  const [first, second] = await office.receiver.until(3)
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990)
})

it('410 disables the endpoint at once; enabled again, it gets what it has not had', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response) => void response.writeHead(410).end())
  await makeLead(office)
  await untilTrue(async () => (await stateOf(office.endpointId))?.reason === 'gone')
  await makeLead(office)
  await untilListed(server.db)
  expect(office.receiver.calls).toHaveLength(1)
  office.receiver.reply((response) => void response.writeHead(200).end())
  await server.db.query({
    text: 'UPDATE webhook_endpoint SET disabled_at = NULL, disabled_reason = NULL, failing_since = NULL WHERE id = $1',
    values: [office.endpointId],
  })
  const calls = await office.receiver.until(2)
  expect(calls[1]?.id).toBe(calls[0]?.id)
  await untilTrue(async () => (await readLog(server.db, office.company.companyId)).length === 2)
  const log = await readLog(server.db, office.company.companyId)
  expect(log).toMatchObject([
    { outcome: 'gone', status: 410 },
    { outcome: 'delivered', status: 200 },
  ])
})

it('five days of nothing but failures disable the endpoint', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response) => void response.writeHead(500).end())
  await server.db.query({
    text: "UPDATE webhook_endpoint SET failing_since = now() - interval '5 days' WHERE id = $1",
    values: [office.endpointId],
  })
  await makeLead(office)
  await untilTrue(async () => (await stateOf(office.endpointId))?.reason === 'failing')
})

it('a redirect is a failure and is not followed', async () => {
  const office = await openOffice(server)
  const elsewhere = await openOffice(server)
  office.receiver.reply((response) => void response.writeHead(307, { location: elsewhere.receiver.url }).end())
  await makeLead(office)
  await office.receiver.until(2)
  expect(elsewhere.receiver.calls).toEqual([])
  const [first] = await readLog(server.db, office.company.companyId)
  const error = 'The answer is a redirect, which is not followed.'
  expect(first).toMatchObject({ outcome: 'failed', status: 307, error })
})

it('of a long or strange answer the log keeps the start', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response) => void response.writeHead(200).end(`\u0000\u{1f600}${'x'.repeat(100_000)}`))
  await makeLead(office)
  await office.receiver.until(1)
  await untilTrue(async () => (await readLog(server.db, office.company.companyId)).length === 1)
  const [row] = await readLog(server.db, office.company.companyId)
  expect(row?.answer).toBe(`\ufffd\u{1f600}${'x'.repeat(998)}`)
})

it('a connection that breaks is a failure, and so is half an HTTP answer', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response, _call, n) => {
    if (n === 1) response.socket?.destroy()
    else if (n === 2) response.socket?.end('not HTTP at all\r\n\r\n')
    else response.writeHead(200).end()
  })
  await makeLead(office)
  await office.receiver.until(3)
  await untilTrue(async () => (await readLog(server.db, office.company.companyId)).length === 3)
  expect(await readLog(server.db, office.company.companyId)).toMatchObject([
    { status: null, error: 'The connection broke, or what came is not HTTP.' },
    { status: null, error: 'The connection broke, or what came is not HTTP.' },
    { status: 200 },
  ])
})

it('an endpoint is called no more often than it allows', async () => {
  const office = await openOffice(server, { perSecond: 10 })
  for (let n = 0; n < 15; n += 1) await makeLead(office)
  const calls = await office.receiver.until(15)
  const [first, last] = [calls[0]?.at ?? 0, calls.at(-1)?.at ?? 0]
  expect(last - first).toBeGreaterThanOrEqual(1300)
})
