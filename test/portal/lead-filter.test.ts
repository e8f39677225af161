import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countFilters, fromQuery, readFilter, toQuery, toWords } from '../../portal/pages/leads/lead-filter.ts'

describe('the filter of the leads in the address', () => {
  it('takes what it understands and leaves the rest', () => {
    const words = {
      q: 'smith',
      boardStage: ['New', 'Nowhere', 'Estimate'],
      status: 'QUOTE_SENT',
      source: 'carrier-pigeon',
      assignee: "me' OR 1=1",
      requiresAction: 'yes',
      createdFrom: '2026-02-01',
      createdTo: 'soon',
      sort: 'sideways',
      utm_source: 'mail',
    }
    expect(readFilter(words)).toEqual({
      q: 'smith',
      boardStage: ['New', 'Estimate'],
      status: ['QUOTE_SENT'],
      createdFrom: '2026-02-01',
    })
  })

  it('leaves out what means nothing', () => {
    expect(readFilter({ q: '  ', sort: 'newest', deleted: 'false' })).toEqual({})
    expect(readFilter({ deleted: 'true', boardStage: 'New' })).toEqual({ deleted: true })
  })

  it.each(['constructor', 'toString', '__proto__'])('is not fooled by %s', (word) => {
    expect(readFilter({ boardStage: word, status: word, source: word, sort: word })).toEqual({})
  })

  it('comes back from an address and from a saved view as it was', () => {
    const filter = fc.record(
      {
        q: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
        boardStage: fc.uniqueArray(fc.constantFrom('New' as const, 'On hold' as const, 'Won' as const), {
          minLength: 1,
        }),
        category: fc.uniqueArray(fc.constantFrom('Roofing', 'Doors, windows', 'a=b&c'), { minLength: 1 }),
        assignee: fc.constantFrom('me', 'none', '42'),
        requiresAction: fc.constant(true),
        createdFrom: fc.constantFrom('2026-01-31', '2024-02-29'),
        sort: fc.constantFrom('name' as const, 'next-action' as const),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(filter, (some) => {
        expect(readFilter(toWords(some))).toEqual(some)
        expect(fromQuery(toQuery(some))).toEqual(some)
      }),
    )
  })

  it('counts what narrows the list down', () => {
    expect(countFilters({ sort: 'name', deleted: true })).toBe(0)
    expect(countFilters({ q: 'x', boardStage: ['New', 'Won'], sort: 'name' })).toBe(2)
  })
})
