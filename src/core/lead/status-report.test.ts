import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyBody, type Body, CORE_NAMES, goodBody } from '../../../test/support/status-bodies.ts'
import { oracleAccepts } from '../../../test/support/status-oracle.ts'
import type { Result } from '../../lib/result.ts'
import { type Refusal, refusal } from '../errors.ts'
import { checkStatusReport, type StatusReport } from './status-report.ts'

/** The check behind the names of RenovationFind, whose face refuses unknown names before the core sees them. */
function check(body: Body): Result<StatusReport, Refusal> {
  const input: Body = {}
  for (const [name, value] of Object.entries(body)) {
    const coreName = Object.hasOwn(CORE_NAMES, name) ? CORE_NAMES[name] : undefined
    if (coreName === undefined)
      return { ok: false, fault: refusal('field.unknown', `{${name}} is unknown.`, { field: name }) }
    input[coreName] = value
  }
  return checkStatusReport(input)
}

const RUNS = 8000
const CORE_FIELDS = Object.values(CORE_NAMES)

describe('checkStatusReport against the independent oracle', () => {
  it('accepts and refuses exactly what the prose of the documentation does', () => {
    let accepted = 0
    fc.assert(
      fc.property(anyBody, (body) => {
        const result = check(body)
        expect(result.ok).toBe(oracleAccepts(body))
        if (result.ok) accepted += 1
      }),
      { numRuns: RUNS },
    )
    // The comparison is worth little if nearly all bodies fall on one side.
    expect(accepted).toBeGreaterThan(RUNS / 5)
    expect(accepted).toBeLessThan((RUNS * 4) / 5)
  })

  it('names the field at fault and marks it in the text', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const result = check(body)
        if (result.ok || result.fault.code === 'field.unknown') return
        const { code, field = '(none)', text } = result.fault
        expect(CORE_FIELDS).toContain(field)
        expect(text).toContain(`{${field}}`)
        const wireName = Object.keys(CORE_NAMES).find((name) => CORE_NAMES[name] === field) ?? ''
        const value = body[wireName]
        const blank = typeof value === 'string' && value.trim() === '' && field === 'reason'
        expect(code === 'field.required').toBe(value === undefined || value === null || blank)
      }),
      { numRuns: 3000 },
    )
  })

  it('accepts what a careful client sends, unless completion comes before start', () => {
    fc.assert(
      fc.property(goodBody, (body) => {
        const [start, completion] = [body['estimatedProjectStartDate'], body['estimatedCompletionDate']]
        const inOrder = typeof start !== 'string' || typeof completion !== 'string' || start <= completion
        expect(check(body).ok).toBe(inOrder)
      }),
      { numRuns: 1000 },
    )
  })

  it('takes over each value unchanged, the reason trimmed, the amount as exact money, and null for the rest', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const result = check(body)
        if (!result.ok) return
        const report = result.value
        const taken = (name: string) => body[name] ?? null
        const reason = body['reason']
        expect(report.status).toBe(body['status'])
        expect(report.reason).toBe(typeof reason === 'string' && reason.trim() !== '' ? reason.trim() : null)
        expect(report.meetingDate).toBe(taken('meetingScheduledDate'))
        expect(report.contactMethod).toBe(taken('contactMethod'))
        expect(report.estimateType).toBe(taken('estimateType'))
        expect(report.lostReason).toBe(taken('lostReason'))
        expect(report.startDate).toBe(taken('estimatedProjectStartDate'))
        expect(report.completionDate).toBe(taken('estimatedCompletionDate'))
        const unsaid = report.status === 'LEAD_WON' ? false : null
        expect(report.startDateTbd).toBe(body['startDateTbd'] ?? unsaid)
        expect(report.completionDateTbd).toBe(body['completionDateTbd'] ?? unsaid)
        expect(report.jobAmount === null ? null : Number(report.jobAmount)).toBe(taken('jobAmount'))
        expect(report.jobAmount ?? '0.00').toMatch(/^\d+\.\d{2}$/)
        expect(Object.keys(report).sort()).toEqual([...CORE_FIELDS].sort())
      }),
      { numRuns: 3000 },
    )
  })
})

