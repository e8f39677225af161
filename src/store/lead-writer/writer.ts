import { RefusalError, refusal } from '../../core/errors.ts'
import { gather } from '../../lib/turns.ts'
import { Lane, type LaneOptions, unavailable } from './lane.ts'
import { type Waiting, WriteQueue } from './queue.ts'
import type { ChargeOutcome, Item, ItemOutcome, LeadWriter, WriteOutcome } from './types.ts'

export interface LeadWriterOptions extends LaneOptions {
  /** Connections that can write side by side. */
  readonly lanes: number
  readonly batchMax: number
  /** Items that may wait; one more is refused with "busy". */
  readonly queueMax: number
}

/** A count without limits: locks and writes a row of its own as any change does. */
const PROBE = { subject: 'readiness', limits: [] } as const

/**
 * Items that must be ready for a further lane to begin while others write. A lane that took the few that wait at the
 * moment would make many small batches of a few large ones, and those cost PostgreSQL and the server more.
 */
const JOIN_MIN = 32
/**
 * While changes keep coming, a lane that could begin waits for so many: those who were just answered come back in the
 * turns of the event loop after it, and a batch has its price whatever its size.
 */
const GATHER_MIN = 24
/** A batch that takes longer waits for a slow disk or a row that somebody holds: whoever came since need not. */
const STALL_MS = 250

/**
 * The batched writer: a free lane takes all that is ready as one batch. Changes of one lead are applied in the order of
 * arrival within a process; between processes the row locks decide.
 */
export function makeLeadWriter(options: LeadWriterOptions): LeadWriter {
  const lanes = Array.from({ length: options.lanes }, () => new Lane(options))
  const dispatcher = new Dispatcher(lanes, options)
  return {
    write: (write) => dispatcher.submit({ write }) as Promise<WriteOutcome>,
    charge: (charge) => dispatcher.submit({ charge }) as Promise<ChargeOutcome>,
    async probe() {
      await Promise.all(lanes.map((lane) => lane.prove(PROBE)))
    },
    async close() {
      await dispatcher.close()
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}

/** Gives what waits to the lanes. */
class Dispatcher {
  readonly #idle: Lane[]
  readonly #batchMax: number
  readonly #queueMax: number
  readonly #joinMin: number
  readonly #gatherMin: number
  readonly #queue = new WriteQueue()
  readonly #working = new Set<Promise<void>>()
  /** A lane is about to take what waits; there is nothing for another one until it has. */
  #isGathering = false
  /** Lanes at work whose batch does not stall: they will soon take what waits. */
  readonly #brisk = new Set<Lane>()
  #closed = false

  constructor(lanes: readonly Lane[], { batchMax, queueMax }: LeadWriterOptions) {
    this.#idle = [...lanes]
    this.#batchMax = batchMax
    this.#queueMax = queueMax
    this.#joinMin = Math.min(JOIN_MIN, batchMax)
    this.#gatherMin = Math.min(GATHER_MIN, batchMax)
  }

  submit(item: Item): Promise<ItemOutcome> {
    if (this.#closed) return Promise.reject(unavailable())
    if (this.#queue.length >= this.#queueMax) {
      const text = 'Too many changes are waiting; try again shortly.'
      return Promise.reject(new RefusalError(refusal('server.busy', text, { retryAfterSeconds: 1 })))
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject })
      this.#begin()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    while (this.#working.size > 0) await Promise.all(this.#working)
  }

  /** Lets one more lane begin where there is work for it. */
  #begin(): void {
    if (this.#isGathering || !this.#isWorthIt(null)) return
    const lane = this.#idle.pop()
    if (lane === undefined) return
    const work = this.#work(lane).finally(() => {
      this.#working.delete(work)
      this.#idle.push(lane)
      this.#begin()
    })
    this.#working.add(work)
  }

  /** Whether a lane should take a batch now. */
  #isWorthIt(lane: Lane | null): boolean {
    const { ready } = this.#queue
    const others = this.#brisk.size - (lane !== null && this.#brisk.has(lane) ? 1 : 0)
    return ready >= (others === 0 ? 1 : this.#joinMin)
  }

  async #work(lane: Lane): Promise<void> {
    this.#brisk.add(lane)
    for (let batch = await this.#next(lane); batch.length > 0; batch = await this.#next(lane)) {
      await this.#apply(lane, batch)
    }
    this.#brisk.delete(lane)
  }

  /** The next batch of a lane; none when there is nothing that is worth it. */
  async #next(lane: Lane): Promise<readonly Waiting[]> {
    if (this.#isGathering || !this.#isWorthIt(lane)) return []
    this.#isGathering = true
    await gather(() => this.#queue.ready, this.#gatherMin)
    this.#isGathering = false
    const batch = this.#queue.take(this.#batchMax)
    // What it left may be worth another lane, which nobody looked for in the meantime.
    this.#begin()
    return batch
  }

  async #apply(lane: Lane, batch: readonly Waiting[]): Promise<void> {
    const stall = setTimeout(() => {
      this.#brisk.delete(lane)
      this.#begin()
    }, STALL_MS)
    await lane.apply(batch)
    clearTimeout(stall)
    this.#brisk.add(lane)
    this.#queue.ended(batch)
  }
}
