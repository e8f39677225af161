import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestServer } from '../support/server.ts'
import type { Received } from './receiver.ts'
import { countQueued, makeLead, type Office, openOffice, readLog, startSender, untilTrue } from './stage.ts'

let server: TestServer

beforeAll(async () => {
  server = await startSender({ WEBHOOK_RETRY_SCHEDULE: Array.from({ length: 60 }, () => '0.2').join(',') })
})
afterAll(() => server.close())

async function note({ call }: Office, leadId: number, text: string): Promise<void> {
  const answer = await call('PATCH', `/leads/${leadId}`, { body: { notes: text } })
  if (answer.status !== 200) throw new Error(answer.text)
}

/** The revisions of each lead in the order in which they came first. */
function firstArrivals(calls: readonly Received[]): Map<unknown, unknown[]> {
  const seen = new Set<string>()
  const fresh = calls.filter(({ id }) => !seen.has(id) && seen.add(id))
  return new Map(
    [...Map.groupBy(fresh, ({ data }) => data['id'])].map(([id, of]) => [id, of.map(({ data }) => data['revision'])]),
  )
}

it('while the first message of a lead fails, nothing of that lead overtakes it, and other leads go on', async () => {
  const office = await openOffice(server)
  const { receiver } = office
  const stuck = await makeLead(office)
  const free = await makeLead(office)
  let isBroken = true
  receiver.reply((response, { data }) => void response.writeHead(isBroken && data['id'] === stuck ? 500 : 200).end())
  for (let n = 0; n < 10; n += 1) {
    await note(office, stuck, `stuck ${n}`)
    await note(office, free, `free ${n}`)
  }
  const callsOf = (leadId: number) => receiver.calls.filter(({ data }) => data['id'] === leadId)
  await untilTrue(async () => callsOf(free).length === 11 && callsOf(stuck).length > 1)
  const held = new Set(callsOf(stuck).map(({ data }) => data['revision']))
  expect(held.size).toBeLessThanOrEqual(2)
  isBroken = false
  await untilTrue(async () => (await countQueued(server.db, office.company.companyId)) === 0)
  const eleven = Array.from({ length: 11 }, (_, i) => i + 1)
  expect(firstArrivals(receiver.calls)).toEqual(new Map([stuck, free].map((id) => [id, eleven])))
})

it('a receiver that fails a third of its calls by chance gets every change, of each lead in order', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response, _call, n) => void response.writeHead((n * 7919) % 3 === 0 ? 503 : 200).end())
  const leads = await Promise.all(Array.from({ length: 20 }, () => makeLead(office)))
  await Promise.all(
    leads.map(async (leadId) => {
      for (let n = 0; n < 15; n += 1) await note(office, leadId, `note ${n}`)
    }),
  )
  await untilTrue(async () => (await countQueued(server.db, office.company.companyId)) === 0, 25_000)
  const sixteen = Array.from({ length: 16 }, (_, i) => i + 1)
  const arrivals = firstArrivals(office.receiver.calls)
  expect(arrivals.size).toBe(20)
  for (const revisions of arrivals.values()) expect(revisions).toEqual(sixteen)
  const log = await readLog(server.db, office.company.companyId)
  expect(log.filter(({ outcome }) => outcome === 'delivered')).toHaveLength(320)
  expect(log).toHaveLength(office.receiver.calls.length)
})

it('an endpoint that never answers holds no other up', async () => {
  const slow = await openOffice(server)
  const quick = await openOffice(server)
  slow.receiver.reply(() => undefined)
  await Promise.all(Array.from({ length: 30 }, () => makeLead(slow)))
  await slow.receiver.until(16)
  const since = performance.now()
  await makeLead(quick)
  await quick.receiver.until(1)
  expect(performance.now() - since).toBeLessThan(2_000)
})

it('no answer within fifteen seconds is a failure', async () => {
  const office = await openOffice(server)
  office.receiver.reply((response, _call, n) => {
    if (n > 1) response.writeHead(200).end()
  })
  await makeLead(office)
  const [first, second] = await office.receiver.until(2, 25_000)
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(14_900)
  const [row] = await readLog(server.db, office.company.companyId)
  expect(row).toMatchObject({ outcome: 'failed', status: null, error: 'No whole answer came in time.' })
})
