import { describe, expect, it } from 'vitest'
import {
  allowedFields,
  BOARD_STAGES,
  isReportStatus,
  type LeadStatus,
  REPORT_STATUSES,
  STATUS_RULES,
} from './status-rules.ts'

// The design's table of stages, written out by hand.
const STAGES: Readonly<Record<LeadStatus, readonly [stage: string, outcome: string]>> = {
  NO_RESPONSE: ['New', 'open'],
  HOMEOWNER_CONTACTED: ['Contacting', 'open'],
  REACHED_OUT_TO_HOMEOWNER: ['Contacting', 'open'],
  MULTIPLE_ATTEMPTS_NO_RESPONSE: ['Contacting', 'open'],
  NO_RESPONSE_FROM_HOMEOWNER: ['Contacting', 'open'],
  OTHER: ['Contacting', 'open'],
  CONTACT_MADE: ['In conversation', 'open'],
  MEETUP_SCHEDULED: ['In conversation', 'open'],
  QUOTE_SENT: ['Estimate', 'open'],
  ESTIMATE_PROVIDED: ['Estimate', 'open'],
  JOB_PENDING_DECISION: ['Estimate', 'open'],
  JOB_WON: ['Won', 'won'],
  LEAD_WON: ['Won', 'won'],
  JOB_LOST: ['Lost', 'lost'],
  LEAD_LOST: ['Lost', 'lost'],
  JOB_POSTPONED_OR_CANCELLED: ['On hold', 'inactive'],
}

describe('STATUS_RULES', () => {
  it.each(Object.entries(STAGES))('puts %s where the design puts it', (status, [stage, outcome]) => {
    expect(STATUS_RULES[status as LeadStatus]).toMatchObject({ stage, outcome })
  })

  it('has the fifteen statuses of the documentation, in its order, and the first one', () => {
    expect(REPORT_STATUSES).toEqual([
      'HOMEOWNER_CONTACTED',
      'MEETUP_SCHEDULED',
      'QUOTE_SENT',
      'JOB_PENDING_DECISION',
      'JOB_WON',
      'JOB_LOST',
      'JOB_POSTPONED_OR_CANCELLED',
      'NO_RESPONSE_FROM_HOMEOWNER',
      'OTHER',
      'REACHED_OUT_TO_HOMEOWNER',
      'MULTIPLE_ATTEMPTS_NO_RESPONSE',
      'CONTACT_MADE',
      'ESTIMATE_PROVIDED',
      'LEAD_WON',
      'LEAD_LOST',
    ])
    expect(Object.keys(STATUS_RULES).sort()).toEqual([...REPORT_STATUSES, 'NO_RESPONSE'].sort())
  })

  it('makes the two wins final and nothing else', () => {
    const final = Object.entries(STATUS_RULES).filter(([, rule]) => rule.final)
    expect(final.map(([status]) => status).sort()).toEqual(['JOB_WON', 'LEAD_WON'])
  })

  it('never closes a lead for good and asks for a follow-up too', () => {
    for (const rule of Object.values(STATUS_RULES)) {
      const followedUp = rule.followUpHours !== null
      expect(followedUp).toBe(rule.outcome === 'open' || rule.outcome === 'inactive')
    }
  })

  it('asks for an attachment with LEAD_WON and nothing else', () => {
    const asking = Object.entries(STATUS_RULES).filter(([, rule]) => rule.attachmentSoftRequired)
    expect(asking.map(([status]) => status)).toEqual(['LEAD_WON'])
  })

  it.each(REPORT_STATUSES)('takes a reason with %s and names each field once', (status) => {
    const fields = allowedFields(status)
    expect(fields).toContain('reason')
    expect(new Set(fields).size).toBe(fields.length)
    expect(BOARD_STAGES).toContain(STATUS_RULES[status].stage)
  })
})

describe('isReportStatus', () => {
  it.each(['NO_RESPONSE', 'quote_sent', 'toString', '', null, undefined, 4, ['OTHER']])('refuses %j', (value) => {
    expect(isReportStatus(value)).toBe(false)
  })
})
