const LOOK_EVERY_MS = 1_000

/** How a pump stands when it thinks of looking. */
export interface LookWish {
  /** For more messages in memory. */
  readonly hasRoom: boolean
  /** How long news gather before a look. */
  readonly gatherMs: number
}

/** Decides when a pump looks at its queue again. Times are those of performance.now(). */
export class LookClock {
  /** There may be more in the queue than was read; so it is before the first look. */
  isFull = true
  nextDueAt = Number.POSITIVE_INFINITY
  #mustLook = true
  #lookedAt = 0

  /** Something new may be in the queue. */
  hasNews(): void {
    this.#mustLook = true
  }

  /** A failed message was put back, to be tried in so many ms. */
  isDueIn(ms: number): void {
    this.nextDueAt = Math.min(this.nextDueAt, performance.now() + ms)
  }

  looks(): void {
    this.#mustLook = false
    this.#lookedAt = performance.now()
  }

  hasSeen({ isFull, nextDueInMs }: { readonly isFull: boolean; readonly nextDueInMs: number | null }): void {
    this.isFull = isFull
    this.nextDueAt = nextDueInMs === null ? Number.POSITIVE_INFINITY : performance.now() + nextDueInMs
  }

  isTime({ hasRoom, gatherMs }: LookWish): boolean {
    const now = performance.now()
    // However much is in memory: the endpoint may have been edited, disabled or deleted.
    if (now - this.#lookedAt >= LOOK_EVERY_MS) return true
    if (!hasRoom || now - this.#lookedAt < gatherMs) return false
    return this.#mustLook || this.isFull || now >= this.nextDueAt
  }

  /** How long to wait at most before it is to be asked again. */
  waitMs({ hasRoom, gatherMs }: LookWish): number {
    if (!hasRoom) return LOOK_EVERY_MS
    const now = performance.now()
    const gatheredMs = this.#lookedAt + gatherMs - now
    const isWanted = this.#mustLook || this.isFull
    return Math.min(LOOK_EVERY_MS, isWanted ? gatheredMs : Math.max(gatheredMs, this.nextDueAt - now))
  }
}
