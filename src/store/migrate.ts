import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { StartError } from '../lib/start-error.ts'
import { type Connection, clientConfig } from './database.ts'

const MIGRATIONS_DIR = path.resolve(import.meta.dirname, '../../migrations')
const FILE = /^(\d{4})_[a-z0-9_-]+\.sql$/
/** Any fixed number: it only has to be the same in every process that migrates. */
const MIGRATION_LOCK = 7_233_911

/** A line of a migration: what is to be done behind its transaction, in which PostgreSQL takes no VACUUM. */
const AFTERWARDS = /^-- afterwards: (VACUUM [^;]+)$/gm

export interface Migration {
  readonly version: number
  readonly file: string
  readonly sql: string
  /** Statements that make the store fast again, and nothing that it needs. */
  readonly afterwards: readonly string[]
}

/** The migrations of this release in order. */
export async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(MIGRATIONS_DIR)).sort()
  const misnamed = files.find((file) => !FILE.test(file))
  // Passed over, it would be missed only once something needs it.
  if (misnamed !== undefined) throw new StartError(`migrations/${misnamed} is not named like 0001_leads.sql.`)
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(path.join(MIGRATIONS_DIR, file), 'utf8')
      const afterwards = [...sql.matchAll(AFTERWARDS)].flatMap(([, statement = '']) => statement)
      return { version: Number(file.slice(0, 4)), file, sql, afterwards }
    }),
  )
}

/**
 * Brings the store to this release, each migration in its own transaction, one process at a time.
 * Returns the files that were applied. A store newer than this release is refused.
 */
export async function migrate(connection: Connection): Promise<string[]> {
  const client = new pg.Client(clientConfig(connection, 'leadwright migrate'))
  // Else a connection that breaks between two statements ends the process; the next statement fails by itself.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'CREATE TABLE IF NOT EXISTS schema_migration (version integer PRIMARY KEY, file text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    )
    return await applyMissing(client, await readMigrations())
  } finally {
    await client.end()
  }
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[]): Promise<string[]> {
  const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_migration ORDER BY version')
  const done = new Set(rows.map((row) => row.version))
  const newest = migrations.at(-1)?.version ?? 0
  if (rows.some((row) => row.version > newest)) {
    throw new StartError(
      'The store was made by a newer Leadwright; start that release, or restore a backup of this one.',
    )
  }
  const missing = migrations.filter(({ version }) => !done.has(version))
  for (const { version, file, sql } of missing) {
    await client.query('BEGIN')
    try {
      await client.query('INSERT INTO schema_migration (version, file) VALUES ($1, $2)', [version, file])
      await client.query(sql)
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    }
  }
  // An empty store is as fast as it can be.
  const afterwards = done.size === 0 ? [] : missing.flatMap((migration) => migration.afterwards)
  for (const statement of new Set(afterwards)) await client.query(statement)
  return missing.map(({ file }) => file)
}

/** The highest migration that the store has, 0 for an empty one. */
export async function storeVersion(connection: Connection): Promise<number> {
  const client = new pg.Client(clientConfig(connection, 'leadwright doctor'))
  // Else a connection that breaks between two statements ends the process; the next statement fails by itself.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ there: boolean }>(
      "SELECT to_regclass('schema_migration') IS NOT NULL AS there",
    )
    if (rows[0]?.there !== true) return 0
    const versions = await client.query<{ version: number | null }>(
      'SELECT max(version) AS version FROM schema_migration',
    )
    return versions.rows[0]?.version ?? 0
  } finally {
    await client.end()
  }
}
