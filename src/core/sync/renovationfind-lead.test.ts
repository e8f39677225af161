import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../lead/decision.ts'
import type { Lead } from '../lead/lead.ts'
import { offerLead } from '../lead/new-lead.ts'
import { reportStatus } from '../lead/report-status.ts'
import { checkStatusReport, EMPTY_DETAILS } from '../lead/status-report.ts'
import { REPORT_STATUSES, STATUS_RULES } from '../lead/status-rules.ts'
import { judge, type Sides } from './merge.ts'
import { createLinked, mergeLinked, takeAnswer } from './renovationfind-lead.ts'
import { RENOVATIONFIND_SHAPE } from './renovationfind-shape.ts'
import { answerValue, NOTHING_REPORTED, reportOf, reportValue } from './renovationfind-values.ts'
import { type SyncFields, type SyncValue, sameValue } from './shape.ts'

const NOW = '2026-03-01T09:00:00.000Z'
const LATER = '2026-03-02T09:00:00.000Z'
const ORIGIN = { companyId: 101, source: 'renovationfind', sourceReference: '7' } as const
const ACCEPTED = answerValue({ action: 'ACCEPTED', declineReason: null })
const OFFERED = answerValue({ action: 'NONE', declineReason: null })
const DECLINED = answerValue({ action: 'DECLINED', declineReason: 'Too far' })
const DETAILS = { displayName: 'Ann Lee', email: 'ann@example.com', category: 'Roof' }

const wireReports = fc
  .record({
    status: fc.constantFrom(...REPORT_STATUSES),
    reason: fc.option(fc.constantFrom('Moved', 'Too dear')),
    meetingDate: fc.option(fc.constantFrom('2026-05-04')),
    jobAmount: fc.option(fc.constantFrom(0.01, 40000, 999999999999.99)),
    contactMethod: fc.option(fc.constantFrom('TEXT')),
    estimateType: fc.option(fc.constantFrom('OTHER')),
    lostReason: fc.option(fc.constantFrom('PRICE', 'OTHER')),
    startDate: fc.option(fc.constantFrom('2026-05-04')),
    startDateTbd: fc.option(fc.boolean()),
    completionDateTbd: fc.option(fc.boolean()),
  })
  .map((input) => {
    const own: Record<string, unknown> = {}
    const rule = STATUS_RULES[input.status]
    const allowed = [...rule.required, ...rule.optional, ...rule.eitherOr.flat()]
    for (const [name, value] of Object.entries(input)) {
      if (name === 'status' || allowed.some((field) => field === name)) own[name] = value
    }
    return checkStatusReport(own)
  })
  .filter((report) => report.ok)
  .map((report) => (report.ok ? report.value : { ...EMPTY_DETAILS, status: 'OTHER' as const }))

function leadOf(decision: Decision): Lead {
  if (decision.kind === 'refused') throw new Error(decision.refusal.text)
  return decision.lead
}

function linked(action: SyncValue, status: SyncValue = NOTHING_REPORTED) {
  return { fields: { action, status }, details: action === OFFERED ? { category: 'Roof' } : DETAILS }
}

function sides(base: SyncFields, ours: SyncFields, more: Partial<Sides> = {}): Sides {
  const none = { rules: {}, oursAt: () => null, theirsAt: null, refused: {}, differs: {}, isTold: false }
  return { base, ours, theirs: base, ...none, ...more }
}

describe('values', () => {
  it('say all of a report, and nothing that is not of it', () => {
    fc.assert(
      fc.property(wireReports, wireReports, (first, report) => {
        const start = leadOf(createLinked(ORIGIN, linked(ACCEPTED))(7, NOW))
        const before = leadOf(reportStatus(first)(start, NOW))
        if (STATUS_RULES[before.status].final) return
        const lead = leadOf(reportStatus(report)(before, LATER))
        const value = RENOVATIONFIND_SHAPE.project(lead)['status']
        expect(value).toEqual(reportValue(report))
        expect(reportOf(value)).toEqual(report)
        expect(sameValue(value, JSON.parse(JSON.stringify(value)) as SyncValue)).toBe(true)
      }),
    )
  })

  it('say nothing before the first report', () => {
    expect(reportOf(NOTHING_REPORTED)).toBeNull()
    expect(reportOf('JOB_WON')).toBeNull()
    expect(reportOf(undefined)).toBeNull()
  })
})

