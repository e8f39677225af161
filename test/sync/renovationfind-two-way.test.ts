import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'

type Json = Record<string, unknown>

let upstream: Upstream
let desk: Desk

beforeAll(async () => {
  upstream = await openUpstream()
  const { baseUrl, token } = upstream
  desk = await openDesk({ kind: 'renovationfind', baseUrl, credentials: { token } }, { intervalSeconds: 86_400 })
})
afterAll(async () => {
  await desk.close()
  await upstream.close()
})

interface Pair {
  readonly here: number
  readonly there: string
}

async function linked(accept = true): Promise<Pair> {
  const there = await upstream.offer()
  const here = await desk.link(there, accept)
  await quiet()
  return { there, here }
}

/** Waits until what changed here was looked at. */
async function quiet(): Promise<void> {
  const text = 'SELECT count(*) AS n FROM connection_lead WHERE dirty OR EXISTS (SELECT 1 FROM outbox)'
  await eventually(
    () => desk.server.db.query<{ n: number }>({ text, values: [] }),
    ([row]) => row?.n === 0,
  )
}

/** The upstream's own office does something to its lead. */
async function there(id: string, path: string, body: Json = {}): Promise<void> {
  const answer = await upstream.call('POST', `/leads/${id}/${path}`, { body })
  expect(answer.status, answer.text).toBe(200)
}

async function openOf(here: number): Promise<Json[]> {
  return (await desk.openConflicts()).filter((one) => one['leadId'] === here)
}

function settle(conflict: Json | undefined, choice: 'ours' | 'theirs') {
  return desk.call('POST', `/conflicts/${conflict?.['id']}/settle`, { body: { choice } })
}

/** What the timeline of a lead here tells of its last change. */
async function lastChange(here: number): Promise<Json> {
  const { body } = await desk.call('GET', `/leads/${here}/timeline?limit=1`)
  return (body['entries'] as Json[])[0] ?? {}
}

