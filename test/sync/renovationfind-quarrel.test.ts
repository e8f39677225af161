import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import {
  CUT,
  forwardHalf,
  forwardWhole,
  type HostileServer,
  json,
  type Manner,
  startHostile,
} from './hostile-server.ts'
import type { Pair } from './quarrel.ts'
import { type Desk, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'
import { judgeReports, ReportQuarrel } from './report-quarrel.ts'

const LEADS = 8
const STEPS = 120

let upstream: Upstream
let front: HostileServer
let desk: Desk

beforeAll(async () => {
  upstream = await openUpstream()
  front = await startHostile((request, response) => forwardWhole(front, upstream.baseUrl)(request, response))
  const { token } = upstream
  const account = { kind: 'renovationfind', baseUrl: front.baseUrl, credentials: { token } } as const
  desk = await openDesk(account, { intervalSeconds: 5 })
})
afterAll(async () => {
  await desk.close()
  await front.close()
  await upstream.close()
})

/** Carries the call out, and cuts the line before the answer. */
const mute: Manner = (request) =>
  forwardWhole(front, upstream.baseUrl)(request, {
    writeHead: () => ({ end: () => request.socket.destroy() }),
  } as never)

async function quiet(): Promise<void> {
  const text = 'SELECT count(*) AS n FROM connection_lead WHERE dirty OR EXISTS (SELECT 1 FROM outbox)'
  await eventually(
    () => desk.server.db.query<{ n: number }>({ text, values: [] }),
    ([row]) => row?.n === 0,
  )
}

it.each([1, 20_261_121])(
  'two offices agree on all but what is listed as a conflict, whatever is lost on the way: seed %i',
  async (seed) => {
    const random = makeSeededRandom(seed)
    const pairs: Pair[] = []
    for (let one = 0; one < LEADS; one += 1) {
      const there = await upstream.offer()
      pairs.push({ b: Number(there), a: await desk.link(there, one % 2 === 0) })
    }
    await desk.run()
    const well = forwardWhole(front, upstream.baseUrl)
    const troubles = [CUT, mute, forwardHalf(front, upstream.baseUrl), json(500, { error: 'Oops.' })]
    front.manner = (request, response) => (random.chance(0.7) ? well : random.pick(troubles))(request, response)
    const desks = {
      a: { baseUrl: desk.server.baseUrl, token: desk.token },
      b: { baseUrl: upstream.baseUrl, token: upstream.token },
    }
    const quarrel = new ReportQuarrel(random, desks)
    for (let step = 1; step <= STEPS; step += 1) {
      await quarrel.step(pairs)
      await sleep(step % 4 === 0 ? 300 : 20)
      // Ends the pause after a failure, so that plenty of calls meet trouble.
      if (random.chance(0.3)) await desk.call('POST', `/connections/${desk.connectionId}/run`)
    }
    front.manner = well
    await eventually(
      () => desk.run(),
      ({ lastError }) => lastError === null,
    )
    await quiet()
    await desk.run()
    await quiet()
    const judgement = await judgeReports(desks, pairs)
    expect(judgement.faults).toEqual([])
    expect(quarrel.edits).toBeGreaterThan(STEPS / 3)
    expect(judgement.agreed).toBeGreaterThan(0)
  },
  120_000,
)
