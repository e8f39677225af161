import type { LeadCard } from '../../api/types.ts'
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
  withTotalsMoved,
} from './list-state.ts'

export const PAGE_SIZE = 40
const PAGE_SIZE_MAX = 100
/** However fast leads change, the first page is asked for again at most this often. */
const REFRESH_MS = 300
/** Pages kept on either side of what is seen. */
const PAGES_AROUND = 4
/** More than a refreshed first page had, for what came in meanwhile. */
const HEAD_MARGIN = 20
/** The first page's name among the requests: it has no cursor. */
const HEAD = ''

export interface PageWish {
  readonly cursor: string | null
  readonly limit: number
  readonly signal: AbortSignal
}

type Change = (list: ListState) => ListState

/** A list of any length: the cards near what is seen are held, the others are fetched when they come near. */
export class LeadList {
  readonly #fetchPage: (wish: PageWish) => Promise<ListAnswer>
  readonly #listeners = new Set<() => void>()
  readonly #running = new Set<string>()
  /** Pages that were asked for once more while their answer, which may be too old, was on its way. */
  readonly #overdue = new Set<string>()
  #state = EMPTY_LIST
  #abort = new AbortController()
  #timer: number | undefined
  #refreshedAt = 0

  constructor(fetchPage: (wish: PageWish) => Promise<ListAnswer>) {
    this.#fetchPage = fetchPage
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What is there now; the same object until something changes. */
  readonly state = (): ListState => this.#state

  /** From now on answers count; what a stopped list had asked for does not. */
  start(): void {
    this.#abort = new AbortController()
    this.#running.clear()
    this.#overdue.clear()
  }

  stop(): void {
    this.#abort.abort()
    window.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  change(next: Change): void {
    const changed = next(this.#state)
    if (changed === this.#state) return
    this.#state = changed
    for (const listener of this.#listeners) listener()
  }

  take(answer: ListAnswer): void {
    this.change((list) => withHead(list, answer))
  }

  fail(error: unknown): void {
    this.change((list) => (list.pages.length > 0 ? list : { ...list, phase: 'failed', error }))
  }

  loadHead(): Promise<void> {
    const known = this.#state.pages[0]?.ids.length ?? 0
    const limit = known <= PAGE_SIZE - HEAD_MARGIN ? PAGE_SIZE : Math.min(PAGE_SIZE_MAX, known + HEAD_MARGIN)
    return this.#run(null, limit, (answer) => (list) => withHead(list, answer))
  }

  retry(): void {
    this.change((list) => ({ ...list, phase: 'loading' }))
    void this.loadHead()
  }

  loadMore(): void {
    const cursor = this.#state.nextCursor
    if (cursor !== null) void this.#run(cursor, PAGE_SIZE, (answer) => (list) => withNext(list, cursor, answer))
  }

  /** Says which pages are seen: those that were let go come back, far ones go. */
  show(from: number, to: number): void {
    this.change((list) => withPagesLetGo(list, from - PAGES_AROUND, to + PAGES_AROUND))
    for (const { cursor, cards } of this.#state.pages.slice(from, to + 1)) {
      if (cards === null && cursor !== null) this.#reload(cursor)
    }
  }

  remove(id: number): void {
    this.change((list) => withoutLead(list, id))
  }

  /** Takes a lead out or in before the server has said so, with the totals. */
  leave(card: LeadCard): void {
    this.change((list) => withTotalsMoved(withoutLead(list, card.id), -1, card.amount))
  }

  enter(card: LeadCard): void {
    this.change((list) => withTotalsMoved(withLeadOnTop(list, card), 1, card.amount))
  }

  /** Asks for the first page and the totals: at once when the last time is long ago, else when it is. */
  refresh(): void {
    if (this.#timer !== undefined) return
    const ask = () => {
      this.#timer = undefined
      this.#refreshedAt = Date.now()
      if (this.#running.has(HEAD)) this.#overdue.add(HEAD)
      else void this.loadHead()
    }
    this.#timer = window.setTimeout(ask, Math.max(0, this.#refreshedAt + REFRESH_MS - Date.now()))
  }

  /** Asks again for the pages, besides the first, that show a lead. */
  reloadPagesOf(id: number): void {
    for (const cursor of deepPagesWith(this.#state, id)) this.#renew(cursor)
  }

  /** After a time without live events everything that is held may be old; the first page is left to the caller. */
  reloadDeepPages(): void {
    for (const { cursor, ids, cards } of this.#state.pages) {
      if (cursor !== null && cards !== null) this.#renew(cursor)
      else if (ids.length > PAGE_SIZE) this.refresh()
    }
  }

  /** As #reload, for a page whose leads have changed. */
  #renew(cursor: string): void {
    if (this.#running.has(cursor)) this.#overdue.add(cursor)
    else this.#reload(cursor)
  }

  #reload(cursor: string): void {
    void this.#run(cursor, PAGE_SIZE, (answer) => (list) => withPage(list, cursor, answer))
  }

  /** One request for a page at a time; a failure shows only where there is nothing else to show. */
  async #run(cursor: string | null, limit: number, into: (answer: ListAnswer) => Change): Promise<void> {
    const name = cursor ?? HEAD
    if (this.#running.has(name)) return
    this.#running.add(name)
    const { signal } = this.#abort
    try {
      const answer = await this.#fetchPage({ cursor, limit, signal })
      if (signal.aborted) return
      this.change(into(answer))
      // What fits may be thinly spread: a page can come empty, and the next one go on looking.
      if (rowsOf(this.#state).length === 0) this.loadMore()
    } catch (error) {
      if (!signal.aborted) this.fail(error)
    } finally {
      if (!signal.aborted) this.#finish(cursor)
    }
  }

  #finish(cursor: string | null): void {
    const name = cursor ?? HEAD
    this.#running.delete(name)
    if (!this.#overdue.delete(name)) return
    if (cursor === null) this.refresh()
    else this.#reload(cursor)
  }
}
