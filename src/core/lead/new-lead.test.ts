import { describe, expect, it } from 'vitest'
import { changed, T0 } from '../../../test/support/lead-fixtures.ts'
import { createLead, offerLead } from './new-lead.ts'

const ORIGIN = { companyId: 7, source: 'renovationfind', sourceReference: 'RF-12' } as const
const PROPERTIES = { firstName: 'Ana', value: '1200.00', quality: 0, category: 'Roofing' } as const

describe('createLead', () => {
  const decision = createLead(ORIGIN, PROPERTIES)(1001, T0)
  const lead = changed(decision)

  it('makes an accepted lead in the first status with its origin and properties', () => {
    expect(decision).toMatchObject({ kind: 'change', event: 'lead.created' })
    expect(lead).toMatchObject({
      ...ORIGIN,
      ...PROPERTIES,
      id: 1001,
      action: 'ACCEPTED',
      actionAt: T0,
      viewed: true,
      status: 'NO_RESPONSE',
      statusAt: null,
      lastOpen: null,
      attachments: [],
      createdAt: T0,
      modifiedAt: T0,
      convertedAt: null,
      deletedAt: null,
    })
  })

  it('asks for a first report within a day', () => {
    expect(lead.actionDueAt).toBe('2026-03-02T09:00:00.000Z')
  })

  it('opens the lead today unless another day is given', () => {
    expect(lead.openedDate).toBe('2026-03-01')
    expect(changed(createLead(ORIGIN, { openedDate: '2025-12-24' })(1, T0)).openedDate).toBe('2025-12-24')
    expect(changed(createLead(ORIGIN, { openedDate: null })(1, T0)).openedDate).toBe('2026-03-01')
  })

  it('knows nothing but the origin, the acceptance and the times of a lead made without properties', () => {
    const known = Object.entries(changed(createLead(ORIGIN, {})(1001, T0))).filter(([, value]) => value !== null)
    expect(Object.fromEntries(known)).toEqual({
      ...ORIGIN,
      id: 1001,
      revision: 0,
      action: 'ACCEPTED',
      actionAt: T0,
      viewed: true,
      status: 'NO_RESPONSE',
      actionDueAt: '2026-03-02T09:00:00.000Z',
      openedDate: '2026-03-01',
      attachments: [],
      createdAt: T0,
      modifiedAt: T0,
    })
  })
})

describe('offerLead', () => {
  const decision = offerLead(ORIGIN, PROPERTIES, '<p>New roof</p>')(1002, T0)
  const lead = changed(decision)

  it('makes an unanswered, unseen lead that requires an answer at once', () => {
    expect(decision).toMatchObject({ kind: 'change', event: 'lead.offered' })
    expect(lead).toMatchObject({
      ...ORIGIN,
      ...PROPERTIES,
      id: 1002,
      projectDetailsHtml: '<p>New roof</p>',
      action: 'NONE',
      actionAt: null,
      viewed: false,
      status: 'NO_RESPONSE',
      actionDueAt: T0,
      openedDate: '2026-03-01',
    })
  })

  it('has the same fields as a lead that the company made itself', () => {
    expect(Object.keys(lead).sort()).toEqual(Object.keys(changed(createLead(ORIGIN, {})(1, T0))).sort())
  })

  it('opens the lead today also when the opened date is given as null, as createLead does', () => {
    expect(changed(offerLead(ORIGIN, { openedDate: null }, null)(1, T0)).openedDate).toBe('2026-03-01')
  })
})
