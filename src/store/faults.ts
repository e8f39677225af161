import { DatabaseError } from 'pg'

/**
 * PostgreSQL classes and codes that say "not now" and nothing about the request: connection faults (08), resources
 * (53, disk full included), operator intervention (57P), a cancelled statement (57014), a read-only server (25006).
 */
const PASSING = /^(08|53|57P|57014|25006)/
/** Faults of two transactions meeting; the same work can simply be tried again. */
const HELD_ROW = '55P03'
const CONTENTION = new Set(['40001', '40P01', HELD_ROW])
const SOCKET_FAULTS = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EACCES', 'ENOTFOUND'])

export const UNIQUE_VIOLATION = '23505'

export function sqlStateOf(error: unknown): string | null {
  return error instanceof DatabaseError && error.code !== undefined ? error.code : null
}

/** True when the store cannot work at the moment: the client should retry later (503). */
export function isUnavailable(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== null) return PASSING.test(state)
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    SOCKET_FAULTS.has(code) ||
    /connection (terminated|ended|timeout)|not queryable|timeout (exceeded|expired)|read timeout/i.test(error.message)
  )
}

/** True when somebody else held a row for longer than we wait: trying again at once would only wait again. */
export function isHeldRow(error: unknown): boolean {
  return sqlStateOf(error) === HELD_ROW
}

export function isContention(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== null && CONTENTION.has(state)
}
