import type { IncomingMessage } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CUT, forwardWhole, type HostileServer, type Manner, startHostile } from './hostile-server.ts'
import { type Desk, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'

type Json = Record<string, unknown>

let upstream: Upstream
let front: HostileServer
let desk: Desk
/** What becomes of a call: 'lost' arrives and is not answered, 'cut' does not arrive. */
let fate: (request: IncomingMessage) => 'well' | 'lost' | 'cut' | Promise<'well'>
/** The If-Match of each write, with its address. */
const guarded: string[] = []

const line: Manner = (request, response) => {
  const whole = forwardWhole(front, upstream.baseUrl)
  if (request.method !== 'GET') guarded.push(`${request.url?.split('/').at(-1)} ${request.headers['if-match']}`)
  const decided = fate(request)
  if (decided === 'cut') return CUT(request, response)
  if (decided === 'lost') return whole(request, { writeHead: () => ({ end: () => request.socket.destroy() }) } as never)
  void Promise.resolve(decided).then(() => whole(request, response))
}

beforeAll(async () => {
  fate = () => 'well'
  upstream = await openUpstream()
  front = await startHostile(line)
  const { token } = upstream
  const account = { kind: 'renovationfind', baseUrl: front.baseUrl, credentials: { token } } as const
  desk = await openDesk(account, { intervalSeconds: 86_400 })
})
afterEach(() => {
  fate = () => 'well'
})
afterAll(async () => {
  await desk.close()
  await front.close()
  await upstream.close()
})

async function linked(accept = true): Promise<{ here: number; there: string }> {
  const there = await upstream.offer()
  const here = await desk.link(there, accept)
  await quiet()
  guarded.length = 0
  return { there, here }
}

async function quiet(): Promise<void> {
  const text = 'SELECT count(*) AS n FROM connection_lead WHERE dirty OR EXISTS (SELECT 1 FROM outbox)'
  await eventually(
    () => desk.server.db.query<{ n: number }>({ text, values: [] }),
    ([row]) => row?.n === 0,
  )
}

async function there(id: string, status: string): Promise<void> {
  expect((await upstream.call('POST', `/leads/${id}/status`, { body: { status } })).status).toBe(200)
}

async function openOf(here: number): Promise<Json[]> {
  return (await desk.openConflicts()).filter((one) => one['leadId'] === here)
}

function isPut({ method }: IncomingMessage): boolean {
  return method !== 'GET'
}

/** Tries again until nothing waits, whatever the line did before. */
async function recovered(): Promise<void> {
  fate = () => 'well'
  await eventually(
    () => desk.run(),
    ({ lastError }) => lastError === null,
  )
  await quiet()
}

describe('a push', () => {
  it('goes with the number of what was read, and each one with that of the one before', async () => {
    const { here, there: id } = await linked(false)
    expect((await desk.call('POST', `/leads/${here}/accept`)).status).toBe(200)
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => upstream.lead(id),
      ({ status }) => status === 'QUOTE_SENT',
    )
    await quiet()
    expect(guarded.filter((line) => !line.startsWith('viewed'))).toEqual(['accept "1"', 'status "2"'])
    expect(await upstream.lead(id)).toMatchObject({ revision: 3 })
  })

  it('does not go over a report that was made there just before it, and is a conflict soon', async () => {
    const { here, there: id } = await linked()
    let isEdited = false
    fate = (request) => {
      if (!isPut(request) || isEdited) return 'well'
      isEdited = true
      return there(id, 'CONTACT_MADE').then(() => 'well' as const)
    }
    await desk.report(here, { status: 'QUOTE_SENT' })
    const [conflict] = await eventually(
      () => openOf(here),
      ({ length }) => length > 0,
    )
    expect(conflict).toMatchObject({
      kind: 'both-changed',
      ours: { status: 'QUOTE_SENT' },
      theirs: { status: 'CONTACT_MADE' },
    })
    expect(await upstream.lead(id)).toMatchObject({ status: 'CONTACT_MADE' })
    expect(guarded).toEqual(['status "2"'])
    expect(await desk.connection()).toMatchObject({ lastError: null })
  })

  it('goes again by itself where something else was changed there', async () => {
    const { here, there: id } = await linked()
    expect((await upstream.call('PATCH', `/leads/${id}`, { body: { notes: 'Theirs' } })).status).toBe(200)
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => upstream.lead(id),
      ({ status }) => status === 'QUOTE_SENT',
    )
    await quiet()
    expect(await openOf(here)).toEqual([])
  })
})

describe('a push whose answer was lost', () => {
  it('is no conflict when the other office reports on top of it', async () => {
    const { here, there: id } = await linked()
    fate = (request) => (isPut(request) ? 'lost' : 'well')
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => upstream.lead(id),
      ({ status }) => status === 'QUOTE_SENT',
    )
    fate = () => 'cut'
    await there(id, 'CONTACT_MADE')
    await recovered()
    expect(await openOf(here)).toEqual([])
    expect(await desk.lead(here)).toMatchObject({ status: 'CONTACT_MADE' })
    expect(await upstream.lead(id)).toMatchObject({ status: 'CONTACT_MADE', revision: 4 })
  })

  it('is no conflict when both offices report on top of it but ours', async () => {
    const { here, there: id } = await linked()
    fate = (request) => (isPut(request) ? 'lost' : 'well')
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => upstream.lead(id),
      ({ status }) => status === 'QUOTE_SENT',
    )
    fate = () => 'cut'
    await desk.report(here, { status: 'JOB_PENDING_DECISION' })
    await recovered()
    expect(await openOf(here)).toEqual([])
    expect(await upstream.lead(id)).toMatchObject({ status: 'JOB_PENDING_DECISION', revision: 4 })
  })

  it('brings the customer all the same, where it was an acceptance', async () => {
    const { here, there: id } = await linked(false)
    fate = (request) => (isPut(request) ? 'lost' : 'well')
    expect((await desk.call('POST', `/leads/${here}/accept`)).status).toBe(200)
    await eventually(
      () => upstream.lead(id),
      ({ action }) => action === 'ACCEPTED',
    )
    await recovered()
    expect(await desk.lead(here)).toMatchObject({ action: 'ACCEPTED', email: 'jordan@example.com' })
    expect(await openOf(here)).toEqual([])
  })

  it('that never arrived is a true conflict with what was reported there', async () => {
    const { here, there: id } = await linked()
    let cuts = 0
    fate = (request) => {
      if (isPut(request)) cuts += 1
      return isPut(request) ? 'cut' : 'well'
    }
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => Promise.resolve(cuts),
      (made) => made > 0,
    )
    await there(id, 'CONTACT_MADE')
    await recovered()
    expect(await openOf(here)).toMatchObject([{ kind: 'both-changed', theirs: { status: 'CONTACT_MADE' } }])
    expect(await upstream.lead(id)).toMatchObject({ status: 'CONTACT_MADE', revision: 3 })
  })
})
