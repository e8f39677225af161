import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CUT, type HostileServer, json, startHostile } from './hostile-server.ts'
import { type Desk, eventually, openDesk } from './renovationfind-stage.ts'

type Json = Record<string, unknown>

let fake: HostileServer
let desk: Desk
/** What the service shows of its lead, and how it says no to what it has done already. */
let shown: Json
let refusal: { readonly status: number; readonly isShown: boolean }
let lost: string[]
/** How it answers when it is asked once for what it shows. */
let hindrance: HostileServer['manner'] | null = null
let lastId = 6

beforeAll(async () => {
  fake = await startHostile(service)
  desk = await openDesk({ kind: 'renovationfind', baseUrl: fake.baseUrl, credentials: { token: 'token' } })
})
afterEach(() => {
  fake.calls.length = 0
})
afterAll(async () => {
  await desk.close()
  await fake.close()
})

/** Carries out what it is told and cuts the line; the same again it refuses. */
const service: HostileServer['manner'] = (request, response) => {
  const call = `${request.method} ${request.url}`
  if (request.method === 'GET') {
    const hindered = hindrance
    hindrance = null
    if (hindered !== null) return hindered(request, response)
    const answer = refusal.isShown ? json(404, {}) : json(200, { success: true, data: shown })
    return answer(request, response)
  }
  if (lost.includes(call)) {
    const data = refusal.isShown ? { data: shown } : {}
    return json(refusal.status, { success: false, error: 'That was done already.', ...data })(request, response)
  }
  lost.push(call)
  shown = { ...shown, ...doneBy(call, fake.last.body) }
  return CUT(request, response)
}

function doneBy(call: string, body: string): Json {
  const told = body === '' ? {} : (JSON.parse(body) as Json)
  if (call.endsWith('/accept')) return { vendorLeadAction: 'ACCEPTED', customerName: 'Ann Lee' }
  if (call.endsWith('/decline')) return { vendorLeadAction: 'DECLINED', declineReason: told['reason'] }
  return { postLeadStatus: told['status'], postLeadStatusData: told }
}

/** A lead that is linked, and as the service shows it. */
async function linked(fields: Json = {}): Promise<number> {
  lastId += 1
  lost = []
  refusal = { status: 409, isShown: false }
  shown = { id: lastId, vendorLeadAction: 'NONE', postLeadStatus: 'NO_RESPONSE', category: 'Roof', ...fields }
  return desk.link(String(lastId), false)
}

/** Waits until a push was lost, sends it again, and gives what has become of it. */
async function repeated(here: number): Promise<{ conflicts: Json[]; connection: Json }> {
  await eventually(
    () => Promise.resolve(lost),
    ({ length }) => length > 0,
  )
  const again = () => fake.calls.filter((call) => lost.includes(call)).length
  await eventually(
    () => desk.run().then(again),
    (times) => times > 1,
  )
  const connection = await eventually(
    () => desk.connection(),
    ({ running }) => running === false,
  )
  const conflicts = (await desk.openConflicts()).filter(({ leadId }) => leadId === here)
  return { conflicts, connection }
}

async function accept(here: number): Promise<void> {
  expect((await desk.call('POST', `/leads/${here}/accept`)).status).toBe(200)
}

describe('a push whose answer was lost, and that is refused when it is sent again', () => {
  it.each([
    { status: 409, isShown: false },
    { status: 400, isShown: false },
    { status: 200, isShown: false },
    { status: 409, isShown: true },
    { status: 200, isShown: true },
  ])('is agreed where the service shows an acceptance of ours: %j', async (manner) => {
    const here = await linked()
    refusal = manner
    await accept(here)
    expect(await repeated(here)).toMatchObject({ conflicts: [], connection: { lastError: null, openConflicts: 0 } })
    expect(await desk.lead(here)).toMatchObject({ action: 'ACCEPTED', displayName: 'Ann Lee' })
  })

  it('is agreed where it shows our decline', async () => {
    const here = await linked()
    expect((await desk.call('POST', `/leads/${here}/decline`, { body: { reason: 'Too far' } })).status).toBe(200)
    expect(await repeated(here)).toMatchObject({ conflicts: [], connection: { lastError: null } })
  })

  it('is agreed where it shows our report, and the next report is sent', async () => {
    const here = await linked({ vendorLeadAction: 'ACCEPTED' })
    await desk.report(here, { status: 'JOB_POSTPONED_OR_CANCELLED', reason: 'Next year' })
    expect(await repeated(here)).toMatchObject({ conflicts: [], connection: { lastError: null } })
    lost = []
    await desk.report(here, { status: 'QUOTE_SENT' })
    expect(await repeated(here)).toMatchObject({ conflicts: [] })
    expect(shown).toMatchObject({ postLeadStatus: 'QUOTE_SENT' })
  })

  it.each([
    ['takes no more calls', json(429, { success: false, error: 'Slow down.' }, { 'retry-after': '1' })],
    ['is cut off', CUT],
  ])('is no conflict where it %s before it could show anything', async (_, manner) => {
    const here = await linked()
    hindrance = manner
    await accept(here)
    expect((await repeated(here)).conflicts).toEqual([])
    expect(hindrance).toBeNull()
    await eventually(
      () => desk.run(),
      ({ lastError }) => lastError === null,
    )
    expect(await desk.connection()).toMatchObject({ openConflicts: 0 })
    expect(await desk.lead(here)).toMatchObject({ action: 'ACCEPTED', displayName: 'Ann Lee' })
  })

  it('is a conflict where it shows something else', async () => {
    const here = await linked()
    await accept(here)
    await eventually(
      () => Promise.resolve(lost),
      ({ length }) => length > 0,
    )
    shown = { ...shown, vendorLeadAction: 'DECLINED', declineReason: 'Expired' }
    const { conflicts } = await repeated(here)
    expect(conflicts).toMatchObject([{ field: 'action', kind: 'refused', theirs: { action: 'DECLINED' } }])
  })
})