describe('what the upstream’s office changes', () => {
  it('comes here through the connection, and does not echo', async () => {
    const { here, there: id } = await linked()
    await there(id, 'status', { status: 'MEETUP_SCHEDULED', meetingDate: '2026-05-04', reason: 'Visit' })
    const run = (await desk.run())['lastRun']
    expect(run).toMatchObject({ pulled: 1, pushed: 0, conflicts: 0, error: null })
    expect(await desk.lead(here)).toMatchObject({
      status: 'MEETUP_SCHEDULED',
      meetingDate: '2026-05-04',
      reason: 'Visit',
    })
    expect(await lastChange(here)).toMatchObject({ face: 'sync', event: 'lead.status_changed' })
    await quiet()
    expect((await desk.run())['lastRun']).toMatchObject({ pulled: 0, pushed: 0 })
    // Offered, accepted, reported.
    expect((await upstream.lead(id))['revision']).toBe(3)
    expect((await desk.lead(here))['revision']).toBe(2)
  })

  it('is followed in both directions, report by report, to a win', async () => {
    const { here, there: id } = await linked()
    await there(id, 'status', { status: 'CONTACT_MADE', contactMethod: 'TEXT', reason: 'Fine' })
    await desk.run()
    await desk.report(here, { status: 'CONTACT_MADE', contactMethod: 'TEXT', reason: 'Likes oak' })
    await eventually(
      () => upstream.lead(id),
      ({ reason }) => reason === 'Likes oak',
    )
    await there(id, 'status', { status: 'JOB_WON', jobAmount: '1234.50' })
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ status: 'JOB_WON', jobAmount: '1234.50', value: '1234.50' })
    expect(await openOf(here)).toEqual([])
  })

  it('goes back to before the first report, where it went back there', async () => {
    const { here, there: id } = await linked()
    await there(id, 'status', { status: 'JOB_LOST', reason: 'Too dear' })
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ status: 'JOB_LOST' })
    const { email, password, apiKey } = upstream.online
    const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
    const headers = { authorization, apikey: apiKey, 'content-type': 'application/json' }
    const body = JSON.stringify({ LEAD_STATUS: 'Open' })
    const answer = await fetch(`${upstream.baseUrl}/api/Leads?id=${id}`, { method: 'PUT', headers, body })
    expect(answer.status).toBe(200)
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ status: 'NO_RESPONSE', reason: null })
    expect(await openOf(here)).toEqual([])
  })

  it('accepts an open offer here, with its customer', async () => {
    const { here, there: id } = await linked(false)
    expect(await desk.lead(here)).toMatchObject({ action: 'NONE', email: null })
    await there(id, 'accept')
    await there(id, 'status', { status: 'QUOTE_SENT' })
    await desk.run()
    const accepted = { action: 'ACCEPTED', status: 'QUOTE_SENT', email: 'jordan@example.com', lastName: null }
    expect(await desk.lead(here)).toMatchObject({ ...accepted, displayName: 'Jordan Miller' })
    expect(await lastChange(here)).toMatchObject({ face: 'sync' })
  })

  it('shows the customer of an offer that both offices accepted by themselves', async () => {
    const { here, there: id } = await linked(false)
    await there(id, 'accept')
    expect((await desk.call('POST', `/leads/${here}/accept`)).status).toBe(200)
    await desk.run()
    await quiet()
    expect(await desk.lead(here)).toMatchObject({ action: 'ACCEPTED', email: 'jordan@example.com' })
    expect(await openOf(here)).toEqual([])
  })

  it('declines an open offer here', async () => {
    const { here, there: id } = await linked(false)
    await there(id, 'decline', { reason: 'Outside our area' })
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ action: 'DECLINED', declineReason: 'Outside our area' })
  })

  it('makes nothing of leads that are not linked', async () => {
    const id = await upstream.offer()
    await there(id, 'accept')
    const leads = async () => (await desk.server.db.query({ text: 'SELECT id FROM lead', values: [] })).length
    const before = await leads()
    await desk.run()
    expect(await leads()).toBe(before)
  })
})

describe('what both offices changed', () => {
  /** Both report, and neither has seen the other's report. */
  async function both(): Promise<Pair & { conflict: Json | undefined }> {
    const { here, there: id } = await linked()
    await there(id, 'status', { status: 'CONTACT_MADE' })
    await desk.report(here, { status: 'QUOTE_SENT' })
    await desk.run()
    await quiet()
    const [conflict] = await openOf(here)
    return { here, there: id, conflict }
  }

  it('is one conflict, and neither report is written over', async () => {
    const { here, there: id, conflict } = await both()
    expect(conflict).toMatchObject({
      field: 'status',
      kind: 'both-changed',
      base: { status: 'NO_RESPONSE' },
      ours: { status: 'QUOTE_SENT' },
      theirs: { status: 'CONTACT_MADE' },
    })
    await desk.run()
    expect(await openOf(here)).toHaveLength(1)
    expect(await desk.lead(here)).toMatchObject({ status: 'QUOTE_SENT' })
    expect(await upstream.lead(id)).toMatchObject({ status: 'CONTACT_MADE' })
  })

  it('before they were linked is one, too', async () => {
    const id = await upstream.offer()
    const here = await desk.offer(id, { displayName: 'Jordan Miller' })
    for (const [call, lead, status] of [
      [desk.call, here, 'QUOTE_SENT'],
      [upstream.call, id, 'CONTACT_MADE'],
    ] as const) {
      expect((await call('POST', `/leads/${lead}/accept`)).status).toBe(200)
      expect((await call('POST', `/leads/${lead}/status`, { body: { status } })).status).toBe(200)
    }
    expect(await desk.link(id)).toBe(here)
    await desk.run()
    await quiet()
    expect(await openOf(here)).toMatchObject([{ field: 'status', kind: 'both-changed' }])
    expect(await upstream.lead(id)).toMatchObject({ status: 'CONTACT_MADE' })
  })

  it('settled for ours is sent', async () => {
    const { here, there: id, conflict } = await both()
    expect((await settle(conflict, 'ours')).status).toBe(200)
    await eventually(
      () => upstream.lead(id),
      ({ status }) => status === 'QUOTE_SENT',
    )
    await desk.run()
    expect(await openOf(here)).toEqual([])
  })

  it('settled for theirs is taken, and what follows moves on', async () => {
    const { here, there: id, conflict } = await both()
    expect((await settle(conflict, 'theirs')).status).toBe(200)
    expect(await desk.lead(here)).toMatchObject({ status: 'CONTACT_MADE' })
    await desk.report(here, { status: 'QUOTE_SENT' })
    await eventually(
      () => upstream.lead(id),
      ({ status }) => status === 'QUOTE_SENT',
    )
    await there(id, 'status', { status: 'CONTACT_MADE' })
    await desk.run()
    expect(await desk.lead(here)).toMatchObject({ status: 'CONTACT_MADE' })
    expect(await openOf(here)).toEqual([])
  })

  it.each([
    ['upstream', 'CONTACT_MADE'],
    ['ours', 'QUOTE_SENT'],
    ['newest', 'QUOTE_SENT'],
  ])('is settled by the rule %s without a conflict', async (rule, status) => {
    const path = `/connections/${desk.connectionId}`
    expect((await desk.call('PATCH', path, { body: { fieldRules: { '*': rule } } })).status).toBe(200)
    const { here, there: id } = await linked()
    await there(id, 'status', { status: 'CONTACT_MADE' })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await desk.report(here, { status: 'QUOTE_SENT' })
    await desk.run()
    await quiet()
    expect(await openOf(here)).toEqual([])
    expect([(await desk.lead(here))['status'], (await upstream.lead(id))['status']]).toEqual([status, status])
    await desk.call('PATCH', path, { body: { fieldRules: { '*': 'ask' } } })
  })
})

