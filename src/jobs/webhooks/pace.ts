/** How far behind its time a call may go out, so that a timer that rings late loses nothing. */
const CATCH_UP_MS = 20

/** Keeps calls apart, so that there are no more than so many a second. */
export class Pace {
  #nextAtMs = 0

  /** How long to wait before the next call; 0: none. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#nextAtMs - nowMs)
  }

  /** Notes a call; null is no limit. */
  note(nowMs: number, perSecond: number | null): void {
    if (perSecond !== null) this.#nextAtMs = Math.max(this.#nextAtMs, nowMs - CATCH_UP_MS) + 1000 / perSecond
  }

  /** Lets no call go out for a while. */
  pause(untilMs: number): void {
    this.#nextAtMs = Math.max(this.#nextAtMs, untilMs)
  }
}

/** Wakes who waits. */
export class Bell {
  #ring: (() => void) | null = null
  #isRung = false

  ring(): void {
    this.#isRung = true
    this.#ring?.()
  }

  /** Resolves when it is rung, at once when it was since the last wait, and after so long in any case. */
  async wait(ms: number): Promise<void> {
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#ring = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#ring = null
    this.#isRung = false
  }
}

/** Calls under way in this process, to all endpoints together. */
export class CallSlots {
  readonly #most: number
  readonly #waiting = new Set<() => void>()
  #taken = 0

  constructor(most: number) {
    this.#most = most
  }

  /** False when there is no room; `onRoom` is then told once when there is. */
  take(onRoom: () => void): boolean {
    if (this.#taken >= this.#most) {
      this.#waiting.add(onRoom)
      return false
    }
    this.#taken += 1
    return true
  }

  give(): void {
    this.#taken -= 1
    // Two, as one may have ended meanwhile.
    for (const wake of [...this.#waiting].slice(0, 2)) {
      this.#waiting.delete(wake)
      wake()
    }
  }
}
