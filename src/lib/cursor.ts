import { createHash } from 'node:crypto'

/** A place in a keyset-paged list: the sort key of the last row that was shown. */
export type CursorKey = readonly (string | number)[]

/** The longest key is a name of 200 characters. */
const LENGTH_MAX = 2_000

/** An opaque, URL-safe text for a place in a list. It is bound to `filters`, the list that it is a place in. */
export function encodeCursor(filters: unknown, key: CursorKey): string {
  return Buffer.from(JSON.stringify([fingerprint(filters), ...key])).toString('base64url')
}

/** The place that a text stands for, or null when it is no cursor, or one of a list with other filters. */
export function decodeCursor(filters: unknown, text: string): CursorKey | null {
  if (text.length > LENGTH_MAX || !/^[\w-]+$/.test(text)) return null
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return null
  }
  if (!Array.isArray(parts) || parts.length < 2) return null
  const [bound, ...key] = parts as unknown[]
  if (bound !== fingerprint(filters)) return null
  return key.every((part) => typeof part === 'string' || typeof part === 'number') ? (key as CursorKey) : null
}

/** The filters in so few characters that a cursor stays short; nothing secret, as a cursor gives no rights. */
function fingerprint(filters: unknown): string {
  return createHash('sha256').update(JSON.stringify(filters)).digest('base64url').slice(0, 10)
}
