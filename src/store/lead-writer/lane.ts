import pg from 'pg'
import { RefusalError, refusal } from '../../core/errors.ts'
import { type Connection, clientConfig } from '../database.ts'
import { isContention, isHeldRow, isUnavailable, sqlStateOf, UNIQUE_VIOLATION } from '../faults.ts'
import { runTransaction } from './transaction.ts'
import type { Item, ItemOutcome } from './types.ts'

export interface LaneOptions {
  readonly connection: Connection
  readonly batchMax: number
  /** Items that may wait; one more is refused with "busy". */
  readonly queueMax: number
  readonly clock: () => Date
  readonly log: (message: string, fields: Record<string, unknown>) => void
  /** Told of each lead's company once a change of it is on disk, before its caller is answered. */
  readonly onChange?: (companyId: number) => void
}

interface Waiting {
  readonly item: Item
  readonly resolve: (outcome: ItemOutcome) => void
  readonly reject: (error: unknown) => void
}

const CONTENTION_TRIES = 4
/**
 * One held row must not stall everybody behind it, and a process frozen in the middle of a batch must not hold its rows
 * for ever. The client's own limit is for a server that says nothing at all.
 */
const TIME_LIMITS = '-c lock_timeout=2s -c statement_timeout=30s -c idle_in_transaction_session_timeout=10s'
const SILENCE_MAX_MS = 35_000

/** One connection that applies whatever waits as one batch after the other. */
export class Lane {
  readonly #options: LaneOptions
  #waiting: Waiting[] = []
  #client: pg.Client | null = null
  #running: Promise<void> | null = null
  #closed = false

  constructor(options: LaneOptions) {
    this.#options = options
  }

  submit(item: Item): Promise<ItemOutcome> {
    if (this.#closed) return Promise.reject(unavailable())
    if (this.#waiting.length >= this.#options.queueMax) {
      const text = 'Too many changes are waiting; try again shortly.'
      return Promise.reject(new RefusalError(refusal('server.busy', text, { retryAfterSeconds: 1 })))
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#running
    await this.#client?.end()
    this.#client = null
  }

  async #run(): Promise<void> {
    // Leaves the caller's turn of the event loop first: what arrives in the same turn joins the first batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#options.batchMax)
      await this.#apply(batch)
    }
    this.#running = null
  }

  async #apply(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#attempt(batch.map(({ item }) => item))
      this.#tell(batch, outcomes)
      for (const [i, { resolve }] of batch.entries()) resolve(outcomes[i] as ItemOutcome)
    } catch (error) {
      if (isUnavailable(error)) return this.#failAll(batch, error)
      if (batch.length === 1) return this.#failOne(batch, error)
      // One bad item must fail alone: the same work again, each by itself.
      this.#options.log('a batch failed and is replayed one by one', { size: batch.length, error: String(error) })
      for (const waiting of batch) await this.#apply([waiting])
    }
  }

  #tell(batch: readonly Waiting[], outcomes: readonly ItemOutcome[]): void {
    const { onChange } = this.#options
    if (onChange === undefined) return
    for (const [i, { item }] of batch.entries()) {
      if ('write' in item && outcomes[i]?.kind === 'changed') onChange(item.write.companyId)
    }
  }

  async #attempt(items: readonly Item[]): Promise<ItemOutcome[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await runTransaction(await this.#connected(), items, this.#options.clock)
      } catch (error) {
        // A unique violation is two processes storing the same Idempotency-Key: the next try finds the stored answer.
        const passing =
          (isContention(error) && !isHeldRow(error)) || (items.length === 1 && sqlStateOf(error) === UNIQUE_VIOLATION)
        if (!passing || tries === CONTENTION_TRIES) throw error
      }
    }
  }

  #failAll(batch: readonly Waiting[], error: unknown): void {
    this.#drop()
    this.#options.log('the store is away', { size: batch.length, error: String(error) })
    for (const { reject } of batch) reject(unavailable(error))
  }

  #failOne(batch: readonly Waiting[], error: unknown): void {
    const cause = isContention(error) ? unavailable(error) : error
    for (const { reject } of batch) reject(cause)
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client !== null) return this.#client
    const config = {
      ...clientConfig(this.#options.connection, 'leadwright writer'),
      query_timeout: SILENCE_MAX_MS,
    }
    const client = new pg.Client({
      ...config,
      options: `${config.options} ${TIME_LIMITS}`,
    })
    client.on('error', () => this.#drop(client))
    await client.connect()
    this.#client = client
    return client
  }

  #drop(client = this.#client): void {
    if (client === this.#client) this.#client = null
    // Ending a broken connection can itself fail, and nothing depends on it.
    client?.end().catch(() => undefined)
  }
}

function unavailable(cause?: unknown): RefusalError {
  const text = 'The store is not available at the moment; try again shortly.'
  return new RefusalError(refusal('server.unavailable', text, { retryAfterSeconds: 2 }), { cause })
}
