import { describe, expect, it } from 'vitest'
import { DEFAULT_FOLLOW_UPS } from '../lead/follow-ups.ts'
import { createLead } from '../lead/new-lead.ts'
import { CONSTRUCTIONONLINE_SHAPE as SHAPE } from './constructiononline-shape.ts'
import type { SyncFields } from './shape.ts'
import { takeInto } from './take.ts'

const NOW = '2026-03-01T12:00:00.000Z'
const ORIGIN = { companyId: 1, source: 'constructiononline', sourceReference: null } as const

function newLead(properties: Parameters<typeof createLead>[1] = {}) {
  const decision = createLead(ORIGIN, properties)(7, NOW)
  if (decision.kind !== 'change') throw new Error('a lead is made')
  return decision.lead
}

function take(values: SyncFields, { lead = newLead(), unreadable = {} } = {}) {
  return takeInto(SHAPE, { values, unreadable, details: {} }, { lead, now: NOW, times: DEFAULT_FOLLOW_UPS })
}

describe('takeInto', () => {
  it('takes everything that our rules let in', () => {
    const { decision, taken, untaken } = take({ city: 'Calgary', status: 'won', value: '12.00' })
    expect(decision).toMatchObject({ lead: { city: 'Calgary', status: 'JOB_WON', jobAmount: '12.00' } })
    expect(taken).toEqual({ city: 'Calgary', status: 'won', value: '12.00' })
    expect(untaken).toEqual({})
  })

  it('leaves out what they refuse with what goes together, and takes the rest', () => {
    const { decision, taken, untaken } = take({ city: 'Calgary', status: 'won', value: null })
    expect(decision).toMatchObject({ kind: 'change', lead: { city: 'Calgary', status: 'NO_RESPONSE' } })
    expect(taken).toEqual({ city: 'Calgary' })
    expect(Object.keys(untaken).sort()).toEqual(['status', 'value'])
    expect(untaken['status']).toContain('amount')
  })

  it('leaves out what is no value of ours', () => {
    const { taken, untaken } = take({ city: 'Calgary', quality: '101' }, { unreadable: { quality: 'It is too much.' } })
    expect(taken).toEqual({ city: 'Calgary' })
    expect(untaken).toEqual({ quality: 'It is too much.' })
  })

  it('shows afterwards what was taken, in terms of the wire', () => {
    const values = { status: 'lost', notes: 'No', value: '3.00', zip: null }
    const { decision } = take(values, { lead: newLead({ zip: 'T2P' }) })
    expect(SHAPE.project(decision.lead)).toMatchObject(values)
  })
})

describe('the shape', () => {
  it('sees no difference between statuses that end alike', () => {
    const lead = newLead()
    const quoted = { ...lead, status: 'QUOTE_SENT' } as const
    expect(SHAPE.project(quoted)).toEqual(SHAPE.project(lead))
  })
})
