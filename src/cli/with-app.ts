import type { App } from '../app/app.ts'
import { type Config, readConfig } from '../config.ts'
import { type EngineLog, openEngine } from '../engine.ts'
import { openApp } from '../open-app.ts'
import type { Connection } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import type { CliIo } from './io.ts'

/** One lane, and no more connections than a command can use. */
const SMALL = { poolMax: 2, writerLanes: 1 } as const

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
    const opened = openApp({ ...config, ...SMALL }, connection, cliLog(io))
    try {
      return await work(opened.app, config)
    } finally {
      await opened.close()
    }
  })
}

/** Standard output belongs to the answer; only trouble is told, on standard error. */
function cliLog(io: CliIo): EngineLog {
  return (level, message, fields = {}) => {
    if (level === 'info') return
    const details = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
    io.stderr.write(`${level}: ${message}${details}\n`)
  }
}
