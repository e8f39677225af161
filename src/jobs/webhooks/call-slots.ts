import { type EventLoopUtilization, performance } from 'node:perf_hooks'

/** Above this share of its time the process is taken up with requests, which come first. */
const BUSY_SHARE = 0.85
const SAMPLE_MS = 250
/** Calls that may begin in so many ms while the process is busy: 500 a second. What waits is sent when it is not. */
const WINDOW_MS = 100
const BUSY_CALLS = 50
/** How long an endpoint's news gather before its queue is looked at. */
const GATHER_MS = 20
const BUSY_GATHER_MS = 400

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
  #taken = 0
  #windowAt = 0
  #inWindow = 0

  constructor(most: number) {
    this.#most = most
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS)
    this.#timer.unref()
  }

  get gatherMs(): number {
    return this.#isBusy ? BUSY_GATHER_MS : GATHER_MS
  }

  /** False when there is no room; `onRoom` is then told once when there is. */
  take(onRoom: () => void): boolean {
    const now = performance.now()
    if (now - this.#windowAt >= WINDOW_MS) {
      this.#windowAt = now
      this.#inWindow = 0
    }
    if (this.#isBusy && this.#inWindow >= BUSY_CALLS) {
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
  }
}
