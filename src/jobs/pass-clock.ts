/** Pause between passes while this process writes: changes gather, and a busy server makes ten passes a second. */
const BUSY_GAP_MS = 100
/** The same while a reader waits for a pass. */
const AWAITED_GAP_MS = 15
/** How soon what another process or a command has written is found. */
const POLL_MS = 500

/** Decides when the next pass begins. */
export class PassClock {
  #endedAt = Number.NEGATIVE_INFINITY
  #wish: 'poll' | 'work' | 'awaited' = 'poll'
  #sleeping: { readonly end: () => void; timer: NodeJS.Timeout; readonly notBefore: number } | null = null

  /** Something waits to be told. */
  hasWork(): void {
    if (this.#wish === 'poll') this.#raise('work')
  }

  /** Somebody waits for what waits to be told. */
  isAwaited(): void {
    if (this.#wish !== 'awaited') this.#raise('awaited')
  }

  /** Ends the sleep, whatever for. */
  wake(): void {
    this.#sleeping?.end()
  }

  /** Sleeps until the next pass is due, and not less than so long. */
  async untilNext(leastMs: number): Promise<void> {
    this.#endedAt = performance.now()
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(this.#sleeping?.timer)
        this.#sleeping = null
        resolve()
      }
      const notBefore = this.#endedAt + leastMs
      this.#sleeping = { end, timer: setTimeout(end, this.#waitMs(notBefore)), notBefore }
    })
    this.#wish = 'poll'
  }

  #raise(wish: 'work' | 'awaited'): void {
    this.#wish = wish
    if (this.#sleeping === null) return
    clearTimeout(this.#sleeping.timer)
    this.#sleeping.timer = setTimeout(this.#sleeping.end, this.#waitMs(this.#sleeping.notBefore))
  }

  #waitMs(notBefore: number): number {
    const gap = { poll: POLL_MS, work: BUSY_GAP_MS, awaited: AWAITED_GAP_MS }[this.#wish]
    return Math.max(0, Math.max(notBefore, this.#endedAt + gap) - performance.now())
  }
}
