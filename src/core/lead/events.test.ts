import { describe, expect, it } from 'vitest'
import { makeFile, makeOfferedLead, makeOwnLead, T1 } from '../../../test/support/lead-fixtures.ts'
import { diffLeads } from './events.ts'

const lead = makeOwnLead({ attachments: [makeFile(1)] })

describe('diffLeads', () => {
  it('is empty for the same lead and for an equal copy', () => {
    expect(diffLeads(lead, lead)).toEqual({})
    expect(diffLeads(lead, structuredClone(lead))).toEqual({})
  })

  it('gives old and new value of each field that differs, null and false included', () => {
    const after = { ...lead, quality: 0, viewed: false, openedDate: null, notes: 'Called' }
    expect(diffLeads(lead, after)).toEqual({
      quality: { old: null, new: 0 },
      viewed: { old: true, new: false },
      openedDate: { old: '2026-03-01', new: null },
      notes: { old: null, new: 'Called' },
    })
  })

  it('tells files that came and went', () => {
    const after = { ...lead, attachments: [makeFile(2)] }
    expect(diffLeads(lead, after)).toEqual({ attachments: { old: [makeFile(1)], new: [makeFile(2)] } })
    expect(diffLeads(lead, { ...lead, attachments: [] })).toEqual({ attachments: { old: [makeFile(1)], new: [] } })
  })

  it('does not tell what the writer keeps or what follows from other fields', () => {
    const after = { ...lead, revision: 9, modifiedAt: T1, statusAt: T1, actionDueAt: null }
    expect(diffLeads(lead, after)).toEqual({})
  })

  it('tells of a new lead what is known and leaves out what is empty', () => {
    expect(diffLeads(null, makeOfferedLead({ firstName: 'Ana', quality: 0 }))).toEqual({
      source: { old: null, new: 'native' },
      firstName: { old: null, new: 'Ana' },
      quality: { old: null, new: 0 },
      action: { old: null, new: 'NONE' },
      status: { old: null, new: 'NO_RESPONSE' },
      openedDate: { old: null, new: '2026-03-01' },
    })
  })
})
