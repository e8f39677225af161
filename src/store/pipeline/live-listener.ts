import pg from 'pg'
import { type Connection, clientConfig } from '../database.ts'
import { type Announcement, readAnnouncement } from './live-line.ts'
import { LIVE_CHANNEL } from './projection.ts'

/** A line that went silent is noticed by asking now and then. */
const PING_EVERY_MS = 15_000
const SILENCE_MAX_MS = 10_000
const RETRY_MIN_MS = 200
const RETRY_MAX_MS = 5_000

export interface LiveListenerOptions {
  readonly connection: Connection
  readonly onAnnouncement: (announcement: Announcement) => void
  /** The line was down and is up again: what was announced meanwhile is not known. */
  readonly onGap: () => void
  readonly log: (message: string, fields: Record<string, unknown>) => void
}

/** Hears what the relay of any process announces, on a connection of its own that is made again whenever it breaks. */
export class LiveListener {
  readonly #options: LiveListenerOptions
  #client: pg.Client | null = null
  #timer: NodeJS.Timeout | undefined
  #retryMs = RETRY_MIN_MS
  #hasGap = false
  #closed = false

  constructor(options: LiveListenerOptions) {
    this.#options = options
  }

  /** Resolves when the first attempt to connect is over, whatever came of it. */
  async start(): Promise<void> {
    const client = new pg.Client({
      ...clientConfig(this.#options.connection, 'leadwright live'),
      query_timeout: SILENCE_MAX_MS,
    })
    this.#client = client
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, new Error('The connection ended.')))
    client.on('notification', ({ payload }) => {
      if (payload !== undefined) this.#options.onAnnouncement(readAnnouncement(payload))
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${LIVE_CHANNEL}`)
    } catch (error) {
      this.#lost(client, error)
      return
    }
    if (this.#closed) return
    this.#retryMs = RETRY_MIN_MS
    if (this.#hasGap) this.#options.onGap()
    this.#hasGap = false
    this.#timer = setInterval(() => this.#ping(client), PING_EVERY_MS)
    this.#timer.unref()
  }

  async close(): Promise<void> {
    this.#closed = true
    const client = this.#client
    this.#forget()
    await client?.end().catch(() => undefined)
  }

  #ping(client: pg.Client): void {
    client.query('SELECT 1').catch((error: unknown) => this.#lost(client, error))
  }

  #lost(client: pg.Client, error: unknown): void {
    if (client !== this.#client) return
    this.#forget()
    client.end().catch(() => undefined)
    if (this.#closed) return
    this.#hasGap = true
    this.#options.log('live changes are not heard at the moment', { error: String(error) })
    this.#timer = setTimeout(() => void this.start(), this.#retryMs)
    this.#timer.unref()
    this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2)
  }

  #forget(): void {
    this.#client = null
    clearTimeout(this.#timer)
  }
}
