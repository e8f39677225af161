import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readInstant } from './instant.ts'

describe('readInstant', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T12:30Z', '2026-03-01T12:30:00.000Z'],
    ['2026-03-01t12:30:05z', '2026-03-01T12:30:05.000Z'],
    ['2026-03-01T12:30:05.1239Z', '2026-03-01T12:30:05.123Z'],
    ['2026-03-01T00:30:00+02:00', '2026-02-28T22:30:00.000Z'],
    ['2026-03-01T00:30:00 02:00', '2026-02-28T22:30:00.000Z'],
    ['2026-02-28T20:30:00-05:30', '2026-03-01T02:00:00.000Z'],
  ])('reads %s as %s', (text, instant) => expect(readInstant(text)).toBe(instant))

  it.each([
    '',
    'yesterday',
    '2026-02-30',
    '2026-02-30T10:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T23:60:00Z',
    '2026-03-01T23:59:60Z',
    '2026-03-01T10:00:00',
    '2026-03-01T10:00:00+24:00',
    '2026-03-01T10:00:00Z ',
    '01/03/2026',
    '1772323200',
  ])('refuses %j', (text) => expect(readInstant(text)).toBeNull())

  it('agrees with the platform on every instant that it prints', () => {
    const instants = fc.date({ min: new Date('1900-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
    fc.assert(
      fc.property(instants, (date) => {
        expect(readInstant(date.toISOString())).toBe(date.toISOString())
      }),
    )
  })
})
