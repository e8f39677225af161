import { totalmem } from 'node:os'

const MEGABYTE = 1024 * 1024

export interface ArgumentOptions {
  /** As PostgreSQL is to see it. */
  readonly socketFolder: string
  /** Bytes that are free where the data lies. */
  readonly freeDisk: number
  /** Settings of the caller. */
  readonly extra: Readonly<Record<string, string>>
}

/**
 * The `-c` arguments of the server. Ours come first, then the caller's, then those that no caller may change: the last
 * of equal names wins in PostgreSQL.
 */
export function serverArguments({ socketFolder, freeDisk, extra }: ArgumentOptions): string[] {
  const memory = availableMemory()
  const defaults = {
    // What is changed all day (cards, histories and their indexes) stays in it: else each change writes a page out. A
    // small store takes no more of it than it has pages.
    shared_buffers: `${megabytes(memory / 8, 16, 4096)}MB`,
    effective_cache_size: `${megabytes(memory / 2, 64, 65536)}MB`,
    max_connections: '100',
    // Only a store that writes much comes to hold so much. The first change of a page after a checkpoint writes it whole
    // into the log, and this is what brings checkpoints about: more of it is less writing, and a longer way back after
    // a crash.
    max_wal_size: `${megabytes(freeDisk / 8, 512, 8192)}MB`,
    // So much of the log is kept to be written over: a new piece of it is filled with zeros and put on disk first, for
    // which every commit of a burst would wait.
    min_wal_size: `${megabytes(freeDisk / 32, 80, 1024)}MB`,
    wal_compression: 'off',
    checkpoint_timeout: '15min',
    jit: 'off',
    autovacuum: 'on',
    random_page_cost: '1.1',
    // Workers are worth their start for a report over a million leads, never for a page of a list.
    parallel_setup_cost: '20000',
    log_line_prefix: '%m [%p] ',
    log_timezone: 'UTC',
    timezone: 'UTC',
    // A failing statement's text may hold a customer's data; the application logs what it needs.
    log_min_error_statement: 'panic',
  }
  const fixed = {
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    listen_addresses: '',
    port: String(SERVER_PORT),
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    logging_collector: 'off',
    log_destination: 'stderr',
    // The supervisor finds the decisive line of the log by its English words.
    lc_messages: 'C',
    restart_after_crash: 'on',
  }
  return [defaults, extra, fixed].flatMap((part) =>
    Object.entries(part).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  )
}

/** Only a part of the socket's file name: nothing listens on TCP. */
export const SERVER_PORT = 5432

/** Bytes: what the container or the machine grants, whichever is less. */
function availableMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

function megabytes(bytes: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, Math.floor(bytes / MEGABYTE)))
}
