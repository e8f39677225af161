import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeOwnLead } from '../../../test/support/lead-fixtures.ts'
import { RefusalError } from '../../core/errors.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { updateLead } from '../../core/lead/update-lead.ts'
import type { DecodedBody } from './decode-body.ts'
import { mapCreate, mapUpdate } from './map-in.ts'
import { toRecord } from './map-out.ts'
import { PROPERTIES } from './properties.ts'

const json = (value: unknown): DecodedBody => ({ kind: 'json', value })

/** The refusal's code and text; fails when nothing is refused. */
function refusalOf(work: () => unknown): [code: string, text: string] {
  try {
    work()
  } catch (error) {
    if (error instanceof RefusalError) return [error.refusal.code, error.refusal.text]
    throw error
  }
  throw new Error('nothing was refused')
}

describe('mapUpdate', () => {
  test('of no body or no properties wishes nothing', () => {
    const nothing = { changes: {}, wish: null, expectations: [] }
    expect(mapUpdate({ kind: 'empty' })).toEqual(nothing)
    expect(mapUpdate(json({}))).toEqual(nothing)
    expect(mapUpdate({ kind: 'form', fields: {} })).toEqual(nothing)
  })

  test('has core names and values, and only those sent', () => {
    const { changes, wish } = mapUpdate(
      json({ LEAD_VALUE: '40000', lead_quality: 3, ZIPCODE: ' T2P ', CITY: null, LEAD_STATUS: ' closed - LOST' }),
    )
    expect(changes).toEqual({ value: '40000.00', quality: 3, zip: 'T2P', city: null })
    expect(wish).toEqual({
      outcome: 'lost',
      reasonFallback: 'Set to Closed - Lost through ConstructionOnline.',
    })
  })

  test('takes form fields as texts, and an empty one as null', () => {
    const fields = { LEAD_VALUE: '1.5', LEAD_QUALITY: '', CITY: '' }
    expect(mapUpdate({ kind: 'form', fields }).changes).toEqual({ value: '1.50', quality: null, city: null })
  })

  test('refuses what is not one object', () => {
    for (const value of [null, [], 'text', '{"CITY":"x"}', 5, true]) {
      expect(refusalOf(() => mapUpdate(json(value)))[0]).toBe('body.invalid')
    }
    expect(refusalOf(() => mapUpdate({ kind: 'fault', message: 'The body is {value}.' }))).toEqual([
      'body.invalid',
      'The body is value.',
    ])
  })

  test('names what was sent, cut short, and never as a mark of the renderer', () => {
    expect(refusalOf(() => mapUpdate(json({ [`{status}${'😀'.repeat(100)}`]: 1 })))).toEqual([
      'field.unknown',
      `A lead has no property "status${'😀'.repeat(32)}…".`,
    ])
    expect(refusalOf(() => mapUpdate(json({ zipcode: 'x'.repeat(21) })))[1]).toMatch(/^ZIPCODE must/)
  })

  test('of the record as it is shown changes no lead', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }).map((value) => value.trim() || null)
    const lead = fc
      .record({
        firstName: text,
        displayName: text,
        zip: text,
        notes: text,
        value: fc.constantFrom(null, '0.00', '0.10', '999999999999.99'),
        quality: fc.option(fc.nat(100)),
        openedDate: fc.constantFrom(null, '2024-02-29'),
        status: fc.constantFrom<Lead['status']>('NO_RESPONSE', 'JOB_WON', 'LEAD_LOST', 'JOB_POSTPONED_OR_CANCELLED'),
        statusAt: fc.constantFrom(null, '2026-03-05T10:00:00.123Z'),
      })
      .map((parts) => makeOwnLead(parts))
    fc.assert(
      fc.property(lead, (some) => {
        const { changes, wish, expectations } = mapUpdate(json(toRecord(some)))
        expect(expectations.filter(({ holds }) => !holds(some))).toEqual([])
        expect(updateLead(changes, wish)(some, '2026-04-01T00:00:00.000Z').kind).toBe('unchanged')
      }),
    )
  })

  test('of any value for any property either refuses by its name or answers, and never breaks', () => {
    const names = fc.constantFrom(...PROPERTIES.map(({ name }) => name))
    fc.assert(
      fc.property(names, fc.jsonValue(), (name, value) => {
        try {
          mapUpdate(json({ [name]: value }))
        } catch (error) {
          if (!(error instanceof RefusalError)) throw error
          expect(error.refusal.text).toContain(name)
        }
      }),
    )
  })
})

describe('mapCreate', () => {
  const GREG = { FIRSTNAME: 'Greg', LASTNAME: 'Smith', DISPLAY_NAME: 'Greg Smith', EMAIL: 'greg@example.com' }

  test('has the four required properties and the others', () => {
    expect(mapCreate(json({ ...GREG, LEAD_STATUS: 'Open', COMPANY: null }))).toEqual({
      properties: {
        firstName: 'Greg',
        lastName: 'Smith',
        displayName: 'Greg Smith',
        email: 'greg@example.com',
        customerCompany: null,
      },
      wish: { outcome: 'open', reasonFallback: 'Set to Open through ConstructionOnline.' },
    })
  })

  test('of no body asks for the first required property', () => {
    expect(refusalOf(() => mapCreate({ kind: 'empty' }))).toEqual(['field.required', 'FIRSTNAME is required.'])
  })

  test('refuses read-only properties, even empty ones', () => {
    for (const name of ['ID', 'COMPANY_ID', 'LMOD', 'LEAD_CLOSED_DATE']) {
      expect(refusalOf(() => mapCreate(json({ ...GREG, [name]: null })))[0]).toBe('field.read-only')
    }
  })
})
