import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type Connection, clientConfig } from '../../src/store/database.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded/supervisor.ts'
import { migrate } from '../../src/store/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser connection of the suite's PostgreSQL, and the migrated database that each test file clones. */
    postgres: { connection: Connection; template: string }
  }
}

const TEMPLATE = 'leadwright_template'

/**
 * One PostgreSQL for the whole suite: the embedded one in a temporary folder, or that of TEST_DATABASE_URL. A
 * migrated template is made once; test files clone it.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const url = process.env['TEST_DATABASE_URL']
  const engine =
    url === undefined ? await embedded() : { connection: { connectionString: url }, stop: async () => undefined }
  await recreate(engine.connection)
  await migrate(withDatabase(engine.connection, TEMPLATE))
  provide('postgres', { connection: engine.connection, template: TEMPLATE })
  return engine.stop
}

async function embedded(): Promise<{ connection: Connection; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leadwright-test-'))
  const engine = await startEmbeddedPostgres({ dataDir, role: 'serve', log: () => undefined })
  return {
    connection: engine.connection,
    stop: async () => {
      await engine.stop('immediate')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function recreate(connection: Connection): Promise<void> {
  const client = new pg.Client(clientConfig(connection, 'leadwright tests'))
  await client.connect()
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`)
  await client.query(`CREATE DATABASE ${TEMPLATE}`)
  await client.end()
}

export function withDatabase(connection: Connection, database: string): Connection {
  if (!('connectionString' in connection)) return { ...connection, database }
  const url = new URL(connection.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}
