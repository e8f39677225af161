import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../lead/decision.ts'
import { DEFAULT_FOLLOW_UPS } from '../lead/follow-ups.ts'
import type { Lead } from '../lead/lead.ts'
import { offerLead } from '../lead/new-lead.ts'
import { EMPTY_DETAILS } from '../lead/status-report.ts'
import { STATUS_RULES } from '../lead/status-rules.ts'
import { judge, type Sides } from './merge.ts'
import { RENOVATIONFIND_SHAPE as SHAPE } from './renovationfind-shape.ts'
import { answerValue, NOTHING_REPORTED, reportValue } from './renovationfind-values.ts'
import { type Details, type SyncFields, sameValue } from './shape.ts'

const NOW = '2026-03-01T12:00:00.000Z'
const ORIGIN = { companyId: 1, source: 'renovationfind', sourceReference: '7' } as const
const DETAILS = { displayName: 'Ann Lee', email: 'ann@example.com' }

const NONE = answerValue({ action: 'NONE', declineReason: null })
const ACCEPTED = answerValue({ action: 'ACCEPTED', declineReason: null })
const DECLINED = answerValue({ action: 'DECLINED', declineReason: 'Too far' })
const QUOTED = reportValue({ ...EMPTY_DETAILS, status: 'QUOTE_SENT', reason: 'By mail' })
const MEETING = reportValue({ ...EMPTY_DETAILS, status: 'MEETUP_SCHEDULED', meetingDate: '2026-05-04' })
const LOST = reportValue({ ...EMPTY_DETAILS, status: 'LEAD_LOST', lostReason: 'PRICE' })
const WON = reportValue({ ...EMPTY_DETAILS, status: 'JOB_WON', jobAmount: '5.00' })
const ODD = { status: 'SOMETHING_NEW' }

const OFFER = leadOf(offerLead(ORIGIN, { category: 'Roof' }, null, DEFAULT_FOLLOW_UPS)(7, NOW))

function leadOf(decision: Decision): Lead {
  if (decision.kind === 'refused') throw new Error(decision.refusal.text)
  return decision.lead
}

function take(lead: Lead, fields: SyncFields, details: Details = {}): Decision {
  return SHAPE.take(fields, { times: DEFAULT_FOLLOW_UPS, details })(lead, NOW)
}

const answers = fc.constantFrom(NONE, ACCEPTED, DECLINED)
const reports = fc.constantFrom(NOTHING_REPORTED, QUOTED, MEETING, LOST, WON)

/** A lead that came to be by what was told. */
const leads = fc.array(fc.record({ action: answers, status: reports }), { maxLength: 4 }).map((told) =>
  told.reduce<Lead>((lead, fields) => {
    const decision = take(lead, fields)
    return decision.kind === 'refused' ? lead : decision.lead
  }, OFFER),
)

describe('taking what was told', () => {
  it('shows it afterwards, or is refused with the field at fault and changes nothing', () => {
    fc.assert(
      fc.property(leads, answers, reports, (lead, action, status) => {
        const decision = take(lead, { action, status })
        if (decision.kind === 'refused') expect(['action', 'status']).toContain(decision.refusal.field)
        else expect(SHAPE.project(decision.lead)).toEqual({ action, status })
      }),
    )
  })

  it('never undoes an answer or a win', () => {
    fc.assert(
      fc.property(leads, answers, reports, (lead, action, status) => {
        const { lead: after } = { lead, ...take(lead, { action, status }) }
        if (lead.action !== 'NONE') expect(after.action).toBe(lead.action)
        if (STATUS_RULES[lead.status].final) expect(after.status).toBe(lead.status)
      }),
    )
  })

  it('brings the customer with an acceptance, and over nothing that is here', () => {
    const named = { ...OFFER, displayName: 'A. Lee' }
    expect(take(OFFER, { action: ACCEPTED }, DETAILS)).toMatchObject({ event: 'lead.accepted', lead: DETAILS })
    expect(leadOf(take(named, { action: ACCEPTED }, DETAILS))).toMatchObject({ ...DETAILS, displayName: 'A. Lee' })
    const accepted = leadOf(take(OFFER, { action: ACCEPTED }))
    expect(take(accepted, { action: ACCEPTED }, DETAILS)).toMatchObject({ event: 'lead.updated', lead: DETAILS })
    expect(take(accepted, { action: ACCEPTED }).kind).toBe('unchanged')
  })

  it('refuses what is no report of ours', () => {
    const accepted = leadOf(take(OFFER, { action: ACCEPTED }))
    expect(take(accepted, { status: ODD })).toMatchObject({ kind: 'refused', refusal: { field: 'status' } })
    expect(take(OFFER, { status: QUOTED })).toMatchObject({ refusal: { code: 'lead.not-accepted', field: 'status' } })
  })
})

describe('verdicts of a service that tells its changes', () => {
  function judged(base: SyncFields, ours: SyncFields, theirs: SyncFields): object {
    const none = { rules: {}, oursAt: () => null, theirsAt: null, refused: {}, differs: {}, isTold: true }
    return judge(SHAPE, { base, ours, theirs, ...none } satisfies Sides)
  }
  const offered = { action: NONE, status: NOTHING_REPORTED }

  it('take both at once, and send both at once', () => {
    const told = { action: ACCEPTED, status: QUOTED }
    expect(judged(offered, offered, told)).toEqual({ action: 'take', status: 'take' })
    expect(judged(offered, told, offered)).toEqual({ action: 'push', status: 'push' })
    // The customer of an acceptance that both made is taken.
    expect(judged(offered, told, told)).toEqual({ action: 'take', status: 'same' })
    expect(judged(told, told, told)).toEqual({ action: 'same', status: 'same' })
  })

  it('move no report while the answer is in dispute, or will be refused', () => {
    const declined = { action: DECLINED, status: NOTHING_REPORTED }
    const reported = { action: ACCEPTED, status: QUOTED }
    expect(judged(offered, declined, reported)).toEqual({ action: 'conflict', status: 'unsaid' })
    expect(judged(offered, reported, declined)).toEqual({ action: 'conflict', status: 'unsaid' })
    expect(judged(reported, reported, offered)).toEqual({ action: 'take', status: 'unsaid' })
  })

  it('bring both to one value or to a true conflict', () => {
    fc.assert(
      fc.property(reports, reports, reports, (base, ours, theirs) => {
        const side = (status: typeof base) => ({ action: ACCEPTED, status })
        const { status } = judged(side(base), side(ours), side(theirs)) as { status: string }
        const isTrue = ![base, theirs].some((value) => sameValue(value, ours)) && !sameValue(theirs, base)
        expect(status === 'conflict').toBe(isTrue)
      }),
    )
  })
})
