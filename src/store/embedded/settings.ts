import { totalmem } from 'node:os'

const MEGABYTE = 1024 * 1024

/**
 * The `-c` arguments of the server. Ours come first, then the caller's, then those that no caller may change: the last
 * of equal names wins in PostgreSQL.
 * @param socketFolder as PostgreSQL is to see it.
 */
export function serverArguments(socketFolder: string, extra: Readonly<Record<string, string>>): string[] {
  const memory = availableMemory()
  const defaults = {
    // What is changed all day (cards, histories and their indexes) stays in it: else each change writes a page out.
    shared_buffers: `${clamp(Math.floor(memory / 8 / MEGABYTE), 16, 1024)}MB`,
    effective_cache_size: `${clamp(Math.floor(memory / 2 / MEGABYTE), 64, 65536)}MB`,
    max_connections: '100',
    max_wal_size: '2GB',
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

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value))
}
