import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import { CUT, forward, forwardHalf, type HostileServer, json, startHostile } from './hostile-server.ts'
import { type Desk, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'

const SEED = 20_261_121
const REPORTS = 60
const OPEN = ['HOMEOWNER_CONTACTED', 'CONTACT_MADE', 'QUOTE_SENT', 'JOB_PENDING_DECISION', 'ESTIMATE_PROVIDED']

let upstream: Upstream
let front: HostileServer
let desk: Desk

beforeAll(async () => {
  upstream = await openUpstream()
  front = await startHostile((request, response) => forward(front, upstream.baseUrl)(request, response))
  const { token } = upstream
  desk = await openDesk({ kind: 'renovationfind', baseUrl: front.baseUrl, credentials: { token } })
})
afterAll(async () => {
  await desk.close()
  await front.close()
  await upstream.close()
})

it('both sides agree in the end, however many calls and answers are lost on the way, and nothing counts twice', async () => {
  const random = makeSeededRandom(SEED)
  const pairs: { here: number; there: string; reports: number }[] = []
  for (let one = 0; one < 5; one += 1) {
    const there = await upstream.offer()
    pairs.push({ there, here: await desk.link(there), reports: 0 })
  }
  const well = forward(front, upstream.baseUrl)
  const troubles = [CUT, forwardHalf(front, upstream.baseUrl), json(500, { error: 'Oops.' })]
  front.manner = (request, response) => (random.chance(0.5) ? well : random.pick(troubles))(request, response)
  for (let report = 1; report <= REPORTS; report += 1) {
    const pair = random.pick(pairs)
    pair.reports += 1
    await desk.report(pair.here, { status: random.pick(OPEN), reason: `Report ${report}` })
    // A wish to run ends the pause after a failure, so that plenty of calls meet trouble.
    if (random.chance(0.5)) await desk.call('POST', `/connections/${desk.connectionId}/run`)
    if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, 1200))
  }
  front.manner = well
  const links = async () => {
    const rows = await desk.server.db.query<{ dirty: boolean }>({
      text: 'SELECT dirty FROM connection_lead',
      values: [],
    })
    return rows.filter(({ dirty }) => dirty).length
  }
  await desk.run()
  await eventually(links, (waiting) => waiting === 0)
  for (const { here, there, reports } of pairs) {
    const [ours, theirs] = [await desk.lead(here), await upstream.lead(there)]
    expect([theirs['status'], theirs['reason']]).toEqual([ours['status'], ours['reason']])
    // Offered, accepted, and each report at most once; here created, and nothing but our own reports.
    expect(theirs['revision']).toBeLessThanOrEqual(2 + reports)
    expect(ours['revision']).toBe(1 + reports)
  }
  expect(front.calls.length).toBeGreaterThan(20)
  expect(await desk.openConflicts()).toEqual([])
  expect(await desk.connection()).toMatchObject({ lastError: null, failures: 0 })
}, 90_000)
