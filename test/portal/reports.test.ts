import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvName, toCsv } from '../../portal/pages/reports/csv.ts'
import { PRESETS, periodOf, presetPeriod, readSearch, shiftDays, todayIn } from '../../portal/pages/reports/period.ts'
import { winRate } from '../../portal/pages/reports/rates.ts'
import { niceTicks } from '../../portal/pages/reports/ticks.ts'

describe('period', () => {
  it.each([
    ['this-month', '2026-03-01', '2026-03-15'],
    ['last-month', '2026-02-01', '2026-02-28'],
    ['last-90-days', '2025-12-16', '2026-03-15'],
    ['last-12-months', '2025-04-01', '2026-03-15'],
    ['this-year', '2026-01-01', '2026-03-15'],
    ['last-year', '2025-01-01', '2025-12-31'],
  ] as const)('%s, seen from the 15th of March', (preset, from, to) => {
    expect(presetPeriod(preset, '2026-03-15')).toEqual({ from, to })
  })

  it('last month of January is December of the year before', () => {
    expect(presetPeriod('last-month', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  })

  it('every preset is a period that does not end before it begins', () => {
    const days = fc.integer({ min: 0, max: 20_000 }).map((count) => shiftDays('1999-12-31', count))
    fc.assert(
      fc.property(days, fc.constantFrom(...PRESETS), (today, { value }) => {
        const { from, to } = presetPeriod(value, today)
        expect(from <= to && to <= today).toBe(true)
      }),
    )
  })

  it('today is that of the time zone', () => {
    const night = new Date('2026-03-15T02:00:00Z')
    expect(todayIn('America/Toronto', night)).toBe('2026-03-14')
    expect(todayIn('Pacific/Auckland', night)).toBe('2026-03-15')
    expect(todayIn('No/Where', night)).toMatch(/^2026-03-1[45]$/)
  })
})

describe('address of a report', () => {
  it('takes two days in either order', () => {
    const search = readSearch({ from: '2026-03-31', to: '2026-01-01', assignee: 'me' })
    expect(search).toEqual({ from: '2026-01-01', to: '2026-03-31', assignee: 'me' })
    expect(periodOf(search, '2026-05-05')).toEqual({ from: '2026-01-01', to: '2026-03-31' })
  })

  it.each([
    [{}],
    [{ period: 'whenever' }],
    [{ from: '2026-02-30', to: '2026-03-01' }],
    [{ from: '2026-03-01' }],
    [{ from: ['2026-03-01', '2026-03-02'], to: '2026-03-03' }],
    [{ assignee: 'DROP TABLE' }],
    [{ assignee: '-1' }],
  ])('leaves what it does not understand: %j', (raw) => {
    expect(readSearch(raw)).toEqual({})
  })
})

describe('CSV', () => {
  it('quotes what needs quotes, and ends lines as the standard says', () => {
    const text = toCsv(
      ['Name', 'Amount (CAD)'],
      [
        ['Deck, "big"', 1500.5],
        ['Two\nlines', null],
      ],
    )
    expect(text).toBe('\uFEFFName,Amount (CAD)\r\n"Deck, ""big""",1500.5\r\n"Two\nlines",\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '＝1', '=HYPERLINK("http://example.com")'])(
    'makes a formula a text: %s',
    (formula) => {
      const cell = toCsv(['Category'], [[formula]]).split('\r\n')[1] ?? ''
      expect(cell.replace(/^"/, '').startsWith("'")).toBe(true)
    },
  )

  it('leaves negative numbers alone', () => {
    expect(toCsv(['Change'], [[-5]])).toContain('\r\n-5\r\n')
  })

  it('names the file by words and days', () => {
    expect(csvName('Cost of loss by category', '2026-01-01', '2026-03-31')).toBe(
      'leadwright-cost-of-loss-by-category-2026-01-01-to-2026-03-31.csv',
    )
  })
})

describe('figures', () => {
  it('does not speak of a rate below five closed leads', () => {
    expect(winRate({ won: 1, lost: 0 })).toEqual({ closed: 1, won: 1, rate: 1, telling: false })
    expect(winRate({ won: 3, lost: 2 })).toEqual({ closed: 5, won: 3, rate: 0.6, telling: true })
    expect(winRate({ won: 0, lost: 0 }).rate).toBeNull()
  })

  it.each([
    [212, true, [0, 50, 100, 150, 200, 250]],
    [3, true, [0, 1, 2, 3]],
    [1, false, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, true, [0, 1]],
    [189_100, false, [0, 50_000, 100_000, 150_000, 200_000]],
  ])('draws round steps up to %d', (max, whole, ticks) => {
    expect(niceTicks(max, 5, whole)).toEqual(ticks)
  })

  it('steps reach the largest value, evenly, with whole ones for counts', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), fc.boolean(), (max, whole) => {
        const ticks = niceTicks(max, 5, whole)
        expect(ticks[0]).toBe(0)
        expect(ticks.at(-1) ?? 0).toBeGreaterThanOrEqual(max * (1 - 1e-8))
        expect(ticks.length).toBeLessThanOrEqual(7)
        if (whole) expect(ticks.every(Number.isInteger)).toBe(true)
      }),
    )
  })
})
