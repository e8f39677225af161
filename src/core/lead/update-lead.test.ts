import { describe, expect, it } from 'vitest'
import {
  changed,
  makeLeadWon,
  makeOfferedLead,
  makeOwnLead,
  makeReport,
  refusalCode,
  T0,
  T1,
} from '../../../test/support/lead-fixtures.ts'
import { declineLead } from './answer-offer.ts'
import { reportStatus } from './report-status.ts'
import type { Outcome } from './status-rules.ts'
import { type OutcomeWish, updateLead } from './update-lead.ts'

const wish = (outcome: Outcome): OutcomeWish => ({ outcome, reasonFallback: 'Set in ConstructionOnline' })
const own = makeOwnLead({ value: '1200.00' })
const worthless = makeOwnLead()

describe('updateLead without an outcome', () => {
  it('changes the properties that are named and no other', () => {
    expect(updateLead({ quality: 3, value: '40000.00', notes: null }, null)(own, T1)).toEqual({
      kind: 'change',
      event: 'lead.updated',
      lead: { ...own, quality: 3, value: '40000.00' },
    })
  })

  it('changes nothing when everything is as told', () => {
    expect(updateLead({}, null)(own, T1)).toEqual({ kind: 'unchanged', lead: own })
    expect(updateLead({ value: '1200.00', notes: null }, null)(own, T1)).toEqual({ kind: 'unchanged', lead: own })
  })
})

describe('updateLead with an outcome', () => {
  it('wins with the value on record', () => {
    const decision = updateLead({}, wish('won'))(own, T1)
    expect(decision).toMatchObject({ kind: 'change', event: 'lead.status_changed' })
    expect(changed(decision)).toEqual({
      ...own,
      status: 'JOB_WON',
      jobAmount: '1200.00',
      statusAt: T1,
      lastOpen: { status: 'NO_RESPONSE', reason: null, meetingDate: null, contactMethod: null, estimateType: null },
      actionDueAt: null,
    })
  })

  it('wins with the value sent with it', () => {
    const lead = changed(updateLead({ value: '90.50' }, wish('won'))(own, T1))
    expect(lead).toMatchObject({ status: 'JOB_WON', jobAmount: '90.50', value: '90.50' })
  })

  it.each([
    ['no value on record', worthless, {}],
    ['a value of nothing', makeOwnLead({ value: '0.00' }), {}],
    ['the value cleared with it', own, { value: null }],
    ['a value of nothing sent with it', own, { value: '0.00' }],
  ])('refuses to win with %s, naming the value', (_, lead, changes) => {
    expect(updateLead(changes, wish('won'))(lead, T1)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'field.required', field: 'value' },
    })
  })

  it.each([
    ['lost', 'JOB_LOST'],
    ['inactive', 'JOB_POSTPONED_OR_CANCELLED'],
  ] as const)('reports %s as %s with the notes as reason, or the fallback without notes', (outcome, status) => {
    const noted = changed(updateLead({ notes: 'Went elsewhere' }, wish(outcome))(own, T1))
    expect(noted).toMatchObject({ status, reason: 'Went elsewhere', notes: 'Went elsewhere', value: '1200.00' })
    const bare = changed(updateLead({}, wish(outcome))(makeOwnLead({ notes: 'Old notes' }), T1))
    expect(bare).toMatchObject({ status, reason: 'Set in ConstructionOnline', notes: 'Old notes' })
    const cleared = changed(updateLead({ notes: null }, wish(outcome))(makeOwnLead({ notes: 'Old notes' }), T1))
    expect(cleared).toMatchObject({ status, reason: 'Set in ConstructionOnline', notes: null })
  })

  it('cuts long notes to a reason of 500 characters without splitting one, and keeps the notes whole', () => {
    const notes = `${'a'.repeat(499)}😀😀`
    const lead = changed(updateLead({ notes }, wish('lost'))(own, T1))
    expect(lead.reason).toBe(`${'a'.repeat(499)}😀`)
    expect(lead.notes).toBe(notes)
  })

  it('opens a closed lead at its last open status with its details', () => {
    const contact = makeReport({ status: 'CONTACT_MADE', contactMethod: 'TEXT', reason: 'Keen' })
    const open = changed(reportStatus(contact)(own, T0))
    const lost = changed(updateLead({}, wish('lost'))(open, T0))
    const held = changed(updateLead({}, wish('inactive'))(lost, T0))
    const again = updateLead({ quality: 9 }, wish('open'))(held, T1)
    expect(again).toMatchObject({ kind: 'change', event: 'lead.status_changed' })
    expect(changed(again)).toEqual({ ...open, quality: 9, statusAt: T1, actionDueAt: '2026-03-09T10:30:00.000Z' })
  })

  it.each<Outcome>(['open', 'lost', 'inactive', 'won'])(
    'leaves the status alone when the lead is %s already',
    (now) => {
      const lead = now === 'open' ? own : changed(updateLead({}, wish(now))(own, T0))
      expect(updateLead({}, wish(now))(lead, T1)).toEqual({ kind: 'unchanged', lead })
      expect(updateLead({ quality: 5 }, wish(now))(lead, T1)).toEqual({
        kind: 'change',
        event: 'lead.updated',
        lead: { ...lead, quality: 5 },
      })
    },
  )

  it.each<Outcome>(['won', 'lost', 'inactive'])('refuses %s for a lead that nobody accepted', (outcome) => {
    const offered = makeOfferedLead({ value: '1200.00' })
    const declined = changed(declineLead('No time')(offered, T0))
    expect(refusalCode(updateLead({}, wish(outcome))(offered, T1))).toBe('lead.not-accepted')
    expect(refusalCode(updateLead({}, wish(outcome))(declined, T1))).toBe('lead.not-accepted')
  })
})

describe('updateLead after a win', () => {
  const wins = [
    ['JOB_WON', changed(updateLead({}, wish('won'))(own, T0))],
    ['LEAD_WON', changed(reportStatus(makeLeadWon())(own, T0))],
  ] as const

  it.each(wins)('refuses another value, and no value, for %s', (_, won) => {
    for (const value of ['1.00', '0.00', null]) {
      expect(updateLead({ value }, null)(won, T1)).toMatchObject({
        kind: 'refused',
        refusal: { code: 'lead.value-final', field: 'value' },
      })
      expect(refusalCode(updateLead({ value, quality: 5 }, wish('won'))(won, T1))).toBe('lead.value-final')
    }
  })

  it.each(wins)('refuses every other outcome for %s', (_, won) => {
    for (const outcome of ['open', 'lost', 'inactive'] as const) {
      expect(updateLead({ quality: 5 }, wish(outcome))(won, T1)).toMatchObject({
        kind: 'refused',
        refusal: { code: 'lead.status-final', field: 'status' },
      })
    }
  })

  it.each(wins)('takes the same value again and edits everything else of %s', (_, won) => {
    expect(updateLead({ value: won.value }, wish('won'))(won, T1)).toEqual({ kind: 'unchanged', lead: won })
    expect(changed(updateLead({ value: won.value, notes: 'Thanks' }, null)(won, T1))).toEqual({
      ...won,
      notes: 'Thanks',
    })
  })

  it('takes the report of RenovationFind that says what ConstructionOnline said', () => {
    const won = changed(updateLead({}, wish('won'))(own, T0))
    const report = makeReport({ status: 'JOB_WON', jobAmount: '1200.00' })
    expect(reportStatus(report)(won, T1)).toEqual({ kind: 'unchanged', lead: won })
  })
})
