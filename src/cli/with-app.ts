import type { App } from '../app/app.ts'
import { type Config, readConfig } from '../config.ts'
import { type EngineLog, openEngine } from '../engine.ts'
import { type Connection, openDatabase } from '../store/database.ts'
import { makeLeadWriter } from '../store/lead-writer/writer.ts'
import { migrate } from '../store/migrate.ts'
import type { CliIo } from './io.ts'

/** Lends a connection to the store: a running PostgreSQL is used, the embedded one is started for the time if need be. */
export async function withEngine<T>(
  io: CliIo,
  config: Config,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const engine = await openEngine(config, 'cli', cliLog(io))
  try {
    return await work(engine.connection)
  } finally {
    await engine.stop('fast')
  }
}

/** Lends the app over a store that is of this release. */
export function withApp<T>(io: CliIo, work: (app: App, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(io.env, io.cwd)
  return withEngine(io, config, async (connection) => {
    await migrate(connection)
    const opened = openApp(config, connection, cliLog(io))
    try {
      return await work(opened.app, config)
    } finally {
      await opened.close()
    }
  })
}

/** Small beside a server's: one lane, and no more connections than a command can use. */
function openApp(config: Config, connection: Connection, log: EngineLog): { app: App; close(): Promise<void> } {
  const clock = () => new Date()
  const onIdleError = (error: Error) => log('warn', 'an idle connection broke', { error: error.message })
  const db = openDatabase({ connection, poolMax: 2, onIdleError })
  const writer = makeLeadWriter({
    connection,
    lanes: 1,
    batchMax: config.writerBatchMax,
    queueMax: config.writerQueueMax,
    clock,
    log: (message, fields) => log('warn', message, fields),
  })
  return {
    app: { db, writer, clock },
    async close() {
      await writer.close()
      await db.close()
    },
  }
}

/** Standard output belongs to the answer; only trouble is told, on standard error. */
function cliLog(io: CliIo): EngineLog {
  return (level, message, fields = {}) => {
    if (level === 'info') return
    const details = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
    io.stderr.write(`${level}: ${message}${details}\n`)
  }
}
