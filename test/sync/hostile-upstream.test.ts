import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE_CASES } from './hostile-cases.ts'
import { forward, forwardHalf, type HostileServer, startHostile } from './hostile-server.ts'
import { type Desk, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'

let upstream: Upstream
let front: HostileServer
let desk: Desk
let here: number
let there: string

beforeAll(async () => {
  upstream = await openUpstream()
  front = await startHostile((request, response) => forward(front, upstream.baseUrl)(request, response))
  const { token } = upstream
  desk = await openDesk({ kind: 'renovationfind', baseUrl: front.baseUrl, credentials: { token } })
  there = await upstream.offer()
  here = await desk.link(there)
})
afterAll(async () => {
  await desk.close()
  await front.close()
  await upstream.close()
})

/** Another status than before at each call. */
let reports = 0
async function report(): Promise<string> {
  reports += 1
  const status = reports % 2 === 0 ? 'QUOTE_SENT' : 'CONTACT_MADE'
  await desk.report(here, { status, reason: `Report ${reports}` })
  return status
}

/** The upstream is well again: everything that waited arrives, and nothing twice. */
async function resumes(status: string, revision: number): Promise<void> {
  front.manner = forward(front, upstream.baseUrl)
  // What an upstream asks to be left alone for, nobody cuts short; here the time is over.
  await desk.server.db.query({ text: 'UPDATE connection SET limited_until = NULL', values: [] })
  expect(await desk.run()).toMatchObject({ lastError: null, failures: 0, openConflicts: 0 })
  expect(await upstream.lead(there)).toMatchObject({ status, reason: `Report ${reports}`, revision })
}

/** The connection once a run has failed and no other one goes on. */
function untilTrouble() {
  return eventually(
    () => desk.connection(),
    ({ lastError, lastRun }) => lastError !== null && (lastRun as { error?: unknown }).error !== null,
  )
}

async function revisionThere(): Promise<number> {
  return Number((await upstream.lead(there))['revision'])
}

describe('RenovationFind that answers with', () => {
  it.each(HOSTILE_CASES)(
    '%s: nothing is sent on, the cause is shown, and it goes on later',
    async (_, manner, code) => {
      const before = await revisionThere()
      front.manner = manner
      const status = await report()
      const ours = await desk.lead(here)
      const seen = await eventually(
        () => desk.connection(),
        ({ lastError }) => lastError !== null,
      )
      expect(seen).toMatchObject({
        lastError: { code, text: expect.stringMatching(/^[A-Z].{10,}\.$/) },
        openConflicts: 0,
        linkedLeads: 1,
        goneLeads: 0,
        lastRun: { error: { code } },
      })
      expect(JSON.stringify(seen)).not.toContain(upstream.token)
      expect(await desk.lead(here)).toEqual(ours)
      expect(await revisionThere()).toBe(before)
      await resumes(status, before + 1)
    },
  )

  it('a cut right after it has done what it was told: it is done once', async () => {
    const before = await revisionThere()
    front.manner = forwardHalf(front, upstream.baseUrl)
    const status = await report()
    expect(await untilTrouble()).toMatchObject({ lastError: { code: 'cut' } })
    await resumes(status, before + 1)
  })
})

describe('linking at RenovationFind that answers with', () => {
  const path = () => `/connections/${desk.connectionId}/leads`
  const count = async () => (await desk.server.db.query({ text: 'SELECT id FROM lead', values: [] })).length

  it.each(HOSTILE_CASES)('%s: says so, makes no lead, and works later', async (_, manner) => {
    front.manner = manner
    const before = await count()
    const body = { upstreamId: await upstream.offer(), accept: true }
    const refused = await desk.call('POST', path(), { body })
    expect(refused).toMatchObject({ status: 503, body: { code: 'upstream.unavailable' } })
    expect(await count()).toBe(before)
    front.manner = forward(front, upstream.baseUrl)
    // After a 429: the pause is over.
    await desk.server.db.query({ text: 'UPDATE connection SET limited_until = NULL', values: [] })
    expect((await desk.call('POST', path(), { body })).status).toBe(201)
    expect(await count()).toBe(before + 1)
  })
})
