import pg from 'pg'
import { RefusalError, refusal } from '../core/errors.ts'
import { type Copy, copyRows } from './copy-rows.ts'
import { isUnavailable } from './faults.ts'

/** How to reach PostgreSQL; either a connection string or the parts that the embedded engine hands out. */
export type Connection =
  | { readonly connectionString: string }
  | {
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string
      readonly database: string
    }

export interface Statement {
  readonly text: string
  readonly values?: readonly unknown[]
  /** Names a prepared plan; for statements that run often. */
  readonly name?: string
}

/** A row as PostgreSQL prints it: texts in the order of the columns. */
export type Fields = readonly (string | null)[]

/** Anything that runs one statement: the pool, or a transaction. */
export interface Db {
  query<Row>(statement: Statement): Promise<Row[]>
  /** The same for who makes something of the rows himself: nothing is read out of the texts, and no names are given. */
  fields(statement: Statement): Promise<Fields[]>
}

/** A handle inside BEGIN … COMMIT. */
export interface Tx extends Db {
  readonly inTransaction: true
  /** Copies rows into one table after the other. */
  copy(copies: readonly Copy[]): Promise<void>
}

export interface Database extends Db {
  readonly connection: Connection
  /** Runs work in one transaction: commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const OID = { int8: 20, date: 1082, timestamptz: 1184, numeric: 1700, int8Array: 1016 } as const

/**
 * Values as the core wants them: 64-bit numbers as numbers (ids stay far below 2^53), dates and decimals as text,
 * instants as ISO text in UTC.
 */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.int8]: Number,
  [OID.date]: (text) => text,
  [OID.numeric]: (text) => text,
  [OID.timestamptz]: instantFromText,
}

/** "2026-03-01 12:30:00.5+00" (TimeZone is UTC on each connection) as "2026-03-01T12:30:00.500Z". */
export function instantFromText(text: string): string {
  const fraction = text.slice(19, -3)
  const millis = fraction === '' ? '000' : fraction.slice(1, 4).padEnd(3, '0')
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${millis}Z`
}

const TYPES: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : PARSERS[oid]
    return own ?? pg.types.getTypeParser(oid, format)
  },
} as pg.CustomTypesConfig

/** Client settings common to the pool and the writer's own connections. */
export function clientConfig(connection: Connection, applicationName: string): pg.ClientConfig {
  return {
    ...connection,
    application_name: applicationName,
    types: TYPES,
    options: '-c TimeZone=UTC -c DateStyle=ISO -c client_encoding=UTF8',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  }
}

export interface DatabaseOptions {
  readonly connection: Connection
  readonly poolMax: number
  /** Told about a connection that broke while idle; the pool replaces it by itself. */
  readonly onIdleError: (error: Error) => void
}

export function openDatabase({ connection, poolMax, onIdleError }: DatabaseOptions): Database {
  const config = clientConfig(connection, 'leadwright')
  const pool = new pg.Pool({
    ...config,
    options: `${config.options} -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s`,
    query_timeout: 35_000,
    max: poolMax,
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', onIdleError)
  // One that breaks between two statements of a transaction has nobody to tell and would end the process; the next
  // statement fails by itself.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return {
    connection,
    query: (statement) => asRefusal(run(pool, statement)),
    fields: (statement) => asRefusal(runForFields(pool, statement)),
    transaction: (work) => asRefusal(inTransaction(pool, work)),
    close: () => pool.end(),
  }
}

type Target = pg.Pool | pg.PoolClient

async function run<Row>(target: Target, statement: Statement): Promise<Row[]> {
  const result = await target.query(configOf(statement))
  return result.rows as Row[]
}

const AS_PRINTED: pg.CustomTypesConfig = { getTypeParser: () => (text: string) => text } as pg.CustomTypesConfig

async function runForFields(target: Target, statement: Statement): Promise<Fields[]> {
  const result = await target.query({ ...configOf(statement), rowMode: 'array', types: AS_PRINTED })
  return result.rows as Fields[]
}

function configOf({ text, values, name }: Statement): pg.QueryConfig {
  const config: pg.QueryConfig = { text, values: [...(values ?? [])] }
  if (name !== undefined) config.name = name
  return config
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const value = await work({
      inTransaction: true,
      query: (statement) => run(client, statement),
      fields: (statement) => runForFields(client, statement),
      copy: (copies) => copyRows(client, copies),
    })
    await client.query('COMMIT')
    return value
  } catch (error) {
    await client.query('ROLLBACK').catch((fault: Error) => {
      broken = fault
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** A store that is away is the client's cue to retry, not an internal error. */
async function asRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    if (!isUnavailable(cause)) throw cause
    const text = 'The store is not available at the moment; try again shortly.'
    throw new RefusalError(refusal('server.unavailable', text, { retryAfterSeconds: 2 }), { cause })
  }
}
