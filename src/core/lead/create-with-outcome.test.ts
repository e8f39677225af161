import { describe, expect, it } from 'vitest'
import { changed, refusalCode, T0 } from '../../../test/support/lead-fixtures.ts'
import { createLead, createLeadWithOutcome } from './new-lead.ts'

const ORIGIN = { companyId: 7, source: 'constructiononline', sourceReference: null } as const
const FALLBACK = 'Set by a test.'

describe('createLeadWithOutcome', () => {
  it('is createLead without a wish, and with the wish for an open lead', () => {
    const plain = createLead(ORIGIN, { city: 'Banff' })(1001, T0)
    expect(createLeadWithOutcome(ORIGIN, { city: 'Banff' }, null)(1001, T0)).toEqual(plain)
    const wish = { outcome: 'open', reasonFallback: FALLBACK } as const
    expect(createLeadWithOutcome(ORIGIN, { city: 'Banff' }, wish)(1001, T0)).toEqual(plain)
  })

  it('closes the new lead in the same change, which is told as a creation', () => {
    const wish = { outcome: 'won', reasonFallback: FALLBACK } as const
    const decision = createLeadWithOutcome(ORIGIN, { value: '12.00' }, wish)(1001, T0)
    expect(decision).toMatchObject({ kind: 'change', event: 'lead.created' })
    expect(changed(decision)).toMatchObject({ id: 1001, status: 'JOB_WON', jobAmount: '12.00', statusAt: T0 })
  })

  it('takes the notes as the reason, else the fallback', () => {
    const wish = { outcome: 'lost', reasonFallback: FALLBACK } as const
    expect(changed(createLeadWithOutcome(ORIGIN, { notes: 'Too dear' }, wish)(1, T0)).reason).toBe('Too dear')
    expect(changed(createLeadWithOutcome(ORIGIN, {}, wish)(1, T0)).reason).toBe(FALLBACK)
  })

  it('makes no lead when the outcome is refused', () => {
    const wish = { outcome: 'won', reasonFallback: FALLBACK } as const
    expect(refusalCode(createLeadWithOutcome(ORIGIN, {}, wish)(1, T0))).toBe('field.required')
    expect(refusalCode(createLeadWithOutcome(ORIGIN, { value: '0.00' }, wish)(1, T0))).toBe('field.required')
  })
})
