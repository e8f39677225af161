import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { type Cluster, type DatabaseAddress, withClient } from './cluster.ts'

const CHUNK_BYTES = 4 * 1024 * 1024

/**
 * Reads every table and index of a database once, the largest first, so that the machine's memory holds as much of them
 * as it can, and of the small ones everything: how they lie after a day of work, and not after a start.
 *
 * @returns bytes read
 */
export async function readIn(cluster: Cluster, address: DatabaseAddress): Promise<number> {
  let bytes = 0
  for (const file of await filesOf(address)) {
    const first = path.join(cluster.dataDir, 'postgres', file)
    // PostgreSQL cuts a table into files of 1 GB: name, name.1, name.2, …
    for (let part = 0, name = first; existsSync(name); part += 1, name = `${first}.${part}`) {
      for await (const chunk of createReadStream(name, { highWaterMark: CHUNK_BYTES })) bytes += chunk.length
    }
  }
  return bytes
}

/** Below the folder of the cluster, without the numbers of the parts. */
function filesOf(address: DatabaseAddress): Promise<string[]> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ file: string }>(`SELECT pg_relation_filepath(oid) AS file FROM pg_class
      WHERE relkind IN ('r', 'i', 't') AND relnamespace <> 'pg_catalog'::regnamespace
      ORDER BY pg_relation_size(oid) DESC`)
    return rows.map(({ file }) => file)
  })
}
