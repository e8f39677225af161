import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Connection } from '../../src/store/database.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded/supervisor.ts'
import { migrate } from '../../src/store/migrate.ts'
import type { Cleanup } from './cleanup.ts'

/** One database of the cluster, by parts for clients and pgbench, and as a URL for servers. */
export interface DatabaseAddress {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

export interface Cluster {
  readonly dataDir: string
  /** A database of that name with all migrations, made if it is not there. */
  database(name: string): Promise<DatabaseAddress>
  /** The same without its data. */
  emptyDatabase(name: string): Promise<DatabaseAddress>
  /** A new database of that name with nothing in it. */
  bareDatabase(name: string): Promise<DatabaseAddress>
}

/**
 * Starts the embedded PostgreSQL with the settings that it ships with, and stops it at the end.
 *
 * @param dataDir kept for the next run; empty for a temporary folder that is removed
 */
export async function startCluster(cleanup: Cleanup, dataDir: string): Promise<Cluster> {
  const folder = dataDir === '' ? mkdtempSync(path.join(tmpdir(), 'leadwright-bench-')) : path.resolve(dataDir)
  if (dataDir === '') cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  else mkdirSync(folder, { recursive: true, mode: 0o700 })
  const postgres = await startEmbeddedPostgres({
    dataDir: folder,
    role: 'serve',
    // Every variant's server keeps its connections, and pgbench takes up to 64 more.
    settings: { max_connections: '300' },
    log: (level, message, fields) => {
      if (level !== 'info') console.error(`PostgreSQL: ${message}`, fields ?? '')
    },
  })
  cleanup.defer(() => postgres.stop('fast'))
  const { connection } = postgres
  const onMain = <T>(work: (client: pg.Client) => Promise<T>) => withClient(connection, work)
  const drop = (name: string) => onMain((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  const database = async (name: string) => {
    await onMain(async (client) => {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
      if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`)
    })
    const address = { ...connection, database: name }
    await migrate(address)
    return address
  }
  return {
    dataDir: folder,
    database,
    async emptyDatabase(name) {
      await drop(name)
      return database(name)
    },
    async bareDatabase(name) {
      await drop(name)
      await onMain((client) => client.query(`CREATE DATABASE ${name}`))
      return { ...connection, database: name }
    },
  }
}

export async function withClient<T>(address: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...address, application_name: 'leadwright bench' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What DATABASE_URL takes; the host is the folder of a Unix socket. */
export function urlOf({ host, port, user, password, database }: DatabaseAddress): string {
  const query = new URLSearchParams({ host, port: String(port) })
  return `postgres://${user}:${encodeURIComponent(password)}@localhost/${database}?${query}`
}
