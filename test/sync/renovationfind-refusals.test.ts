import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forward, type HostileServer, startHostile } from './hostile-server.ts'
import { type Desk, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'

type Json = Record<string, unknown>

let upstream: Upstream
/** Hands on what is asked and nothing of what a Leadwright promises, so that its changes are not followed. */
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

interface Pair {
  readonly here: number
  readonly there: string
}

/** A lead that the upstream's own office has won, while ours says something else; with the conflict that comes of it. */
async function quarrel(report: Json = { status: 'QUOTE_SENT' }): Promise<Pair & { conflict: Json }> {
  const there = await upstream.offer()
  const here = await desk.link(there)
  const won = { status: 'JOB_WON', jobAmount: '1234.50' }
  expect((await upstream.call('POST', `/leads/${there}/status`, { body: won })).status).toBe(200)
  await desk.report(here, report)
  return { here, there, conflict: await conflictOf(here) }
}

function conflictOf(here: number, isOther: (conflict: Json) => boolean = () => true): Promise<Json> {
  const find = async () => (await desk.openConflicts()).find((one) => one['leadId'] === here && isOther(one)) ?? {}
  return eventually(find, (found) => found['id'] !== undefined)
}

function settle({ id }: Json, choice: 'ours' | 'theirs') {
  return desk.call('POST', `/conflicts/${id}/settle`, { body: { choice } })
}

async function openOf(here: number): Promise<Json[]> {
  return (await desk.openConflicts()).filter((one) => one['leadId'] === here)
}

/** Calls that runs have made so far. */
async function calls(): Promise<number> {
  const [row] = await desk.server.db.query<{ n: number }>({ text: 'SELECT sum(calls) AS n FROM sync_run', values: [] })
  return Number(row?.n ?? 0)
}

describe('a report that the upstream refuses', () => {
  it('comes back on the lead with the words, both values, and is not sent again', async () => {
    const { here, there, conflict } = await quarrel()
    expect(conflict).toMatchObject({
      field: 'status',
      kind: 'refused',
      base: { status: 'NO_RESPONSE' },
      ours: { status: 'QUOTE_SENT' },
      theirs: { status: 'JOB_WON', jobAmount: '1234.50' },
      detail: expect.stringContaining('JOB_WON'),
    })
    const before = await calls()
    await desk.run()
    await desk.run()
    expect(await calls()).toBe(before)
    expect(await openOf(here)).toHaveLength(1)
    expect(await upstream.lead(there)).toMatchObject({ status: 'JOB_WON', revision: 3 })
    expect(await desk.connection()).toMatchObject({ lastError: null })
  })

  it('settled for theirs takes what stands there, and nothing is sent', async () => {
    const { here, there, conflict } = await quarrel()
    const before = await calls()
    expect(await settle(conflict, 'theirs')).toMatchObject({ status: 200, body: { choice: 'theirs' } })
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ status: 'JOB_WON', jobAmount: '1234.50', value: '1234.50' })
    expect(await upstream.lead(there)).toMatchObject({ status: 'JOB_WON', revision: 3 })
    expect(await openOf(here)).toEqual([])
    expect(await calls()).toBe(before)
  })

  it('settled for ours is tried once more, and comes back when it is refused again', async () => {
    const { here, conflict } = await quarrel()
    expect((await settle(conflict, 'ours')).status).toBe(200)
    const again = await conflictOf(here, ({ id }) => id !== conflict['id'])
    expect(again).toMatchObject({ field: 'status', kind: 'refused', ours: { status: 'QUOTE_SENT' } })
    expect(await desk.lead(here)).toMatchObject({ status: 'QUOTE_SENT' })
  })

  it('settled for ours arrives once the upstream lets it', async () => {
    const { here, there, conflict } = await quarrel()
    await upstream.sql("UPDATE lead SET status = 'CONTACT_MADE', job_amount = NULL WHERE id = $1", [there])
    expect((await settle(conflict, 'ours')).status).toBe(200)
    await eventually(
      () => upstream.lead(there),
      ({ status }) => status === 'QUOTE_SENT',
    )
    await desk.run()
    expect(await openOf(here)).toEqual([])
  })

  it('is settled once only', async () => {
    const { conflict } = await quarrel()
    expect((await settle(conflict, 'theirs')).status).toBe(200)
    expect(await settle(conflict, 'ours')).toMatchObject({ status: 409, body: { code: 'conflict.settled' } })
  })

  it('of a win of ours stays a win: the sides agree to differ', async () => {
    const { here, there, conflict } = await quarrel({
      status: 'LEAD_WON',
      jobAmount: '7.00',
      startDateTbd: true,
      completionDateTbd: true,
    })
    expect((await settle(conflict, 'theirs')).status).toBe(200)
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ status: 'LEAD_WON', jobAmount: '7.00' })
    expect(await upstream.lead(there)).toMatchObject({ status: 'JOB_WON', jobAmount: '1234.50' })
    expect(await openOf(here)).toEqual([])
  })
})

describe('an answer that the upstream refuses', () => {
  /** The upstream's own office has declined, and ours accepts and reports. */
  async function crossed(): Promise<Pair> {
    const there = await upstream.offer()
    const here = await desk.link(there, false)
    const declined = await upstream.call('POST', `/leads/${there}/decline`, { body: { reason: 'No time' } })
    expect(declined.status).toBe(200)
    expect((await desk.call('POST', `/leads/${here}/accept`)).status).toBe(200)
    await desk.report(here, { status: 'CONTACT_MADE' })
    return { here, there }
  }

  it('is one conflict, and the report waits for it', async () => {
    const { here } = await crossed()
    expect(await conflictOf(here)).toMatchObject({
      field: 'action',
      kind: 'refused',
      ours: { action: 'ACCEPTED' },
      theirs: { action: 'DECLINED', declineReason: 'No time' },
    })
    await desk.run()
    expect(await openOf(here)).toHaveLength(1)
  })

  it('is not asked for where our own answer rules it out', async () => {
    const there = await upstream.offer()
    const here = await desk.link(there, false)
    expect((await desk.call('POST', `/leads/${here}/decline`, { body: { reason: 'Too far' } })).status).toBe(200)
    const wish = { body: { upstreamId: there, accept: true } }
    const answer = await desk.call('POST', `/connections/${desk.connectionId}/leads`, wish)
    expect(answer).toMatchObject({ status: 409, body: { code: 'lead.already-answered' } })
    await eventually(
      () => upstream.lead(there),
      ({ action }) => action === 'DECLINED',
    )
  })

  it('settled for theirs stays as it is on both sides', async () => {
    const { here, there } = await crossed()
    expect((await settle(await conflictOf(here), 'theirs')).status).toBe(200)
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ action: 'ACCEPTED' })
    expect(await upstream.lead(there)).toMatchObject({ action: 'DECLINED' })
    expect((await openOf(here)).filter(({ field }) => field === 'action')).toEqual([])
  })

  it('settled for ours arrives with the report, once the upstream lets it', async () => {
    const { here, there } = await crossed()
    const conflict = await conflictOf(here)
    await upstream.sql("UPDATE lead SET action = 'NONE', decline_reason = NULL WHERE id = $1", [there])
    expect((await settle(conflict, 'ours')).status).toBe(200)
    await eventually(
      () => upstream.lead(there),
      ({ status }) => status === 'CONTACT_MADE',
    )
    await desk.run()
    expect(await openOf(here)).toEqual([])
    expect(await upstream.lead(there)).toMatchObject({ action: 'ACCEPTED' })
  })
})
