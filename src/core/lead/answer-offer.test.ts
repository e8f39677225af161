import { describe, expect, it } from 'vitest'
import { changed, makeOfferedLead, makeOwnLead, refusalCode, T1 } from '../../../test/support/lead-fixtures.ts'
import { acceptLead, declineLead, markViewed } from './answer-offer.ts'

const offered = makeOfferedLead()
const accepted = changed(acceptLead(offered, T1))
const declined = changed(declineLead('Too far away')(offered, T1))

describe('acceptLead', () => {
  it('accepts an offer, and the follow-up time of the first status begins', () => {
    const decision = acceptLead(offered, T1)
    expect(decision).toEqual({
      kind: 'change',
      event: 'lead.accepted',
      lead: {
        ...offered,
        action: 'ACCEPTED',
        actionAt: T1,
        viewed: true,
        actionDueAt: '2026-03-03T10:30:00.000Z',
      },
    })
  })

  it('changes nothing when the lead is accepted already', () => {
    expect(acceptLead(accepted, '2026-04-01T00:00:00.000Z')).toEqual({ kind: 'unchanged', lead: accepted })
    const own = makeOwnLead()
    expect(acceptLead(own, T1)).toEqual({ kind: 'unchanged', lead: own })
  })

  it('refuses an offer that was declined', () => {
    expect(refusalCode(acceptLead(declined, T1))).toBe('lead.already-answered')
  })
})

describe('declineLead', () => {
  it('declines an offer with its reason, and the office owes nothing more', () => {
    expect(declineLead('Too far away')(offered, T1)).toEqual({
      kind: 'change',
      event: 'lead.declined',
      lead: {
        ...offered,
        action: 'DECLINED',
        actionAt: T1,
        declineReason: 'Too far away',
        viewed: true,
        actionDueAt: null,
      },
    })
  })

  it('changes nothing when the lead is declined for the same reason already', () => {
    expect(declineLead('Too far away')(declined, T1)).toEqual({ kind: 'unchanged', lead: declined })
  })

  it('refuses another reason, and an accepted lead', () => {
    expect(refusalCode(declineLead('No time')(declined, T1))).toBe('lead.already-answered')
    expect(refusalCode(declineLead('No time')(accepted, T1))).toBe('lead.already-answered')
    expect(refusalCode(declineLead('No time')(makeOwnLead(), T1))).toBe('lead.already-answered')
  })
})

describe('markViewed', () => {
  it('notes that the lead was seen, once, and answers nothing by it', () => {
    const seen = changed(markViewed(offered, T1))
    expect(seen).toEqual({ ...offered, viewed: true })
    expect(markViewed(seen, T1)).toEqual({ kind: 'unchanged', lead: seen })
  })
})
