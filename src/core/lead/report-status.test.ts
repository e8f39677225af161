import { describe, expect, it } from 'vitest'
import {
  changed,
  makeLeadWon,
  makeOfferedLead,
  makeOwnLead,
  makeReport,
  refusalCode,
  T0,
  T1,
} from '../../../test/support/lead-fixtures.ts'
import { declineLead } from './answer-offer.ts'
import { DEFAULT_FOLLOW_UPS as times } from './follow-ups.ts'
import { reportStatus, withReopening } from './report-status.ts'

const own = makeOwnLead()
const quote = makeReport({ status: 'QUOTE_SENT' })
const jobWon = makeReport({ status: 'JOB_WON', jobAmount: '40000.00', reason: 'Signed' })

describe('reportStatus', () => {
  it('takes the report as the progress part and tells the event', () => {
    const report = makeReport({ status: 'CONTACT_MADE', contactMethod: 'EMAIL', reason: 'Wrote back' })
    expect(reportStatus(report)(own, T1)).toEqual({
      kind: 'change',
      event: 'lead.status_changed',
      lead: { ...own, ...report, statusAt: T1, lastOpen: null, actionDueAt: '2026-03-09T10:30:00.000Z' },
    })
  })

  it('refuses a lead that nobody accepted', () => {
    const offered = makeOfferedLead()
    const declined = changed(declineLead('No time')(offered, T0))
    expect(refusalCode(reportStatus(quote)(offered, T1))).toBe('lead.not-accepted')
    expect(refusalCode(reportStatus(quote)(declined, T1))).toBe('lead.not-accepted')
  })

  it('replaces the details of the report before, but keeps the meeting date until a new one', () => {
    const meetup = makeReport({ status: 'MEETUP_SCHEDULED', meetingDate: '2026-03-15', reason: 'At the site' })
    const met = changed(reportStatus(meetup)(own, T0))
    const quoted = changed(reportStatus(quote)(met, T1))
    expect(quoted).toMatchObject({ status: 'QUOTE_SENT', reason: null, meetingDate: '2026-03-15' })
    const again = makeReport({ status: 'MEETUP_SCHEDULED', meetingDate: '2026-03-20' })
    expect(changed(reportStatus(again)(quoted, T1)).meetingDate).toBe('2026-03-20')
  })

  it('sets the value to the amount of a win, whatever the value was', () => {
    const lead = changed(reportStatus(jobWon)({ ...own, value: '5.00' }, T1))
    expect(lead).toMatchObject({ status: 'JOB_WON', jobAmount: '40000.00', value: '40000.00', actionDueAt: null })
  })

  it('leaves the value alone when the report is no win', () => {
    const lost = makeReport({ status: 'JOB_LOST', reason: 'Too dear' })
    expect(changed(reportStatus(lost)({ ...own, value: '5.00' }, T1)).value).toBe('5.00')
  })

  it('keeps the last open progress through any number of closings', () => {
    const contact = makeReport({ status: 'CONTACT_MADE', contactMethod: 'TEXT', reason: 'Keen' })
    const open = {
      status: 'CONTACT_MADE',
      contactMethod: 'TEXT',
      reason: 'Keen',
      meetingDate: null,
      estimateType: null,
    }
    let lead = changed(reportStatus(contact)(own, T0))
    expect(lead.lastOpen).toBeNull()
    for (const status of ['JOB_LOST', 'JOB_POSTPONED_OR_CANCELLED', 'JOB_LOST'] as const) {
      lead = changed(reportStatus(makeReport({ status, reason: 'Why not' }))(lead, T1))
      expect(lead.lastOpen).toEqual(open)
    }
    expect(changed(reportStatus(quote)(lead, T1)).lastOpen).toBeNull()
  })
})

