import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeadCard } from '../../portal/api/types.ts'
import {
  deepPagesWith,
  EMPTY_LIST,
  type ListAnswer,
  type ListState,
  rowsOf,
  withHead,
  withLeadOnTop,
  withNext,
  withoutLead,
  withPage,
  withPagesLetGo,
} from '../../portal/lead/paged-list/list-state.ts'

const SIZE = 5

/** A server's list of leads; a cursor is the id that the page before ended with. */
class Served {
  ids: number[]
  #next: number

  constructor(count: number) {
    this.ids = Array.from({ length: count }, (_, place) => count - place)
    this.#next = count + 1
  }

  page(cursor: string | null, size = SIZE): ListAnswer {
    // As a keyset does: from behind the last one seen, whether it is still there or not.
    const rest = cursor === null ? this.ids : this.ids.filter((id) => id < Number(cursor))
    const leads = rest.slice(0, size).map(cardOf)
    const nextCursor = rest.length > size ? String(leads.at(-1)?.id) : null
    return { leads, nextCursor, count: this.ids.length, countIsExact: true, amount: null }
  }

  /** New leads come in front. */
  add(count: number): void {
    for (let left = count; left > 0; left--) this.ids.unshift(this.#next++)
  }

  remove(id: number): void {
    this.ids = this.ids.filter((other) => other !== id)
  }
}

function cardOf(id: number): LeadCard {
  return { id, name: `Lead ${id}` } as LeadCard
}

function opened(served: Served, pages: number): ListState {
  let list = withHead(EMPTY_LIST, served.page(null))
  for (let page = 1; page < pages && list.nextCursor !== null; page++) {
    list = withNext(list, list.nextCursor, served.page(list.nextCursor))
  }
  return list
}

function idsOf(list: ListState): number[] {
  return rowsOf(list).map(({ id }) => id)
}

/** Everything that is left to load. */
function toTheEnd(list: ListState, served: Served): ListState {
  let whole = list
  while (whole.nextCursor !== null) whole = withNext(whole, whole.nextCursor, served.page(whole.nextCursor))
  return whole
}

describe('a list in pages', () => {
  it('shows the first page, then each next one once', () => {
    const served = new Served(12)
    const list = opened(served, 2)
    expect(idsOf(list)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    const again = withNext(list, '8', served.page('8'))
    expect(idsOf(again)).toEqual(idsOf(list))
  })

  it('keeps what new leads push out of the first page', () => {
    const served = new Served(12)
    const list = opened(served, 2)
    served.add(2)
    const fresh = withHead(list, served.page(null))
    expect(idsOf(fresh)).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
    expect([fresh.count, fresh.nextCursor]).toEqual([14, '3'])
  })

  it('begins anew when more came than a page holds', () => {
    const served = new Served(12)
    const list = opened(served, 2)
    served.add(SIZE + 1)
    const fresh = withHead(list, served.page(null))
    expect(idsOf(fresh)).toEqual([18, 17, 16, 15, 14])
    expect(idsOf(toTheEnd(fresh, served))).toEqual(served.ids)
  })

  it('shows a lead once that is on two pages for a moment', () => {
    const served = new Served(12)
    const list = opened(served, 2)
    served.remove(11)
    const fresh = withHead(withoutLead(list, 11), served.page(null))
    expect(idsOf(fresh)).toEqual([12, 10, 9, 8, 7, 6, 5, 4, 3])
  })

  it('lets the cards of far pages go and takes them back', () => {
    const served = new Served(30)
    const list = opened(served, 6)
    const thin = withPagesLetGo(list, 4, 5)
    expect(idsOf(thin)).toEqual(idsOf(list))
    expect(rowsOf(thin).filter(({ card }) => card === null)).toHaveLength(3 * SIZE)
    expect(withPagesLetGo(thin, 4, 5)).toBe(thin)
    const cursor = thin.pages[1]?.cursor ?? ''
    const back = withPage(thin, cursor, served.page(cursor))
    expect(rowsOf(back).filter(({ card }) => card === null)).toHaveLength(2 * SIZE)
    expect(deepPagesWith(back, 25)).toEqual([cursor])
  })

  it('puts a moved lead on top, wherever it was', () => {
    const list = opened(new Served(12), 2)
    expect(idsOf(withLeadOnTop(list, cardOf(4)))).toEqual([4, 12, 11, 10, 9, 8, 7, 6, 5, 3])
  })

  it('comes to the server’s list in the end, whatever happens meanwhile', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), n: fc.integer({ min: 1, max: 8 }) }),
      fc.record({ kind: fc.constant('remove' as const), n: fc.nat(40) }),
      fc.record({ kind: fc.constant('more' as const), n: fc.constant(0) }),
    )
    fc.assert(
      fc.property(fc.nat(30), fc.array(step, { maxLength: 12 }), (count, steps) => {
        const served = new Served(count)
        let list = opened(served, 2)
        for (const { kind, n } of steps) {
          if (kind === 'add') served.add(n)
          if (kind === 'remove') {
            served.remove(n)
            list = withoutLead(list, n)
          }
          if (kind === 'more' && list.nextCursor !== null) {
            list = withNext(list, list.nextCursor, served.page(list.nextCursor))
          }
          list = withHead(list, served.page(null))
        }
        expect(idsOf(toTheEnd(list, served))).toEqual(served.ids)
      }),
      { numRuns: 300 },
    )
  })
})