const won = { status: 'LEAD_WON', jobAmount: 45000, startDateTbd: true, completionDateTbd: true }
const dated = {
  status: 'LEAD_WON',
  jobAmount: 45000,
  estimatedProjectStartDate: '2026-05-01',
  estimatedCompletionDate: '2026-06-30',
}
const meetup = (meetingScheduledDate: unknown) => ({ status: 'MEETUP_SCHEDULED', meetingScheduledDate })
const jobWon = (jobAmount: unknown) => ({ status: 'JOB_WON', jobAmount })
const lost = (reason: unknown) => ({ status: 'JOB_LOST', reason })

const ACCEPTED: readonly (readonly [rule: string, body: Body])[] = [
  ['HOMEOWNER_CONTACTED needs nothing', { status: 'HOMEOWNER_CONTACTED' }],
  ['QUOTE_SENT needs nothing', { status: 'QUOTE_SENT' }],
  ['JOB_PENDING_DECISION needs nothing', { status: 'JOB_PENDING_DECISION' }],
  ['NO_RESPONSE_FROM_HOMEOWNER needs nothing', { status: 'NO_RESPONSE_FROM_HOMEOWNER' }],
  ['REACHED_OUT_TO_HOMEOWNER needs nothing', { status: 'REACHED_OUT_TO_HOMEOWNER' }],
  ['MULTIPLE_ATTEMPTS_NO_RESPONSE needs nothing', { status: 'MULTIPLE_ATTEMPTS_NO_RESPONSE' }],
  ['CONTACT_MADE needs nothing', { status: 'CONTACT_MADE' }],
  ['ESTIMATE_PROVIDED needs nothing', { status: 'ESTIMATE_PROVIDED' }],
  ['a reason is optional with other statuses', { status: 'QUOTE_SENT', reason: 'By e-mail' }],
  ['a reason is optional with a won job', { ...jobWon(1), reason: 'Signed' }],
  ['a reason is optional with a won lead', { ...won, reason: 'Signed' }],
  ['a blank optional reason counts as not given', { status: 'QUOTE_SENT', reason: '   ' }],
  ['a contact method with REACHED_OUT_TO_HOMEOWNER', { status: 'REACHED_OUT_TO_HOMEOWNER', contactMethod: 'TEXT' }],
  ['a contact method with CONTACT_MADE', { status: 'CONTACT_MADE', contactMethod: 'IN_PERSON_MEETING' }],
  ['an estimate type with ESTIMATE_PROVIDED', { status: 'ESTIMATE_PROVIDED', estimateType: 'OTHER' }],
  ['a meeting date', meetup('2026-03-15')],
  ['a meeting date long past', meetup('1900-01-01')],
  ['a meeting on a leap day', meetup('2024-02-29')],
  ['a meeting on the last day', meetup('9999-12-31')],
  ['the smallest amount', jobWon(0.01)],
  ['the largest amount', jobWon(999999999999.99)],
  ['an amount with a binary remainder', jobWon(1.1)],
  ['JOB_LOST with a reason', lost('Too dear')],
  ['JOB_POSTPONED_OR_CANCELLED with a reason', { status: 'JOB_POSTPONED_OR_CANCELLED', reason: 'Next year' }],
  ['OTHER with a reason', { status: 'OTHER', reason: 'Wrong trade' }],
  ['a reason of 500 characters', lost('x'.repeat(500))],
  ['a reason of 500 characters after trimming', lost(` ${'x'.repeat(500)}\n`)],
  ['a reason of 500 astral characters', lost('😀'.repeat(500))],
  ['LEAD_LOST for PRICE without a reason', { status: 'LEAD_LOST', lostReason: 'PRICE' }],
  ['LEAD_LOST for TIMING with a reason', { status: 'LEAD_LOST', lostReason: 'TIMING', reason: 'In spring' }],
  ['LEAD_LOST for OTHER with a reason', { status: 'LEAD_LOST', lostReason: 'OTHER', reason: 'Moved away' }],
  ['LEAD_WON with both flags', won],
  ['LEAD_WON with both dates', dated],
  ['LEAD_WON with a date and a flag', { ...won, startDateTbd: null, estimatedProjectStartDate: '2026-05-01' }],
  ['completion on the day of the start', { ...dated, estimatedCompletionDate: '2026-05-01' }],
  ['a date with its flag false', { ...dated, startDateTbd: false, completionDateTbd: false }],
  ['null for every field of another status', { ...lost('Too dear'), jobAmount: null, lostReason: null }],
]

