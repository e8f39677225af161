/** How far behind its time a call may go out, so that a timer that rings late loses nothing. */
const CATCH_UP_MS = 20

/** Keeps calls apart, so that there are no more than so many a second. Times are those of performance.now(). */
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
