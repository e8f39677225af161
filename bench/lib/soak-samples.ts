import type pg from 'pg'
import { familyOf, findPostmaster, readProc } from './processes.ts'

const TABLES = ['lead', 'timeline', 'outbox', 'rate_window', 'idempotency'] as const

/** Memory of all processes of one PostgreSQL, in MB of 1,000,000 bytes; shared pages are counted once. */
export interface PostgresMemory {
  readonly processes: number
  readonly pssMb: number
}

/** How a table stands; sizes in MB of 1,000,000 bytes, the table's with its TOAST. */
export interface TableSize {
  readonly table: string
  readonly tableMb: number
  readonly indexMb: number
  readonly rows: number
  readonly dead: number
  /** How often autovacuum has come by. */
  readonly vacuums: number
}

/** The PostgreSQL of a session of this machine, by the session's parent; null where the system does not tell. */
export async function postgresMemory(client: pg.Client): Promise<PostgresMemory | null> {
  const postmaster = await findPostmaster(client)
  if (postmaster === null) return null
  const sizes = familyOf(postmaster).flatMap((pid) => pssMbOf(pid) ?? [])
  return sizes.length === 0 ? null : { processes: sizes.length, pssMb: sizes.reduce((sum, one) => sum + one, 0) }
}

function pssMbOf(pid: number): number | null {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readProc(`${pid}/smaps_rollup`) ?? '')?.[1]
  return kilobytes === undefined ? null : (Number(kilobytes) * 1024) / 1e6
}

/** The tables that every request reads or writes, in a fixed order; row counts are PostgreSQL's own estimates. */
export async function tableSizes(client: pg.Client): Promise<TableSize[]> {
  const { rows } = await client.query<{
    name: string
    size: string
    indexes: string
    rows: string
    dead: string
    vacuums: string
  }>(
    `SELECT relname AS name, pg_table_size(relid) AS size, pg_indexes_size(relid) AS indexes,
       n_live_tup AS rows, n_dead_tup AS dead, autovacuum_count AS vacuums
     FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname = ANY($1)
     ORDER BY array_position($1, relname::text)`,
    [TABLES],
  )
  if (rows.length !== TABLES.length) throw new Error(`Only ${rows.map(({ name }) => name)} of ${TABLES} are there.`)
  return rows.map((row) => ({
    table: row.name,
    tableMb: Number(row.size) / 1e6,
    indexMb: Number(row.indexes) / 1e6,
    rows: Number(row.rows),
    dead: Number(row.dead),
    vacuums: Number(row.vacuums),
  }))
}