describe('createLinked', () => {
  it('makes a lead that is as the answer shows it, and owes nothing to the upstream', () => {
    fc.assert(
      fc.property(wireReports, (report) => {
        const seen = linked(ACCEPTED, reportValue(report))
        const decision = createLinked(ORIGIN, seen)(7, NOW)
        expect(decision).toMatchObject({ kind: 'change', event: 'lead.created' })
        const lead = leadOf(decision)
        expect(lead).toMatchObject({ action: 'ACCEPTED', ...DETAILS, ...ORIGIN, status: report.status })
        const verdicts = judge(RENOVATIONFIND_SHAPE, sides(seen.fields, RENOVATIONFIND_SHAPE.project(lead)))
        expect(verdicts).toEqual({ action: 'same', status: 'same' })
      }),
    )
  })

  it('makes an offer of one that is not answered there, and a declined one of a declined', () => {
    const offered = createLinked(ORIGIN, linked(OFFERED))(7, NOW)
    expect(offered).toMatchObject({ kind: 'change', event: 'lead.offered', lead: { action: 'NONE', category: 'Roof' } })
    const declined = createLinked(ORIGIN, linked(DECLINED))(7, NOW)
    expect(declined).toMatchObject({ lead: { action: 'DECLINED', declineReason: 'Too far' } })
  })

  it('names somebody of whom the answer says nothing', () => {
    const decision = createLinked(ORIGIN, { fields: linked(ACCEPTED).fields, details: {} })(7, NOW)
    expect(leadOf(decision).displayName).toBe('RenovationFind lead 7')
  })
})

describe('mergeLinked', () => {
  const offer = leadOf(offerLead(ORIGIN, { category: 'Kitchen', firstName: 'Ann' }, null)(7, NOW))

  it('accepts, and fills in what is empty and no more', () => {
    const merged = mergeLinked(linked(ACCEPTED))(offer, LATER)
    const { email } = DETAILS
    expect(merged).toMatchObject({ kind: 'change', event: 'lead.accepted' })
    expect(leadOf(merged)).toMatchObject({ action: 'ACCEPTED', category: 'Kitchen', displayName: 'Ann', email })
    expect(mergeLinked(linked(ACCEPTED))(leadOf(merged), LATER).kind).toBe('unchanged')
  })

  it('takes a report where nothing was reported here, and leaves ours where something was', () => {
    const won = reportValue({ ...EMPTY_DETAILS, status: 'JOB_WON', jobAmount: '5.00' })
    const taken = leadOf(mergeLinked(linked(ACCEPTED, won))(offer, LATER))
    expect(taken).toMatchObject({ status: 'JOB_WON', jobAmount: '5.00', value: '5.00' })
    const accepted = leadOf(mergeLinked(linked(ACCEPTED))(offer, LATER))
    const quoted = leadOf(reportStatus({ ...EMPTY_DETAILS, status: 'QUOTE_SENT' })(accepted, LATER))
    expect(mergeLinked(linked(ACCEPTED, won))(quoted, LATER).kind).toBe('unchanged')
  })

  it('declines an open offer, and undoes no answer of ours', () => {
    const declined = leadOf(mergeLinked(linked(DECLINED))(offer, LATER))
    expect(declined).toMatchObject({ action: 'DECLINED', declineReason: 'Too far' })
    expect(mergeLinked(linked(ACCEPTED))(declined, LATER)).toMatchObject({ kind: 'refused' })
    const accepted = leadOf(mergeLinked(linked(ACCEPTED))(offer, LATER))
    expect(mergeLinked(linked(DECLINED))(accepted, LATER).kind).toBe('unchanged')
  })
})

describe('takeAnswer', () => {
  const start = leadOf(createLinked(ORIGIN, linked(ACCEPTED))(7, NOW))

  it('goes to any value that a lead can have had, unless ours is won', () => {
    fc.assert(
      fc.property(wireReports, fc.option(wireReports), (ours, wanted) => {
        const lead = leadOf(reportStatus(ours)(start, NOW))
        const value = wanted === null ? NOTHING_REPORTED : reportValue(wanted)
        const after = leadOf(takeAnswer('status', value)(lead, LATER))
        const expected = STATUS_RULES[ours.status].final ? reportValue(ours) : value
        expect(RENOVATIONFIND_SHAPE.project(after)['status']).toEqual(expected)
      }),
    )
  })

  it('leaves the answer to the offer, and what it knows no value for', () => {
    expect(takeAnswer('action', OFFERED)(start, LATER).kind).toBe('unchanged')
    expect(takeAnswer('status', null)(start, LATER).kind).toBe('unchanged')
    expect(takeAnswer('status', NOTHING_REPORTED)(start, LATER).kind).toBe('unchanged')
  })
})

describe('verdicts', () => {
  const base = { action: OFFERED, status: NOTHING_REPORTED }
  const quoted = reportValue({ ...EMPTY_DETAILS, status: 'QUOTE_SENT' })
  const ours = { action: ACCEPTED, status: quoted }

  it('send the answer and the report', () => {
    expect(judge(RENOVATIONFIND_SHAPE, sides(base, ours))).toEqual({ action: 'push', status: 'push' })
  })

  it('hold a refused value, and the report as long as the answer is not settled', () => {
    const refused = { action: { ours: ACCEPTED, theirs: OFFERED } }
    const verdicts = judge(RENOVATIONFIND_SHAPE, sides(base, ours, { refused }))
    expect(verdicts).toEqual({ action: 'held', status: 'unsaid' })
  })

  it('leave alone what stands there while we have nothing to say', () => {
    const theirs = { action: DECLINED, status: quoted }
    expect(judge(RENOVATIONFIND_SHAPE, sides(base, base, { theirs }))).toEqual({ action: 'unsaid', status: 'unsaid' })
  })
})
