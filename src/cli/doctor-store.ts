import { type Connection, openDatabase } from '../store/database.ts'
import { readMigrations, storeVersion } from '../store/migrate.ts'
import { findServerSettings } from '../store/server-settings.ts'
import type { Finding } from './doctor-finding.ts'

const VERSION_MIN = 150_000

/** Version and durability of PostgreSQL, and whether the store is of this release. Changes nothing. */
export async function checkStore(connection: Connection): Promise<Finding[]> {
  const db = openDatabase({ connection, poolMax: 1, onIdleError: () => undefined })
  try {
    const { version, versionNumber, fsync, synchronousCommit } = await findServerSettings(db)
    return [
      { check: 'postgresql', ok: versionNumber >= VERSION_MIN, detail: `version ${version} (15 or later is needed)` },
      { check: 'fsync', ok: fsync === 'on', detail: `${fsync} (off loses changes when the machine stops)` },
      {
        check: 'synchronous_commit',
        ok: synchronousCommit !== 'off',
        detail: `${synchronousCommit} (off loses acknowledged changes when PostgreSQL stops)`,
      },
      await checkMigrations(connection),
    ]
  } finally {
    await db.close()
  }
}

async function checkMigrations(connection: Connection): Promise<Finding> {
  const newest = (await readMigrations()).at(-1)?.version ?? 0
  const version = await storeVersion(connection)
  const check = 'migrations'
  if (version === newest) return { check, ok: true, detail: `the store is at ${version}, as this release` }
  const advice = version < newest ? 'run leadwright migrate' : 'it was made by a newer release'
  return { check, ok: false, detail: `the store is at ${version}, this release at ${newest}: ${advice}` }
}
