import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROPERTIES } from '../../../api/constructiononline/properties.ts'
import { SYNC_FIELDS } from '../../../core/sync/kinds.ts'
import { PROPERTY_FIELDS, PROPERTY_NAMES } from './properties.ts'
import { readRecord, writeRecord } from './record.ts'

function read(record: Record<string, unknown>, text = JSON.stringify(record)) {
  const result = readRecord(JSON.parse(text), text)
  if (!result.ok) throw new Error(result.fault)
  return result.value
}

describe('readRecord', () => {
  it('keeps the digits of an id that a number of JavaScript loses', () => {
    expect(read({}, '{"ID":9007199254740993,"CITY":"x"}').id).toBe('9007199254740993')
    expect(read({ ID: '42' }).id).toBe('42')
    expect(readRecord({ ID: null }, '{}')).toMatchObject({ ok: false })
    expect(readRecord([], '[]')).toMatchObject({ ok: false })
  })

  it('reads as the same what only looks different', () => {
    const texts = read({ ID: 1, ZIP: '12345', LEAD_VALUE: '40000', LEAD_QUALITY: '3', CITY: ' Calgary ' })
    const numbers = read({ ID: 1, ZIP: 12345, LEAD_VALUE: 40000, LEAD_QUALITY: 3, CITY: 'Calgary' })
    expect(texts).toEqual(numbers)
    expect(texts.fields).toEqual({ zip: '12345', value: '40000.00', quality: 3, city: 'Calgary' })
  })

  it('takes either spelling of the postal code, and leaves out what the service does not show', () => {
    expect(read({ ID: 1, ZIPCODE: 'T2P', ZIP: null }).fields).toEqual({ zip: 'T2P' })
    expect(read({ ID: 1 }).fields).toEqual({})
    expect(read({ ID: 1, CITY: '' }).fields).toEqual({ city: null })
  })

  it('counts a status of the account’s own making as open', () => {
    expect(read({ ID: 1, LEAD_STATUS: 'closed - won' }).fields).toEqual({ status: 'won' })
    expect(read({ ID: 1, LEAD_STATUS: 'Nurturing' }).fields).toEqual({ status: 'open' })
    expect(read({ ID: 1, LEAD_STATUS: null }).fields).toEqual({ status: 'open' })
  })

  it('keeps a value that our rules do not let in, and says why', () => {
    const { fields, unreadable } = read({
      ID: 1,
      LEAD_QUALITY: 250,
      EMAIL: 'none',
      CITY: { a: 1 },
      LEAD_NOTES: 'a\u0000b',
    })
    expect(fields).toEqual({ quality: '250', email: 'none', city: '{"a":1}', notes: 'a\uFFFDb' })
    expect(Object.keys(unreadable).sort()).toEqual(['city', 'email', 'notes', 'quality'])
  })

  it('reads LMOD as an instant, and anything else as not known', () => {
    expect(read({ ID: 1, LMOD: '2026-03-01T12:00:00Z' }).modifiedAt).toBe('2026-03-01T12:00:00.000Z')
    expect(read({ ID: 1, LMOD: 'yesterday' }).modifiedAt).toBeNull()
  })

  it('never throws, whatever the service sends', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('ID', 'ZIP', 'LEAD_VALUE', 'LMOD', 'LEAD_STATUS'), fc.jsonValue()),
        (record) => {
          const text = JSON.stringify(record)
          readRecord(JSON.parse(text), text)
        },
      ),
    )
  })
})

describe('writeRecord', () => {
  it('gives the same bytes for the same values, in whatever order they are', () => {
    const one = writeRecord({ status: 'won', value: '12.50', city: null })
    expect(one).toBe(writeRecord({ city: null, value: '12.50', status: 'won' }))
    expect(JSON.parse(one)).toEqual({ CITY: null, LEAD_VALUE: 12.5, LEAD_STATUS: 'Closed - Won' })
  })

  it('is read back as it was', () => {
    const fields = { city: 'Calgary', value: '12.50', quality: 3, openedDate: '2026-03-01', status: 'lost', zip: null }
    expect(read({ ID: 1, ...JSON.parse(writeRecord(fields)) }).fields).toEqual(fields)
  })
})

describe('the table of properties', () => {
  it('has the names of the face, and every field that is kept in step', () => {
    const face = PROPERTIES.flatMap((property) => (property.kind === 'field' ? [[property.name, property.field]] : []))
    const here = PROPERTY_FIELDS.flatMap((field) => PROPERTY_NAMES[field].map((name) => [name, field]))
    expect(here.sort()).toEqual(face.sort())
    expect([...PROPERTY_FIELDS, 'status'].sort()).toEqual([...SYNC_FIELDS.constructiononline].sort())
  })
})
