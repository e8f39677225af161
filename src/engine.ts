import pg from 'pg'
import type { Config } from './config.ts'
import { StartError } from './lib/start-error.ts'
import { type Connection, clientConfig } from './store/database.ts'
import { startEmbeddedPostgres } from './store/embedded/supervisor.ts'

export type EngineLog = (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void

/** A PostgreSQL to work on, whoever runs it. */
export interface Engine {
  readonly connection: Connection
  readonly kind: 'embedded' | 'external'
  stop(mode: 'fast' | 'immediate'): Promise<void>
}

const VERSION_MIN = 150_000

/** The embedded PostgreSQL of DATA_DIR, or the one of DATABASE_URL (15 or later; an older one is refused). */
export async function openEngine(config: Config, role: 'serve' | 'cli', log: EngineLog): Promise<Engine> {
  if (config.databaseUrl === null) {
    const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, role, log })
    return { connection: embedded.connection, kind: 'embedded', stop: (mode) => embedded.stop(mode) }
  }
  const connection: Connection = { connectionString: config.databaseUrl }
  await checkExternal(connection)
  return { connection, kind: 'external', stop: async () => undefined }
}

async function checkExternal(connection: Connection): Promise<void> {
  const client = new pg.Client(clientConfig(connection, 'leadwright start'))
  try {
    await client.connect()
    const { rows } = await client.query<{ number: string; text: string }>(
      "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text",
    )
    if (Number(rows[0]?.number) < VERSION_MIN) {
      throw new StartError(`DATABASE_URL leads to PostgreSQL ${rows[0]?.text}; Leadwright needs 15 or later.`)
    }
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`The PostgreSQL of DATABASE_URL cannot be reached: ${causeOf(error)}`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** A name with several addresses fails with one error for each, and no message of its own. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
