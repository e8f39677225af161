import pg from 'pg'
import { type Connection, clientConfig } from '../database.ts'
import { converse } from '../lead-writer/conversation.ts'
import { PASS_ROWS_MAX, projectOutbox } from './projection.ts'

/** Any fixed number: it only has to be the same in every process that projects, and no other lock's. */
export const RELAY_LOCK = '7233913'

/**
 * A pass that is lost is made again from its outbox rows, so its commit waits for no disk. It must not wait behind
 * another process's pass for ever, and a frozen process must not hold the lock for ever.
 */
const SETTINGS = [
  'synchronous_commit=off',
  'jit=off',
  // One plan, made when the outbox may be empty, for a pass behind any backlog: its oldest rows are read in the order of
  // the index and no further.
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'lock_timeout=10s',
  'statement_timeout=60s',
  'idle_in_transaction_session_timeout=10s',
]
const SILENCE_MAX_MS = 65_000

/** What one pass did. */
export interface PassResult {
  /** Outbox rows taken. */
  readonly rows: number
  /** The highest id among them; 0 for none. */
  readonly lastId: number
  /** It took as much as it may, so there may be more. */
  readonly isFull: boolean
}

/** The relay's own connection: made when it is first needed, and again after any fault. */
export class RelayConnection {
  readonly #connection: Connection
  #client: pg.Client | null = null

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Takes and projects a piece of the outbox above an id, one process of the installation at a time. The lock is had
   * before the statement begins, so that it sees what the pass before it committed.
   */
  async pass(floor: number): Promise<PassResult> {
    const client = await this.#connected()
    let result: PassResult = { rows: 0, lastId: 0, isFull: false }
    const onRow = ([rows, lastId]: readonly (string | null)[]) => {
      result = { rows: Number(rows), lastId: Number(lastId ?? 0), isFull: Number(rows) >= PASS_ROWS_MAX }
    }
    try {
      const lock = { name: 'lock-relay', text: 'SELECT pg_advisory_xact_lock($1::bigint)', values: [RELAY_LOCK] }
      await converse(client, [{ statement: lock }], () => [{ statement: projectOutbox(floor), onRow }])
    } catch (error) {
      this.#drop(client)
      throw error
    }
    return result
  }

  /** Whether there is anything to take above an id, at the price of one look into an index. */
  async hasWork(floor: number): Promise<boolean> {
    const client = await this.#connected()
    try {
      const { rows } = await client.query({
        name: 'peek-outbox',
        text: 'SELECT id FROM outbox WHERE id > $1 ORDER BY id LIMIT 1',
        values: [floor],
      })
      return rows.length > 0
    } catch (error) {
      this.#drop(client)
      throw error
    }
  }

  async close(): Promise<void> {
    const client = this.#client
    this.#client = null
    await client?.end()
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client !== null) return this.#client
    const config = clientConfig(this.#connection, 'leadwright relay')
    const options = [config.options, ...SETTINGS.map((setting) => `-c ${setting}`)].join(' ')
    const client = new pg.Client({ ...config, options, query_timeout: SILENCE_MAX_MS })
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
