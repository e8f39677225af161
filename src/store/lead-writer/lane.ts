import pg from 'pg'
import { RefusalError, refusal } from '../../core/errors.ts'
import { type Connection, clientConfig } from '../database.ts'
import { isContention, isHeldRow, isUnavailable, sqlStateOf, UNIQUE_VIOLATION } from '../faults.ts'
import type { Waiting } from './queue.ts'
import { runTransaction } from './transaction.ts'
import type { Charge, Item, ItemOutcome } from './types.ts'

export interface LaneOptions {
  readonly connection: Connection
  readonly clock: () => Date
  readonly log: (message: string, fields: Record<string, unknown>) => void
  /** Told of each lead's company once a change of it is on disk, before its caller is answered. */
  readonly onChange?: (companyId: number) => void
}

const CONTENTION_TRIES = 4
/**
 * One held row must not stall everybody behind it, and a process frozen in the middle of a batch must not hold its rows
 * for ever. The client's own limit is for a server that says nothing at all.
 */
const TIME_LIMITS = '-c lock_timeout=2s -c statement_timeout=30s -c idle_in_transaction_session_timeout=10s'
const SILENCE_MAX_MS = 35_000
/**
 * Every statement of a lane has one right plan, by keys, whatever a batch's size. Left to itself PostgreSQL plans three of
 * them anew for each small batch, as it takes unknown arrays for longer ones; that cost more than running them. A plan of
 * when the tables were nearly empty is kept as well, so it must not be one that reads a table.
 */
const ONE_PLAN = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off'

/** One connection that applies one batch after the other. */
export class Lane {
  readonly #options: LaneOptions
  #client: pg.Client | null = null
  #connecting: Promise<pg.Client> | null = null

  constructor(options: LaneOptions) {
    this.#options = options
  }

  /** Applies a batch as one transaction and answers every caller; never rejects. */
  async apply(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#attempt(batch.map(({ item }) => item))
      this.#tell(batch, outcomes)
      for (const [i, { resolve }] of batch.entries()) resolve(outcomes[i] as ItemOutcome)
    } catch (error) {
      if (isUnavailable(error)) return this.#failAll(batch, error)
      if (batch.length === 1) return this.#failOne(batch, error)
      // One bad item must fail alone: the same work again, each by itself.
      this.#options.log('a batch failed and is replayed one by one', { size: batch.length, error: String(error) })
      for (const waiting of batch) await this.apply([waiting])
    }
  }

  /** Counts one call beside the batches; rejects when it could not be written. */
  prove(charge: Charge): Promise<unknown> {
    return new Promise((resolve, reject) => {
      void this.apply([{ item: { charge }, resolve, reject }])
    })
  }

  async close(): Promise<void> {
    await this.#client?.end()
    this.#client = null
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
      const client = await this.#connected()
      try {
        return await runTransaction(client, items, this.#options.clock)
      } catch (error) {
        if (isUnavailable(error)) this.#drop(client)
        // A unique violation is two processes storing the same Idempotency-Key: the next try finds the stored answer.
        const passing =
          (isContention(error) && !isHeldRow(error)) || (items.length === 1 && sqlStateOf(error) === UNIQUE_VIOLATION)
        if (!passing || tries === CONTENTION_TRIES) throw error
      }
    }
  }

  #failAll(batch: readonly Waiting[], error: unknown): void {
    this.#options.log('the store is away', { size: batch.length, error: String(error) })
    for (const { reject } of batch) reject(unavailable(error))
  }

  #failOne(batch: readonly Waiting[], error: unknown): void {
    const cause = isContention(error) ? unavailable(error) : error
    for (const { reject } of batch) reject(cause)
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client !== null) return this.#client
    // Shared, as a probe may come beside a batch.
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = null
    })
    return this.#connecting
  }

  async #connect(): Promise<pg.Client> {
    const config = { ...clientConfig(this.#options.connection, 'leadwright writer'), query_timeout: SILENCE_MAX_MS }
    const client = new pg.Client({ ...config, options: `${config.options} ${TIME_LIMITS} ${ONE_PLAN}` })
    client.on('error', () => this.#drop(client))
    await client.connect()
    this.#client = client
    return client
  }

  #drop(client: pg.Client): void {
    if (client === this.#client) this.#client = null
    // Ending a broken connection can itself fail, and nothing depends on it.
    client.end().catch(() => undefined)
  }
}

export function unavailable(cause?: unknown): RefusalError {
  const text = 'The store is not available at the moment; try again shortly.'
  return new RefusalError(refusal('server.unavailable', text, { retryAfterSeconds: 2 }), { cause })
}
