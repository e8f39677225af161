import { describe, expect, it } from 'vitest'
import { assignLead, editLead } from './edit-lead.ts'
import type { Lead } from './lead.ts'
import { checkLeadEdit, type LeadEdit, refuseNobody, withDisplayName } from './lead-edit.ts'
import { createLead } from './new-lead.ts'

const NOW = '2026-03-10T12:00:00.000Z'

function leadOf(edit: LeadEdit): Lead {
  const made = createLead({ companyId: 1, source: 'portal', sourceReference: null }, withDisplayName(edit))(7, NOW)
  if (made.kind !== 'change') throw new Error(made.kind)
  return made.lead
}

function edited(lead: Lead, edit: LeadEdit): Lead {
  const decision = editLead(edit)(lead, NOW)
  if (decision.kind === 'refused') throw new Error(decision.refusal.code)
  return decision.lead
}

describe('a display name', () => {
  it.each<[LeadEdit, string | null]>([
    [{ firstName: 'Ann', lastName: 'Lee', customerCompany: 'Lee Ltd' }, 'Ann Lee'],
    [{ customerCompany: 'Lee Ltd', email: 'a@example.com' }, 'Lee Ltd'],
    [{ email: 'a@example.com', phone: '1' }, 'a@example.com'],
    [{ mobilePhone: '2' }, '2'],
    [{ displayName: 'The Lees', firstName: 'Ann' }, 'The Lees'],
    [{ category: 'Deck' }, null],
  ])('of a new lead %j is %j', (edit, name) => {
    expect(withDisplayName(edit).displayName).toBe(name)
  })

  it('follows the fields that it was made of, until somebody sets it', () => {
    const lead = leadOf({ email: 'a@example.com' })
    const named = edited(lead, { firstName: 'Ann' })
    expect(named.displayName).toBe('Ann')
    const own = edited(named, { displayName: 'The Lees' })
    expect(edited(own, { firstName: 'Anna' }).displayName).toBe('The Lees')
    expect(edited(own, { displayName: null, firstName: 'Anna' }).displayName).toBeNull()
  })
})

describe('an edit', () => {
  it('changes only what it names', () => {
    const lead = leadOf({ firstName: 'Ann', city: 'Banff' })
    expect(edited(lead, { city: null, value: '5.00', assigneeId: 9 })).toEqual({
      ...lead,
      city: null,
      value: '5.00',
      assigneeId: 9,
    })
    expect(editLead({ city: 'Banff' })(lead, NOW)).toEqual({ kind: 'unchanged', lead })
    expect(assignLead(null)(lead, NOW)).toEqual({ kind: 'unchanged', lead })
  })

  it('does not leave a lead without anybody, but may edit one that never named anybody', () => {
    const lead = leadOf({ firstName: 'Ann' })
    expect(editLead({ firstName: null })(lead, NOW)).toMatchObject({ refusal: { code: 'field.required' } })
    const nameless: Lead = { ...lead, firstName: null, displayName: null }
    expect(refuseNobody(nameless)).not.toBeNull()
    expect(edited(nameless, { city: 'Banff' }).city).toBe('Banff')
  })

  it.each(['NONE', 'DECLINED'] as const)('of a lead that is %s touches nothing of the customer', (action) => {
    const lead: Lead = { ...leadOf({ firstName: 'Ann' }), action }
    for (const edit of [{ firstName: 'Ann' }, { email: null }, { value: '1.00' }, { category: 'Deck', notes: 'x' }]) {
      expect(editLead(edit)(lead, NOW)).toMatchObject({ refusal: { code: 'lead.not-accepted' } })
    }
    expect(edited(lead, { notes: 'x', nextActionDate: '2026-04-01', assigneeId: 3 })).toMatchObject({ notes: 'x' })
  })

  it('is checked by its rules, the first fault first', () => {
    expect(checkLeadEdit({ city: ' Banff ', email: '', assigneeId: null, notes: undefined })).toEqual({
      ok: true,
      value: { city: 'Banff', email: null, assigneeId: null },
    })
    expect(checkLeadEdit({ city: 1, email: 'x' })).toMatchObject({ ok: false, fault: { field: 'city' } })
    expect(checkLeadEdit({ status: 'OTHER' })).toMatchObject({ ok: false, fault: { code: 'field.unknown' } })
  })
})
