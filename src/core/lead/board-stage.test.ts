import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boardStageOf, stagesOfStatuses } from './board-stage.ts'
import { OFFER_ACTIONS } from './lead.ts'
import { type LeadStatus, STATUS_RULES } from './status-rules.ts'

const STATUSES = Object.keys(STATUS_RULES) as LeadStatus[]

test('a lead of one of some statuses stands at one of their stages', () => {
  const lead = fc.record({ action: fc.constantFrom(...OFFER_ACTIONS), status: fc.constantFrom(...STATUSES) })
  fc.assert(
    fc.property(lead, fc.subarray(STATUSES), (one, others) => {
      expect(stagesOfStatuses([...others, one.status])).toContain(boardStageOf(one))
    }),
  )
})

test('stages of other statuses are left out, and those where hardly any lead has one come last', () => {
  expect([...stagesOfStatuses(['QUOTE_SENT', 'JOB_WON'])]).toEqual(['Estimate', 'Won', 'Offered', 'Declined'])
})
