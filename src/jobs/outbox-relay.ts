import type { Feed } from '../app/feed.ts'
import { makeLiveHub } from '../app/live/live-hub.ts'
import type { Connection } from '../store/database.ts'
import { sqlStateOf } from '../store/faults.ts'
import { LiveListener } from '../store/pipeline/live-listener.ts'
import { RelayConnection } from '../store/pipeline/relay-connection.ts'
import { Outstanding } from './outstanding.ts'
import { PassClock } from './pass-clock.ts'

export interface RelayOptions {
  readonly connection: Connection
  readonly log: (level: 'warn' | 'error', message: string, fields: Record<string, unknown>) => void
}

export interface OutboxRelay {
  readonly feed: Feed
  start(): Promise<void>
  /** Ends the pass that runs and lets the connections go; what is left is the next start's. */
  stop(): Promise<void>
}

const RETRY_MIN_MS = 250
const RETRY_MAX_MS = 5_000
/** A fault that lasts is told again, as nothing else would tell that lists and webhooks stand still. */
const TELL_AGAIN_MS = 60_000
/**
 * Dead rows pile up in front of the live ones while an old snapshot (a backup, say) keeps them from the vacuum. A pass
 * begins this many ids below the highest that it has seen; now and then one begins at the first, for a row whose
 * transaction took very long.
 */
const FLOOR_DISTANCE = 50_000
const SWEEP_EVERY_MS = 10_000

/**
 * Brings lists, totals and listeners up to the outbox. Every server runs one; a lock of the store lets one pass run at
 * a time, and whoever has written makes the next.
 */
export function makeOutboxRelay({ connection, log }: RelayOptions): OutboxRelay {
  const hub = makeLiveHub()
  const listener = new LiveListener({
    connection,
    onAnnouncement: hub.publish,
    onGap: hub.missed,
    log: (message, fields) => log('warn', message, fields),
  })
  const relay = new Relay(new RelayConnection(connection), log)
  return {
    feed: {
      noted: (companyId) => relay.noted(companyId),
      settled: (companyId) => relay.settled(companyId),
      subscribe: hub.subscribe,
      observe: hub.observe,
      place: hub.place,
      passes: { observe: (observer) => relay.observers.push(observer) },
    },
    async start() {
      relay.start()
      await listener.start()
    },
    async stop() {
      await Promise.all([relay.stop(), listener.close()])
    },
  }
}

type Observer = (pass: { readonly rows: number; readonly seconds: number }) => void

class Relay {
  readonly observers: Observer[] = []
  readonly #store: RelayConnection
  readonly #log: RelayOptions['log']
  readonly #outstanding = new Outstanding()
  readonly #clock = new PassClock()
  #running: Promise<void> = Promise.resolve()
  #stopped = false
  #highestId = 0
  #sweptAt = Number.NEGATIVE_INFINITY
  #retryMs = 0
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(store: RelayConnection, log: RelayOptions['log']) {
    this.#store = store
    this.#log = log
  }

  start(): void {
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#clock.wake()
    await this.#running
    this.#outstanding.release()
    await this.#store.close()
  }

  noted(companyId: number): void {
    this.#outstanding.note(companyId)
    this.#clock.hasWork()
  }

  settled(companyId: number | undefined): Promise<void> {
    if (this.#stopped || !this.#outstanding.has(companyId)) return Promise.resolve()
    this.#clock.isAwaited()
    return this.#outstanding.wait(companyId)
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#pass()
        if (this.#retryMs > 0) this.#log('warn', 'the lists follow again', {})
        this.#retryMs = 0
      } catch (error) {
        this.#tell(error)
        this.#retryMs = Math.min(RETRY_MAX_MS, Math.max(RETRY_MIN_MS, this.#retryMs * 2))
      }
      if (!this.#stopped) await this.#clock.untilNext(this.#retryMs)
    }
  }

  #tell(error: unknown): void {
    const now = performance.now()
    if (this.#retryMs > 0 && now - this.#toldAt < TELL_AGAIN_MS) return
    this.#toldAt = now
    const fields = { error: String(error), code: sqlStateOf(error) }
    this.#log('error', 'the lists do not follow at the moment, and webhooks wait', fields)
  }

  /** Passes until the outbox is empty, so that what was written before the last of them is told. */
  async #pass(): Promise<void> {
    const floor = this.#floor()
    if (!this.#outstanding.has(undefined) && !(await this.#store.hasWork(floor))) return
    for (let isEmpty = false; !isEmpty && !this.#stopped; ) {
      const since = performance.now()
      const mark = this.#outstanding.mark()
      const { rows, lastId, isFull } = await this.#store.pass(floor)
      this.#highestId = Math.max(this.#highestId, lastId)
      isEmpty = !isFull
      if (isEmpty) this.#outstanding.settle(mark)
      for (const observe of this.observers) observe({ rows, seconds: (performance.now() - since) / 1000 })
    }
  }

  #floor(): number {
    const now = performance.now()
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return Math.max(0, this.#highestId - FLOOR_DISTANCE)
    this.#sweptAt = now
    return 0
  }
}
