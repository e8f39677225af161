import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** First half of our advisory lock's key: 'Lead' as a number. The second is 0, or a process id (see takeOwnership). */
const LOCK_CLASS = 0x4c_65_61_64
/** Key of the lock that commands share while they work on a PostgreSQL that another command started. */
const GUEST_LOCK = [LOCK_CLASS + 1, 0]
const CONNECT_TIMEOUT_MS = 5000
const CLOSE_TIMEOUT_MS = 1000

export const SERVE_APPLICATION = 'leadwright serve'

/** How clients reach the built-in PostgreSQL: for pg.Client and pg.Pool. */
export interface Connection {
  /** The folder of the Unix socket. */
  host: string
  port: number
  user: string
  password: string
  database: string
}

/** One connection to PostgreSQL that can always be ended, whatever state its server is in. */
export interface Session {
  client: pg.Client
  /** Resolves when the connection has ended, whoever ended it. */
  ended: Promise<void>
  end(): Promise<void>
}

/** Who holds the lock: `processId` is undefined when it went in the meantime. */
export interface Holder {
  application: string
  processId: number | undefined
}

/** Opens one connection; rejects with the error of the socket or of PostgreSQL. */
export async function openSession(connection: Connection, application: string): Promise<Session> {
  const socket = new Socket()
  const client = new pg.Client({
    ...connection,
    ssl: false,
    application_name: application,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    stream: () => socket,
  })
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve)
    socket.once('close', () => resolve())
  })
  // The loss of the connection is seen through `ended`; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    socket.destroy()
    throw error
  }
  const end = async () => {
    const timer = new AbortController()
    await Promise.race([
      client.end().catch(() => {}),
      sleep(CLOSE_TIMEOUT_MS, undefined, { signal: timer.signal }).catch(() => {}),
    ])
    timer.abort()
    socket.destroy()
  }
  return { client, ended, end }
}

/**
 * Tries to become the one that supervises this cluster, for as long as the session lasts. Returns undefined on
 * success, else who it is. The session is one of the database `postgres`, since advisory locks are per database and
 * `leadwright` may be dropped and restored.
 */
export async function takeOwnership({ client }: Session): Promise<Holder | undefined> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, 0) AS taken', [LOCK_CLASS])
  if (rows[0]?.taken === true) {
    // Tells others our process id: over a Unix socket PostgreSQL does not know it.
    await client.query('SELECT pg_try_advisory_lock($1, $2)', [LOCK_CLASS, process.pid])
    return undefined
  }
  return await findHolder(client)
}

async function findHolder(client: pg.Client): Promise<Holder> {
  const { rows } = await client.query<{ application: string; process_id: number | null }>(
    `SELECT a.application_name AS application, p.objid::int AS process_id
       FROM pg_locks l
       JOIN pg_stat_activity a ON a.pid = l.pid
       LEFT JOIN pg_locks p
         ON p.pid = l.pid AND p.locktype = 'advisory' AND p.classid = l.classid AND p.objsubid = 2 AND p.objid <> 0
      WHERE l.locktype = 'advisory' AND l.classid = $1 AND l.objid = 0 AND l.objsubid = 2 AND l.granted`,
    [LOCK_CLASS],
  )
  const [row] = rows
  return { application: row?.application ?? '', processId: row?.process_id ?? undefined }
}

/**
 * Registers the session's command as a guest, for as long as the session lasts. Waits while the host is about to stop
 * PostgreSQL, and then fails with it.
 */
export async function becomeGuest({ client }: Session): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1, $2)', GUEST_LOCK)
}

/** Waits until no guest is left and keeps new ones from coming; after `timeoutMs` guests are not waited for longer. */
export async function outwaitGuests({ client }: Session, timeoutMs: number): Promise<void> {
  await client.query(`SET lock_timeout = ${timeoutMs}`)
  await client.query('SELECT pg_advisory_lock($1, $2)', GUEST_LOCK).catch(() => undefined)
}

/** Creates the database unless it is there; several may try at once. */
export async function ensureDatabase({ client }: Session, database: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  if (rowCount !== 0) return
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`)
  } catch (error) {
    const isDuplicate = error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505')
    if (!isDuplicate) throw error
  }
}
