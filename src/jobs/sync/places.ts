/** How many accounts run at once in a process: each mostly waits for its upstream. */
const PLACES = 24
/** Of those, how many at most are for accounts whose last run was slow. */
const SLOW_PLACES = 12
/** Well below the silence that ends a call, so that an account whose calls end so is one of them. */
const SLOW_MS = 5000

/** Accounts that may begin now: `limit` of them at most, none of `except`; of `among` only, unless that is null. */
export interface Opening {
  readonly limit: number
  readonly except: readonly number[]
  readonly among: readonly number[] | null
}

/**
 * The places in which accounts run. Those that took long the last time have some of them to themselves: however many
 * wait for upstreams that hardly answer, there is room for the others.
 */
export class Places {
  readonly #slow = new Set<number>()

  /** For accounts that are not known to be slow. */
  forQuick(running: readonly number[]): Opening {
    return { limit: PLACES - running.length, except: [...running, ...this.#slow], among: null }
  }

  /** For those that are. */
  forSlow(running: readonly number[]): Opening {
    const isSlow = (id: number) => this.#slow.has(id)
    const limit = Math.min(PLACES - running.length, SLOW_PLACES - running.filter(isSlow).length)
    return { limit, except: running, among: [...this.#slow] }
  }

  /** Remembers how long an account's run took. */
  note(id: number, ms: number): void {
    if (ms > SLOW_MS) this.#slow.add(id)
    else this.#slow.delete(id)
  }
}