describe('what our rules hold fast', () => {
  it('is a conflict with their sentence, and once agreed to differ on stays so until it changes there', async () => {
    const { here, there: id } = await linked()
    await there(id, 'status', { status: 'JOB_WON', jobAmount: '5.00' })
    await desk.run()
    // Its support undoes the win.
    await upstream.sql("UPDATE lead SET status = 'JOB_LOST', reason = 'No', job_amount = NULL WHERE id = $1", [id])
    await desk.run()
    const [conflict] = await openOf(here)
    expect(conflict).toMatchObject({ field: 'status', kind: 'refused', detail: expect.stringContaining('JOB_WON') })
    expect((await settle(conflict, 'theirs')).status).toBe(200)
    await there(id, 'viewed')
    await upstream.call('PATCH', `/leads/${id}`, { body: { notes: 'Something else' } })
    await desk.call('PATCH', `/leads/${here}`, { body: { notes: 'Something else' } })
    await desk.run()
    await quiet()
    expect(await openOf(here)).toEqual([])
    expect(await desk.lead(here)).toMatchObject({ status: 'JOB_WON' })
    await there(id, 'status', { status: 'CONTACT_MADE' })
    await desk.run()
    expect(await openOf(here)).toMatchObject([{ field: 'status', theirs: { status: 'CONTACT_MADE' } }])
  })

  it('keeps reports from moving while the answer is in dispute', async () => {
    const { here, there: id } = await linked(false)
    await there(id, 'accept')
    await there(id, 'status', { status: 'QUOTE_SENT' })
    expect((await desk.call('POST', `/leads/${here}/decline`, { body: { reason: 'Too far' } })).status).toBe(200)
    await desk.run()
    await quiet()
    expect(await openOf(here)).toMatchObject([
      { field: 'action', kind: 'both-changed', ours: { action: 'DECLINED' }, theirs: { action: 'ACCEPTED' } },
    ])
    expect(await desk.lead(here)).toMatchObject({ action: 'DECLINED', status: 'NO_RESPONSE' })
  })
})
