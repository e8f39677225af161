import { type EventLoopUtilization, performance } from 'node:perf_hooks'

/** Above this share of its time the process is taken up with requests. */
const BUSY_SHARE = 0.85
/** Changes a second, in the installation, above which a busy process puts writes first. */
const MANY_CHANGES = 800
const SAMPLE_MS = 250
/** Calls that may begin in so many ms: 600 a second in a busy process, 100 while there are many changes, too. */
const WINDOW_MS = 100
const BUSY_CALLS = 60
const PRESSED_CALLS = 10
/** Messages in memory: a look brings a page of them when there are fewer than half. */
const PAGE_ROWS = 100
const BUSY_PAGE_ROWS = 20
/** How long an endpoint's news gather before its queue is looked at. */
const GATHER_MS = 20
const BUSY_GATHER_MS = 150
const PRESSED_GATHER_MS = 400

/**
 * Calls of this process to all endpoints together: so many at once, and fewer a second while the process has requests to
 * answer, so that writes hardly slow down for webhooks.
 */
export class CallSlots {
  readonly #most: number
  readonly #waiting = new Set<() => void>()
  readonly #timer: NodeJS.Timeout
  #loop: EventLoopUtilization = performance.eventLoopUtilization()
  #isBusy = false
  /** Changes a second, as they were lately. */
  #changes = 0
  #changesInSample = 0
  #taken = 0
  #windowAt = 0
  #inWindow = 0

  constructor(most: number) {
    this.#most = most
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS)
    this.#timer.unref()
  }

  /** Rows of a queue that are worth having in memory. */
  get pageRows(): number {
    return this.#isBusy ? BUSY_PAGE_ROWS : PAGE_ROWS
  }

  get gatherMs(): number {
    if (this.#isPressed) return PRESSED_GATHER_MS
    return this.#isBusy ? BUSY_GATHER_MS : GATHER_MS
  }

  get #isPressed(): boolean {
    return this.#isBusy && this.#changes > MANY_CHANGES
  }

  /** Told of changes that the relay of this process has passed on. */
  noteChanges(count: number): void {
    this.#changesInSample += count
  }

  /** False when there is no room; `onRoom` is then told once when there is. */
  take(onRoom: () => void): boolean {
    const now = performance.now()
    if (now - this.#windowAt >= WINDOW_MS) {
      this.#windowAt = now
      this.#inWindow = 0
    }
    if (this.#isBusy && this.#inWindow >= (this.#isPressed ? PRESSED_CALLS : BUSY_CALLS)) {
      setTimeout(onRoom, this.#windowAt + WINDOW_MS - now)
      return false
    }
    if (this.#taken >= this.#most) {
      this.#waiting.add(onRoom)
      return false
    }
    this.#taken += 1
    this.#inWindow += 1
    return true
  }

  /** Gives back what `take` gave. A slot that came to no call does not count as one. */
  give({ isUnused = false } = {}): void {
    this.#taken -= 1
    if (isUnused) this.#inWindow -= 1
    // Two, as one may have ended meanwhile.
    for (const wake of [...this.#waiting].slice(0, 2)) {
      this.#waiting.delete(wake)
      wake()
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #sample(): void {
    const now = performance.eventLoopUtilization()
    this.#isBusy = performance.eventLoopUtilization(now, this.#loop).utilization > BUSY_SHARE
    this.#loop = now
    // Up at once, and down bit by bit.
    const lately = this.#changesInSample * (1000 / SAMPLE_MS)
    this.#changes = Math.max(lately, this.#changes + (lately - this.#changes) / 4)
    this.#changesInSample = 0
  }
}
