import { describe, expect, it } from 'vitest'
import type { Lead } from './lead.ts'
import { createLead } from './new-lead.ts'
import { CUSTOMER_FIELDS, leadName, NO_CUSTOMER, visibleChanges, visibleCustomer } from './visible.ts'

const made = createLead(
  { companyId: 1, source: 'native', sourceReference: null },
  {
    ...Object.fromEntries(CUSTOMER_FIELDS.map((field) => [field, `secret ${field}`])),
    category: 'Deck',
  },
)(7, '2026-03-10T12:00:00.000Z')
const LEAD = made.kind === 'change' ? made.lead : ({} as Lead)

describe('the customer of a lead', () => {
  it('is shown once it is accepted', () => {
    expect(Object.values(visibleCustomer(LEAD))).toEqual(CUSTOMER_FIELDS.map((field) => `secret ${field}`))
    expect(leadName(LEAD)).toBe('secret displayName')
    const changes = { email: { old: 'a', new: 'b' }, notes: { old: null, new: 'x' } }
    expect(visibleChanges(LEAD, changes)).toEqual(changes)
  })

  it.each(['NONE', 'DECLINED'] as const)('is not shown while it is %s', (action) => {
    const lead: Lead = { ...LEAD, action }
    expect(visibleCustomer(lead)).toEqual(NO_CUSTOMER)
    expect(leadName(lead)).toBe('Deck')
    expect(leadName({ ...lead, category: null })).toBe('Lead 7')
    const changes = Object.fromEntries(CUSTOMER_FIELDS.map((field) => [field, { old: 'secret', new: 'secret' }]))
    expect(visibleChanges(lead, { ...changes, notes: { old: null, new: 'x' } })).toEqual({
      notes: { old: null, new: 'x' },
    })
  })

  it('is called by what is known', () => {
    const bare: Lead = { ...LEAD, ...NO_CUSTOMER }
    expect(leadName(bare)).toBe('Lead 7')
    expect(leadName({ ...bare, mobilePhone: '1' })).toBe('1')
    expect(leadName({ ...bare, customerCompany: 'Lee Ltd', email: 'a@example.com' })).toBe('Lee Ltd')
    expect(leadName({ ...bare, firstName: 'Ann', lastName: 'Lee' })).toBe('Ann Lee')
  })
})