describe('after a win', () => {
  const won = changed(reportStatus(jobWon)(own, T0))
  const leadWon = changed(reportStatus(makeLeadWon({ reason: 'Signed' }))(own, T0))

  it('changes nothing when the identical report comes again', () => {
    expect(reportStatus(jobWon)(won, T1)).toEqual({ kind: 'unchanged', lead: won })
    expect(reportStatus(makeLeadWon({ reason: 'Signed' }))(leadWon, T1)).toEqual({ kind: 'unchanged', lead: leadWon })
  })

  it('changes nothing when the identical report comes again for a lead that had a meeting', () => {
    const meetup = makeReport({ status: 'MEETUP_SCHEDULED', meetingDate: '2026-03-15' })
    const metAndWon = changed(reportStatus(jobWon)(changed(reportStatus(meetup)(own, T0)), T0))
    expect(reportStatus(jobWon)(metAndWon, T1)).toEqual({ kind: 'unchanged', lead: metAndWon })
  })

  it.each([
    ['another amount', makeReport({ status: 'JOB_WON', jobAmount: '40000.01', reason: 'Signed' })],
    ['another reason', makeReport({ status: 'JOB_WON', jobAmount: '40000.00', reason: 'Signed twice' })],
    ['the other win', makeLeadWon({ jobAmount: '40000.00', reason: 'Signed' })],
    ['an open status', quote],
    ['a loss', makeReport({ status: 'JOB_LOST', reason: 'Withdrawn' })],
    ['a postponement', makeReport({ status: 'JOB_POSTPONED_OR_CANCELLED', reason: 'Later' })],
  ])('refuses %s', (_, report) => {
    expect(refusalCode(reportStatus(report)(won, T1))).toBe('lead.status-final')
  })

  it.each([
    ['a start date', { startDate: '2026-05-01', startDateTbd: false }],
    ['a completion date', { completionDate: '2026-06-01', completionDateTbd: false }],
    ['the other flag', { startDateTbd: false }],
  ])('refuses %s that was not in the first report', (_, parts) => {
    expect(refusalCode(reportStatus(makeLeadWon({ reason: 'Signed', ...parts }))(leadWon, T1))).toBe(
      'lead.status-final',
    )
  })
})

it('takes a won lead with dates again only with the very same dates', () => {
  const plan = { startDate: '2026-05-01', completionDate: '2026-06-01', startDateTbd: false, completionDateTbd: false }
  const won = changed(reportStatus(makeLeadWon(plan))(own, T0))
  expect(reportStatus(makeLeadWon(plan))(won, T1).kind).toBe('unchanged')
  for (const other of [{ startDate: '2026-05-02' }, { completionDate: '2026-06-02' }]) {
    expect(refusalCode(reportStatus(makeLeadWon({ ...plan, ...other }))(won, T1))).toBe('lead.status-final')
  }
})

describe('withReopening', () => {
  it('goes back to the last open status with its details and keeps nothing of the closing', () => {
    const estimate = makeReport({ status: 'ESTIMATE_PROVIDED', estimateType: 'VERBAL_ESTIMATE', reason: 'About 5k' })
    const open = changed(reportStatus(estimate)(own, T0))
    const lost = changed(reportStatus(makeReport({ status: 'LEAD_LOST', lostReason: 'PRICE' }))(open, T0))
    expect(withReopening(lost, { now: T1, times })).toEqual({
      ...open,
      statusAt: T1,
      actionDueAt: '2026-03-16T10:30:00.000Z',
    })
  })

  it('goes back to the first status when nothing open was ever reported', () => {
    const lost = changed(reportStatus(makeReport({ status: 'JOB_LOST', reason: 'Spam' }))(own, T0))
    expect(withReopening(lost, { now: T1, times })).toEqual({
      ...own,
      statusAt: T1,
      actionDueAt: '2026-03-03T10:30:00.000Z',
    })
    const imported = { ...lost, lastOpen: null }
    expect(withReopening(imported, { now: T1, times })).toMatchObject({
      status: 'NO_RESPONSE',
      reason: null,
      lastOpen: null,
    })
  })
})
