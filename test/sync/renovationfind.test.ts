import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REPORT_STATUSES, type ReportStatus } from '../../src/core/lead/status-rules.ts'
import { type Desk, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'

let upstream: Upstream
let desk: Desk

beforeAll(async () => {
  upstream = await openUpstream()
  const { baseUrl, token } = upstream
  desk = await openDesk({ kind: 'renovationfind', baseUrl, credentials: { token } })
})
afterAll(async () => {
  await desk.close()
  await upstream.close()
})

const BODIES: { readonly [S in ReportStatus]: Record<string, unknown> } = {
  HOMEOWNER_CONTACTED: { reason: 'Called' },
  MEETUP_SCHEDULED: { meetingDate: '2026-05-04' },
  QUOTE_SENT: {},
  JOB_PENDING_DECISION: {},
  JOB_WON: { jobAmount: '40000.50' },
  JOB_LOST: { reason: 'Zu teuer' },
  JOB_POSTPONED_OR_CANCELLED: { reason: 'Next year' },
  NO_RESPONSE_FROM_HOMEOWNER: {},
  OTHER: { reason: 'On holiday' },
  REACHED_OUT_TO_HOMEOWNER: { contactMethod: 'TEXT' },
  MULTIPLE_ATTEMPTS_NO_RESPONSE: {},
  CONTACT_MADE: { contactMethod: 'PHONE_CALL', reason: 'Likes oak' },
  ESTIMATE_PROVIDED: { estimateType: 'PORTAL_ATTACHMENT_ESTIMATE' },
  LEAD_WON: { jobAmount: '5.00', startDate: '2026-06-01', completionDateTbd: true },
  LEAD_LOST: { lostReason: 'OTHER', reason: 'Moved away' },
}

describe('linking', () => {
  it('accepts a lead by its id there and brings it in from the answer', async () => {
    const there = await upstream.offer()
    const here = await desk.link(there)
    expect(await desk.lead(here)).toMatchObject({
      source: 'renovationfind',
      sourceReference: there,
      action: 'ACCEPTED',
      status: 'NO_RESPONSE',
      displayName: 'Jordan Miller',
      email: 'jordan@example.com',
      category: 'Kitchen',
    })
    expect(await upstream.lead(there)).toMatchObject({ action: 'ACCEPTED' })
    expect(await desk.link(there)).toBe(here)
    expect(await desk.openConflicts()).toEqual([])
  })

  it('makes one lead of two requests at once', async () => {
    const there = await upstream.offer()
    const [first, second] = await Promise.all([desk.link(there), desk.link(there)])
    expect(first).toBe(second)
  })

  it('links without accepting where the upstream shows its leads; accepting here accepts there', async () => {
    const there = await upstream.offer()
    const here = await desk.link(there, false)
    expect(await desk.lead(here)).toMatchObject({ action: 'NONE', email: null, category: 'Kitchen' })
    expect(await upstream.lead(there)).toMatchObject({ action: 'NONE' })
    expect((await desk.call('POST', `/leads/${here}/accept`)).status).toBe(200)
    await eventually(
      () => upstream.lead(there),
      (lead) => lead['action'] === 'ACCEPTED',
    )
    const known = await eventually(
      () => desk.lead(here),
      (lead) => lead['email'] !== null,
    )
    expect(known).toMatchObject({ displayName: 'Jordan Miller', email: 'jordan@example.com' })
  })

  it('merges into the lead that came under that id by another door', async () => {
    const there = await upstream.offer()
    const offered = await desk.offer(there, { displayName: 'J. Miller', category: 'Bath', email: null })
    expect(await desk.link(there)).toBe(offered)
    const lead = await desk.lead(offered)
    expect(lead).toMatchObject({
      action: 'ACCEPTED',
      displayName: 'J. Miller',
      category: 'Bath',
      email: 'jordan@example.com',
    })
  })

  it('refuses what is not there, and makes nothing of it', async () => {
    const leads = async () => (await desk.server.db.query({ text: 'SELECT id FROM lead', values: [] })).length
    const before = await leads()
    const path = `/connections/${desk.connectionId}/leads`
    const missing = await desk.call('POST', path, { body: { upstreamId: '999999999', accept: true } })
    expect(missing).toMatchObject({ status: 409, body: { code: 'upstream.refused' } })
    expect(await leads()).toBe(before)
  })
})

describe('what is sent', () => {
  it('declines', async () => {
    const there = await upstream.offer()
    const here = await desk.link(there, false)
    const body = { reason: 'Outside our service area' }
    expect((await desk.call('POST', `/leads/${here}/decline`, { body })).status).toBe(200)
    const seen = await eventually(
      () => upstream.lead(there),
      (lead) => lead['action'] === 'DECLINED',
    )
    expect(seen).toMatchObject({ declineReason: body.reason })
  })

  it('reports every status with all that belongs to it, once, and nothing echoes', async () => {
    const pairs = new Map<ReportStatus, { here: number; there: string }>()
    for (const status of REPORT_STATUSES) {
      const there = await upstream.offer()
      pairs.set(status, { there, here: await desk.link(there) })
    }
    for (const [status, { here }] of pairs) await desk.report(here, { status, ...BODIES[status] })
    for (const [status, { there }] of pairs) {
      const seen = await eventually(
        () => upstream.lead(there),
        (lead) => lead['status'] === status,
      )
      expect(seen).toMatchObject(BODIES[status])
    }
    await desk.run()
    for (const { here, there } of pairs.values()) {
      // Offered, accepted, reported; and here created and reported.
      expect((await upstream.lead(there))['revision']).toBe(3)
      expect((await desk.lead(here))['revision']).toBe(2)
    }
    expect(await desk.openConflicts()).toEqual([])
    expect(await desk.connection()).toMatchObject({ lastError: null, openConflicts: 0 })
  })

  it('sends the last of several reports, in order, and nothing of what only we keep', async () => {
    const there = await upstream.offer()
    const here = await desk.link(there)
    for (const status of ['HOMEOWNER_CONTACTED', 'CONTACT_MADE', 'QUOTE_SENT']) await desk.report(here, { status })
    await desk.call('PATCH', `/leads/${here}`, { body: { notes: 'Ours alone', city: 'Calgary' } })
    await eventually(
      () => upstream.lead(there),
      (lead) => lead['status'] === 'QUOTE_SENT',
    )
    await desk.run()
    expect(await upstream.lead(there)).toMatchObject({ notes: null, city: null, status: 'QUOTE_SENT' })
  })
})
