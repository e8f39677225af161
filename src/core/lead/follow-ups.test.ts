import { describe, expect, it, test } from 'vitest'
import {
  changed,
  makeFile,
  makeLeadWon,
  makeOfferedLead,
  makeOwnLead,
  makeReport,
  T0,
  T1,
} from '../../../test/support/lead-fixtures.ts'
import { acceptLead } from './answer-offer.ts'
import { answerDueAt, DEFAULT_FOLLOW_UPS, dueAt, followUpTimes, STATUSES } from './follow-ups.ts'
import { createLead, createLeadWithOutcome, offerLead } from './new-lead.ts'
import { reportStatus } from './report-status.ts'
import { type LeadStatus, STATUS_RULES } from './status-rules.ts'
import { updateLead } from './update-lead.ts'

const at = (now: string, times = DEFAULT_FOLLOW_UPS) => ({ now, times })

describe('dueAt', () => {
  it.each<[LeadStatus, string | null]>([
    ['NO_RESPONSE', '2026-03-02T09:00:00.000Z'],
    ['HOMEOWNER_CONTACTED', '2026-03-04T09:00:00.000Z'],
    ['MEETUP_SCHEDULED', '2026-03-08T09:00:00.000Z'],
    ['JOB_PENDING_DECISION', '2026-03-15T09:00:00.000Z'],
    ['JOB_POSTPONED_OR_CANCELLED', '2026-04-30T09:00:00.000Z'],
    ['JOB_WON', null],
    ['JOB_LOST', null],
    ['LEAD_LOST', null],
  ])('asks for the next step after %s at %s', (status, due) => {
    expect(dueAt(status, 0, at(T0))).toBe(due)
    expect(dueAt(status, 3, at(T0))).toBe(due)
  })

  it('asks at once for the missing attachment of LEAD_WON, and for nothing when there is one', () => {
    expect(dueAt('LEAD_WON', 0, at(T0))).toBe(T0)
    expect(dueAt('LEAD_WON', 1, at(T0))).toBeNull()
    const withFile = makeOwnLead({ attachments: [makeFile(1)] })
    expect(changed(reportStatus(makeLeadWon())(makeOwnLead(), T1)).actionDueAt).toBe(T1)
    expect(changed(reportStatus(makeLeadWon())(withFile, T1)).actionDueAt).toBeNull()
  })
})

describe('the times of a company', () => {
  const times = followUpTimes(5, { NO_RESPONSE: 2, QUOTE_SENT: null, JOB_LOST: 720 })

  test('are its own where it has set some, else those of the rule table', () => {
    for (const status of STATUSES) {
      const own: Partial<Record<LeadStatus, number | null>> = { NO_RESPONSE: 2, QUOTE_SENT: null, JOB_LOST: 720 }
      const hours = own[status]
      expect(times.byStatus[status], status).toBe(hours === undefined ? STATUS_RULES[status].followUpHours : hours)
    }
    expect(DEFAULT_FOLLOW_UPS.offerAnswerHours).toBe(0)
  })

  test('count from an offer, an acceptance, a lead of its own, a report and an outcome', () => {
    const origin = { companyId: 7, source: 'native', sourceReference: null } as const
    expect(changed(offerLead(origin, {}, null, times)(1, T0)).actionDueAt).toBe('2026-03-01T14:00:00.000Z')
    expect(changed(acceptLead(makeOfferedLead(), T0, times)).actionDueAt).toBe('2026-03-01T11:00:00.000Z')
    expect(changed(createLead(origin, {}, times)(1, T0)).actionDueAt).toBe('2026-03-01T11:00:00.000Z')
    const quoted = changed(reportStatus(makeReport({ status: 'QUOTE_SENT' }), times)(makeOwnLead(), T0))
    expect(quoted.actionDueAt).toBeNull()
    const lost = updateLead({ notes: 'Too late' }, { outcome: 'lost', reasonFallback: '' }, times)
    expect(changed(lost(quoted, T0)).actionDueAt).toBe('2026-03-31T09:00:00.000Z')
    const wish = { outcome: 'lost', reasonFallback: 'Spam' } as const
    expect(changed(createLeadWithOutcome(origin, {}, wish, times)(1, T0)).actionDueAt).toBe('2026-03-31T09:00:00.000Z')
  })

  test('an offer may never be due', () => {
    expect(answerDueAt(T0, followUpTimes(null, {}))).toBeNull()
    expect(answerDueAt(T0, DEFAULT_FOLLOW_UPS)).toBe(T0)
  })
})
