import type pg from 'pg'
import type { Connection } from '../../src/store/database.ts'
import { INSERT_TOTALS } from '../../src/store/pipeline/projection-rebuild.ts'
import { withClient } from './cluster.ts'
import { makeCompanies } from './companies.ts'
import { loadSql } from './seed-sql.ts'
import { describeShape, FIRST_LEAD_ID, leadCount, type Shape } from './shape.ts'

/** Leads of one statement: large enough to be fast, small enough to show progress. */
const CHUNK_LEADS = 100_000
/** Those that grow with the leads. */
const TABLES = ['lead', 'timeline', 'lead_card', 'lead_search']
const SMALL_TABLES = ['stage_total', 'outbox', 'rate_window', 'idempotency', 'company']

export interface SeedOptions {
  readonly shape: Shape
  /** One lead in so many rounds gets its whole history. */
  readonly timelineEvery: number
  /** Sessions that load side by side. */
  readonly jobs: number
  readonly log: (message: string) => void
}

/** The shape that a database was seeded with, or null for one that was not, or not to the end. */
export async function findShape(address: Connection): Promise<Shape | null> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass('bench_shape') IS NOT NULL AS there")
    if (rows[0]?.there !== true) return null
    const shapes = await client.query<{ shape: Shape }>('SELECT shape FROM bench_shape')
    return shapes.rows[0]?.shape ?? null
  })
}

/**
 * Fills an empty store with companies and leads. Indexes and keys are dropped before and built after, foreign keys are
 * not checked and commits are not awaited: none of that outlives the seeding.
 */
export async function seed(address: Connection, options: SeedOptions): Promise<void> {
  const { shape, jobs, log } = options
  const since = performance.now()
  const done = (what: string) => log(`${what} after ${((performance.now() - since) / 1000).toFixed(1)} s`)
  log(`seeding ${describeShape(shape)}`)
  await makeCompanies(address, shape.companies)
  done('companies made')
  const rebuild = await withClient(address, dropIndexes)
  const firstCompanyId = await withClient(address, findFirstCompany)
  const chunks = chunksOf(leadCount(shape))
  const total = chunks.length
  const work = () =>
    withClient(address, async (client) => {
      await prepareSession(client)
      for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
        await loadChunk(client, options, firstCompanyId, chunk)
        if ((total - chunks.length) % 10 === 0) done(`${total - chunks.length} of ${total} pieces`)
      }
    })
  await Promise.all(Array.from({ length: jobs }, work))
  done('rows loaded')
  await runAll(address, rebuild, jobs)
  done('indexes built')
  await withClient(address, (client) => finish(client, shape))
  done('vacuumed and analysed')
}

type Chunk = readonly [from: number, to: number]

function chunksOf(leads: number): Chunk[] {
  const chunks: Chunk[] = []
  for (let from = 0; from < leads; from += CHUNK_LEADS) chunks.push([from, Math.min(leads, from + CHUNK_LEADS)])
  return chunks
}

async function prepareSession(client: pg.Client): Promise<void> {
  await client.query(
    "SET session_replication_role = replica; SET synchronous_commit = off; SET TimeZone = 'UTC'; SET work_mem = '64MB'",
  )
}

async function loadChunk(
  client: pg.Client,
  { shape, timelineEvery }: SeedOptions,
  firstCompanyId: number,
  [from, to]: Chunk,
): Promise<void> {
  const now = `${new Date().toISOString().slice(0, 10)}T00:00:00Z`
  await client.query(loadSql(shape, firstCompanyId, timelineEvery), [from, to, now])
}

async function findFirstCompany(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ first: string; last: string; count: string }>(
    'SELECT min(id) AS first, max(id) AS last, count(*) AS count FROM company',
  )
  const [first, last, count] = [Number(rows[0]?.first), Number(rows[0]?.last), Number(rows[0]?.count)]
  if (last - first + 1 !== count) throw new Error('The companies have gaps between their ids; seed an empty store.')
  return first
}

/** Drops what slows loading down; gives the statements that build it again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows: constraints } = await client.query<{ tab: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS tab, conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid = ANY($1::text[]::regclass[])`,
    [TABLES],
  )
  for (const { tab, name } of constraints) await client.query(`ALTER TABLE ${tab} DROP CONSTRAINT ${name}`)
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    'SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename = ANY($1::text[])',
    [TABLES],
  )
  const { rows: settings } = await client.query<{ name: string; column: number; target: number }>(
    `SELECT attrelid::regclass::text AS name, attnum AS column, attstattarget AS target FROM pg_attribute
     WHERE attstattarget >= 0 AND attrelid = ANY($1::text[]::regclass[])`,
    [indexes.map(({ name }) => name)],
  )
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`)
  return [
    ...constraints.map(({ tab, name, definition }) => `ALTER TABLE ${tab} ADD CONSTRAINT ${name} ${definition}`),
    ...indexes.map(({ definition }) => definition),
    ...settings.map(
      ({ name, column, target }) => `ALTER INDEX ${name} ALTER COLUMN ${column} SET STATISTICS ${target}`,
    ),
  ]
}

/** One after the other: a key's lock would only make the others of its table wait. */
async function runAll(address: Connection, statements: readonly string[], jobs: number): Promise<void> {
  await withClient(address, async (client) => {
    await client.query(`SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = ${jobs - 1}`)
    for (const statement of statements) await client.query(statement)
  })
}

async function finish(client: pg.Client, shape: Shape): Promise<void> {
  await client.query("SELECT setval('lead_id', $1)", [FIRST_LEAD_ID + leadCount(shape)])
  await client.query(INSERT_TOTALS)
  for (const table of [...TABLES, ...SMALL_TABLES]) {
    await client.query(`VACUUM (FREEZE, ANALYZE) ${table}`)
  }
  await client.query('CREATE TABLE bench_shape (shape jsonb NOT NULL)')
  await client.query('INSERT INTO bench_shape VALUES ($1)', [JSON.stringify(shape)])
  await client.query('CHECKPOINT')
}
