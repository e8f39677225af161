import type { Db } from './database.ts'

export interface ServerSettings {
  /** As PostgreSQL writes it, such as "18.1". */
  readonly version: string
  /** The same as a number, such as 180001. */
  readonly versionNumber: number
  readonly fsync: string
  readonly synchronousCommit: string
}

/** What decides whether PostgreSQL keeps what it acknowledged. */
export async function findServerSettings(db: Db): Promise<ServerSettings> {
  const [row] = await db.query<ServerSettings>({
    text: `SELECT current_setting('server_version') AS version,
      current_setting('server_version_num')::integer AS "versionNumber",
      current_setting('fsync') AS fsync,
      current_setting('synchronous_commit') AS "synchronousCommit"`,
  })
  if (row === undefined) throw new Error('SELECT of the settings returned no row.')
  return row
}
