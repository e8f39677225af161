import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addHours, isCalendarDate, midnightUtc, toSeconds } from './calendar.ts'

const pad = (value: number, width: number) => String(value).padStart(width, '0')

/** A day exists when Date, given its parts, gives the same parts back instead of rolling over. */
function dateKnows(year: number, month: number, day: number): boolean {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

describe('isCalendarDate', () => {
  it.each(['1900-01-01', '2024-02-29', '2000-02-29', '2026-12-31', '9999-12-31'])('takes %s', (text) => {
    expect(isCalendarDate(text)).toBe(true)
  })

  it.each([
    '',
    '1899-12-31',
    '0000-01-01',
    '10000-01-01',
    '2026-02-29',
    '2026-02-30',
    '1900-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-01-00',
    '2026-1-1',
    '26-01-01',
    '2026/01/01',
    '15/03/2026',
    '2026-01-01T00:00:00Z',
    '2026-01-01Z',
    ' 2026-01-01',
    '2026-01-01 ',
    '2026-01-01\n',
    '+2026-01-01',
    '-2026-01-01',
    '２０２６-01-01',
    '٢٠٢٦-01-01',
  ])('refuses %j', (text) => {
    expect(isCalendarDate(text)).toBe(false)
  })

  it('agrees with Date on every combination of year from 1900, month and day', () => {
    const part = fc.tuple(fc.integer({ min: 1900, max: 9999 }), fc.integer({ min: 0, max: 14 }), fc.nat({ max: 33 }))
    fc.assert(
      fc.property(part, ([year, month, day]) => {
        const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
        expect(isCalendarDate(text)).toBe(dateKnows(year, month, day))
      }),
      { numRuns: 2000 },
    )
  })

  it('takes every day that Date prints from 1900 to 9999', () => {
    const [min, max] = [new Date('1900-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59Z')]
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        expect(isCalendarDate(date.toISOString().slice(0, 10))).toBe(true)
      }),
    )
  })
})

describe('addHours', () => {
  it('moves across days, months and leap days', () => {
    expect(addHours('2024-02-28T23:30:00.000Z', 24)).toBe('2024-02-29T23:30:00.000Z')
    expect(addHours('2026-12-31T23:00:00Z', 1)).toBe('2027-01-01T00:00:00.000Z')
    expect(addHours('2026-03-01T00:00:00.250Z', -1)).toBe('2026-02-28T23:00:00.250Z')
  })
})

describe('the instants of the wire', () => {
  it('gives midnight UTC with seconds for a date', () => {
    expect(midnightUtc('2026-03-01')).toBe('2026-03-01T00:00:00Z')
  })

  it('cuts an instant to whole seconds, never up', () => {
    expect(toSeconds('2026-03-01T09:59:59.999Z')).toBe('2026-03-01T09:59:59Z')
    expect(toSeconds('2026-03-01T09:59:59Z')).toBe('2026-03-01T09:59:59Z')
  })
})
