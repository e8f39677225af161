import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkProperty, EDITABLE_FIELDS, type EditableField } from './properties.ts'

const FIELDS = Object.keys(EDITABLE_FIELDS) as EditableField[]

describe('checkProperty', () => {
  it.each(FIELDS)('clears %s by null', (field) => {
    expect(checkProperty(field, null)).toEqual({ ok: true, value: null })
  })

  it.each(FIELDS)('clears %s by blank text, of blanks too', (field) => {
    expect(checkProperty(field, '')).toEqual({ ok: true, value: null })
    expect(checkProperty(field, ' \t ')).toEqual({ ok: true, value: null })
  })

  it.each(FIELDS)('refuses a list, an object and a flag for %s, naming it', (field) => {
    for (const value of [[], ['1'], {}, true, false]) {
      expect(checkProperty(field, value)).toMatchObject({
        ok: false,
        fault: { code: 'field.invalid', field, text: expect.stringContaining(`{${field}}`) as string },
      })
    }
  })

  it.each<[EditableField, unknown, string | number]>([
    ['quality', '3', 3],
    ['quality', ' 100 ', 100],
    ['quality', 0, 0],
    ['value', '40000', '40000.00'],
    ['value', ' 0.5 ', '0.50'],
    ['value', 0, '0.00'],
    ['value', 999999999999.99, '999999999999.99'],
    ['firstName', '  Ana ', 'Ana'],
    ['firstName', '😀'.repeat(200), '😀'.repeat(200)],
    ['email', 'ana@example.com', 'ana@example.com'],
    ['openedDate', '2026-03-01', '2026-03-01'],
    ['openedDate', '2026-03-01T23:59:59Z', '2026-03-01'],
    ['openedDate', '2026-03-01T00:00:00.000+02:00', '2026-03-01'],
  ])('takes %s %j as %j', (field, value, taken) => {
    expect(checkProperty(field, value)).toEqual({ ok: true, value: taken })
  })

  it.each<[EditableField, unknown]>([
    ['quality', -1],
    ['quality', 101],
    ['quality', 3.5],
    ['quality', 'three'],
    ['quality', '1e1'],
    ['quality', Number.NaN],
    ['value', -0.01],
    ['value', '-1'],
    ['value', '1e3'],
    ['value', '$40,000'],
    ['value', 0.001],
    ['value', 1e12],
    ['firstName', 'x'.repeat(201)],
    ['firstName', 'a\u0000'],
    ['firstName', '\ud800'],
    ['firstName', 5],
    ['email', 'ana'],
    ['email', 'ana@'],
    ['email', 'a b@example.com'],
    ['email', 'a@b@example.com'],
    ['email', `${'a'.repeat(250)}@b.ca`],
    ['openedDate', '2026-02-30'],
    ['openedDate', '2026-02-30T00:00:00Z'],
    ['openedDate', '03/01/2026'],
    ['openedDate', '2026-03-01T'],
    ['openedDate', '2026-03-01 junk'],
    ['openedDate', 20260301],
  ])('refuses %s %j', (field, value) => {
    expect(checkProperty(field, value)).toMatchObject({ ok: false, fault: { code: 'field.invalid', field } })
  })

  it('refuses a date-time whose time does not exist', () => {
    for (const time of ['24:00:01', '25:00:00', '99:99:99', '10:60:00']) {
      expect(checkProperty('openedDate', `2026-03-01T${time}Z`).ok).toBe(false)
    }
  })

  it('takes its own result again unchanged', () => {
    const values = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.constantFrom('7', '-0', -0, '12.5', 'a@b'))
    fc.assert(
      fc.property(fc.constantFrom(...FIELDS), values, (field, value) => {
        const first = checkProperty(field, value)
        if (first.ok) expect(checkProperty(field, first.value)).toEqual(first)
      }),
      { numRuns: 1000 },
    )
  })

  it('reads a quality of minus zero as zero', () => {
    expect(checkProperty('quality', '-0')).toEqual({ ok: true, value: 0 })
    expect(checkProperty('quality', -0)).toEqual({ ok: true, value: 0 })
  })
})