const REFUSED: readonly (readonly [rule: string, field: string, body: Body])[] = [
  ['no status', 'status', {}],
  ['status null', 'status', { status: null }],
  ['status of another type', 'status', { status: 5 }],
  ['status in a list', 'status', { status: ['QUOTE_SENT'] }],
  ['status blank', 'status', { status: '' }],
  ['an unknown status', 'status', { status: 'SOLD' }],
  ['a status in the wrong case', 'status', { status: 'quote_sent' }],
  ['a status with a blank around it', 'status', { status: ' QUOTE_SENT' }],
  ['a status that every object inherits', 'status', { status: 'constructor' }],
  ['the first status as input', 'status', { status: 'NO_RESPONSE' }],
  ['MEETUP_SCHEDULED without its date', 'meetingDate', { status: 'MEETUP_SCHEDULED' }],
  ['MEETUP_SCHEDULED with its date null', 'meetingDate', meetup(null)],
  ['a day that does not exist', 'meetingDate', meetup('2026-02-30')],
  ['29 February of a common year', 'meetingDate', meetup('2026-02-29')],
  ['a date-time where a date is due', 'meetingDate', meetup('2026-03-15T00:00:00Z')],
  ['a date of the manager API', 'meetingDate', meetup('15/03/2026')],
  ['a date blank', 'meetingDate', meetup('')],
  ['a date as number', 'meetingDate', meetup(20260315)],
  ['a year before 1900', 'meetingDate', meetup('1899-12-31')],
  ['JOB_WON without an amount', 'jobAmount', { status: 'JOB_WON' }],
  ['JOB_WON with its amount null', 'jobAmount', jobWon(null)],
  ['an amount of 0', 'jobAmount', jobWon(0)],
  ['an amount of -0', 'jobAmount', jobWon(-0)],
  ['a negative amount', 'jobAmount', jobWon(-0.01)],
  ['an amount of 10^12', 'jobAmount', jobWon(1e12)],
  ['an amount far too large', 'jobAmount', jobWon(1e21)],
  ['an amount beyond every double', 'jobAmount', jobWon(Number.POSITIVE_INFINITY)],
  ['an amount with three decimals', 'jobAmount', jobWon(100.001)],
  ['an amount with a tiny fraction', 'jobAmount', jobWon(1e-7)],
  ['an amount as text', 'jobAmount', jobWon('40000')],
  ['an amount as flag', 'jobAmount', jobWon(true)],
  ['JOB_LOST without a reason', 'reason', { status: 'JOB_LOST' }],
  ['JOB_LOST with a reason null', 'reason', lost(null)],
  ['JOB_LOST with a blank reason', 'reason', lost(' \t\n\u00a0')],
  ['JOB_POSTPONED_OR_CANCELLED without a reason', 'reason', { status: 'JOB_POSTPONED_OR_CANCELLED' }],
  ['OTHER without a reason', 'reason', { status: 'OTHER' }],
  ['a reason of 501 characters', 'reason', lost('x'.repeat(501))],
  ['a reason of 501 astral characters', 'reason', lost('😀'.repeat(501))],
  ['an optional reason of 501 characters', 'reason', { status: 'QUOTE_SENT', reason: 'x'.repeat(501) }],
  ['a reason as number', 'reason', lost(5)],
  ['an optional reason of another type', 'reason', { status: 'QUOTE_SENT', reason: false }],
  ['a reason with a NUL character', 'reason', lost('a\u0000b')],
  ['a reason with half of a surrogate pair', 'reason', lost('a\ud83d')],
  ['LEAD_LOST without a lost reason', 'lostReason', { status: 'LEAD_LOST', reason: 'Too dear' }],
  ['LEAD_LOST for an unknown lost reason', 'lostReason', { status: 'LEAD_LOST', lostReason: 'MONEY' }],
  ['LEAD_LOST for OTHER without a reason', 'reason', { status: 'LEAD_LOST', lostReason: 'OTHER' }],
  ['LEAD_LOST for OTHER with a blank reason', 'reason', { status: 'LEAD_LOST', lostReason: 'OTHER', reason: ' ' }],
  ['an unknown contact method', 'contactMethod', { status: 'CONTACT_MADE', contactMethod: 'SMS' }],
  ['an estimate type in the wrong case', 'estimateType', { status: 'ESTIMATE_PROVIDED', estimateType: 'other' }],
  ['LEAD_WON without an amount', 'jobAmount', { ...won, jobAmount: null }],
  ['LEAD_WON with neither start date nor flag', 'startDate', { ...won, startDateTbd: null }],
  ['LEAD_WON with neither completion date nor flag', 'completionDate', { ...won, completionDateTbd: null }],
  ['LEAD_WON with a false flag and no date', 'startDate', { ...won, startDateTbd: false }],
  ['both a start date and its flag', 'startDateTbd', { ...dated, startDateTbd: true }],
  ['both a completion date and its flag', 'completionDateTbd', { ...dated, completionDateTbd: true }],
  ['a flag as text', 'startDateTbd', { ...won, startDateTbd: 'true' }],
  ['a flag as number', 'completionDateTbd', { ...won, completionDateTbd: 1 }],
  ['completion before start', 'completionDate', { ...dated, estimatedCompletionDate: '2026-04-30' }],
  ['an amount with a lost job', 'jobAmount', { ...lost('Too dear'), jobAmount: 5 }],
  ['a lost reason with JOB_LOST', 'lostReason', { ...lost('Too dear'), lostReason: 'PRICE' }],
  ['a meeting date with JOB_WON', 'meetingDate', { ...jobWon(5), meetingScheduledDate: '2026-03-15' }],
  ['a contact method with an estimate', 'contactMethod', { status: 'ESTIMATE_PROVIDED', contactMethod: 'EMAIL' }],
  ['an estimate type with a quote', 'estimateType', { status: 'QUOTE_SENT', estimateType: 'OTHER' }],
  ['a start date with JOB_WON', 'startDate', { ...jobWon(5), estimatedProjectStartDate: '2026-05-01' }],
  ['a flag with JOB_WON', 'completionDateTbd', { ...jobWon(5), completionDateTbd: true }],
  ['a false flag with a status that has no flags', 'startDateTbd', { status: 'QUOTE_SENT', startDateTbd: false }],
  ['an extra field', 'note', { status: 'QUOTE_SENT', note: 'x' }],
  ['the name that answers use', 'meetupScheduledDate', { ...meetup('2026-03-15'), meetupScheduledDate: '2026-03-15' }],
]

describe('each rule at its edges', () => {
  it.each(ACCEPTED)('accepts %s', (_, body) => {
    expect(check(body)).toMatchObject({ ok: true })
    expect(oracleAccepts(body)).toBe(true)
  })

  it.each(REFUSED)('refuses %s, naming %s', (_, field, body) => {
    expect(check(body)).toMatchObject({
      ok: false,
      fault: { field, text: expect.stringContaining(`{${field}}`) as string },
    })
    expect(oracleAccepts(body)).toBe(false)
  })
})
