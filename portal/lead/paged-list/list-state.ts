import type { LeadCard } from '../../api/types.ts'

/**
 * One answer of the server about a list: the cards from a cursor on, with the list's whole count and sum. Those of the
 * first page count: they are the newest.
 */
export interface ListAnswer {
  readonly leads: readonly LeadCard[]
  readonly nextCursor: string | null
  readonly count: number
  readonly countIsExact: boolean
  /** Null where the server does not add up, as with a search that finds thousands. */
  readonly amount: string | null
}

/** Ids stay for as long as the list is shown; the cards of far pages are let go and fetched again on the way back. */
export interface Page {
  readonly cursor: string | null
  readonly ids: readonly number[]
  readonly cards: ReadonlyMap<number, LeadCard> | null
}

export interface ListState {
  readonly pages: readonly Page[]
  readonly nextCursor: string | null
  readonly count: number
  readonly countIsExact: boolean
  readonly amount: string | null
  readonly phase: 'loading' | 'ready' | 'failed'
  /** Why there is nothing to show. */
  readonly error: unknown
}

export const EMPTY_LIST: ListState = {
  pages: [],
  nextCursor: null,
  count: 0,
  countIsExact: true,
  amount: null,
  phase: 'loading',
  error: null,
}

/**
 * Takes the newest first page in. Cards that new ones pushed out of it stay in front of the second page, so that
 * nothing is lost between the two; what is then in both is shown once, see rowsOf. When so much is new that old and new
 * do not meet any more, the list begins anew.
 */
export function withHead(list: ListState, answer: ListAnswer): ListState {
  const fresh = pageOf(null, answer.leads)
  const [head, ...deeper] = list.pages
  const meeting = head === undefined ? -1 : head.ids.findLastIndex((id) => fresh.cards.has(id))
  if (head === undefined || meeting < 0 || answer.nextCursor === null) {
    return { ...list, ...totalsOf(answer), pages: [fresh], nextCursor: answer.nextCursor }
  }
  const pushedOut = cardsOf(head).slice(meeting + 1)
  const isBoundaryKept = deeper.length > 0 || pushedOut.length > 0
  return {
    ...list,
    ...totalsOf(answer),
    pages: [pageOf(null, [...answer.leads, ...pushedOut]), ...deeper],
    nextCursor: isBoundaryKept ? list.nextCursor : answer.nextCursor,
  }
}

/** Appends the page that begins at the list's next cursor. */
export function withNext(list: ListState, cursor: string, answer: ListAnswer): ListState {
  if (list.nextCursor !== cursor) return list
  return { ...list, pages: [...list.pages, pageOf(cursor, answer.leads)], nextCursor: answer.nextCursor }
}

/** Puts an answer in the place of a page that was let go or has changed. */
export function withPage(list: ListState, cursor: string, answer: ListAnswer): ListState {
  const pages = list.pages.map((page) => (page.cursor === cursor ? pageOf(cursor, answer.leads) : page))
  return { ...list, pages }
}

export function withoutLead(list: ListState, id: number): ListState {
  if (!list.pages.some((page) => page.ids.includes(id))) return list
  return { ...list, pages: list.pages.map((page) => pageWithout(page, id)) }
}

export function withLeadOnTop(list: ListState, card: LeadCard): ListState {
  const [head, ...deeper] = withoutLead(list, card.id).pages
  const cards = head === undefined ? [] : cardsOf(head)
  return { ...list, pages: [pageOf(null, [card, ...cards]), ...deeper] }
}

/** Moves the totals by one lead, until the server says the true ones. */
export function withTotalsMoved(list: ListState, by: 1 | -1, amount: string | null): ListState {
  const sum = list.amount === null ? null : Number(list.amount) + by * Number(amount ?? 0)
  return {
    ...list,
    count: Math.max(0, list.count + by),
    amount: sum === null ? null : Math.max(0, sum).toFixed(2),
  }
}

/** Lets the cards of all pages go but those from one index to another; the first page always stays. */
export function withPagesLetGo(list: ListState, from: number, to: number): ListState {
  const isKept = (index: number) => index === 0 || (index >= from && index <= to)
  if (list.pages.every((page, index) => page.cards === null || isKept(index))) return list
  return {
    ...list,
    pages: list.pages.map((page, index) => (isKept(index) ? page : { ...page, cards: null })),
  }
}

/** A place in the list: which lead, and on which page; the card is null while its page is not there. */
export interface Row {
  readonly id: number
  readonly page: number
  readonly card: LeadCard | null
}

const rowsByPages = new WeakMap<readonly Page[], readonly Row[]>()

/** The list from top to bottom, each lead once. */
export function rowsOf({ pages }: ListState): readonly Row[] {
  const known = rowsByPages.get(pages)
  if (known !== undefined) return known
  const seen = new Set<number>()
  const rows: Row[] = []
  for (const [index, { ids, cards }] of pages.entries()) {
    for (const id of ids) {
      if (seen.has(id)) continue
      seen.add(id)
      rows.push({ id, page: index, card: cards?.get(id) ?? null })
    }
  }
  rowsByPages.set(pages, rows)
  return rows
}

/** Puts a newer card in the place of the old one. */
export function withCard(list: ListState, card: LeadCard): ListState {
  const pages = list.pages.map((page) =>
    page.cards?.has(card.id) ? { ...page, cards: new Map(page.cards).set(card.id, card) } : page,
  )
  return { ...list, pages }
}

/** The cursors of the loaded pages after the first one that show a lead. */
export function deepPagesWith(list: ListState, id: number): string[] {
  return list.pages.flatMap(({ cursor, cards }) => (cursor !== null && cards?.has(id) ? [cursor] : []))
}

function pageOf(cursor: string | null, leads: readonly LeadCard[]) {
  return { cursor, ids: leads.map(({ id }) => id), cards: new Map(leads.map((card) => [card.id, card])) }
}

function pageWithout(page: Page, id: number): Page {
  if (!page.ids.includes(id)) return page
  const cards = page.cards === null ? null : new Map([...page.cards].filter(([key]) => key !== id))
  return { ...page, ids: page.ids.filter((key) => key !== id), cards }
}

function cardsOf(page: Page): LeadCard[] {
  return page.cards === null ? [] : page.ids.flatMap((id) => page.cards?.get(id) ?? [])
}

function totalsOf({ count, countIsExact, amount }: ListAnswer) {
  return { count, countIsExact, amount, phase: 'ready' as const, error: null }
}
