import type { App } from './app/app.ts'
import { makeApp, type Services } from './app/make-app.ts'
import type { Config } from './config.ts'
import { type Connection, openDatabase } from './store/database.ts'
import { makeLeadReader } from './store/lead-reader.ts'
import { makeLeadWriter } from './store/lead-writer/writer.ts'

export type Log = (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void

/** Pool, reader and writer over one PostgreSQL; what use cases run on, with or without an HTTP server. */
export interface OpenApp {
  readonly app: App
  /** Finishes waiting changes and lets all connections go. */
  close(): Promise<void>
}

type Sizes = Pick<Config, 'poolMax' | 'writerLanes' | 'writerBatchMax' | 'writerQueueMax'>

/** `services` are those that only a server has. */
export function openApp(sizes: Sizes, connection: Connection, log: Log, services: Services = {}): OpenApp {
  const clock = () => new Date()
  const db = openDatabase({
    connection,
    poolMax: sizes.poolMax,
    onIdleError: (error) => log('warn', 'an idle connection broke', { error: error.message }),
  })
  const writer = makeLeadWriter({
    connection,
    lanes: sizes.writerLanes,
    batchMax: sizes.writerBatchMax,
    queueMax: sizes.writerQueueMax,
    clock,
    log: (message, fields) => log('warn', message, fields),
    onChange: (companyId) => services.feed?.noted(companyId),
  })
  return {
    app: makeApp({ db, writer, reader: makeLeadReader(db), clock }, services),
    async close() {
      await writer.close()
      await db.close()
    },
  }
}
