/*
 * Values as the text format of PostgreSQL's COPY wants them: columns apart by tabs, rows by line feeds.
 */

const NULL = '\\N'
const NEEDS_ESCAPE = /[\\\t\n\r]/
const ESCAPED = /[\\\t\n\r]/g
const BACKSLASHES = /\\/g
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Any text, also "\N", "\." and "", comes back as it is. */
export function copyText(value: string | null): string {
  if (value === null) return NULL
  return NEEDS_ESCAPE.test(value) ? value.replace(ESCAPED, (found) => ESCAPES[found] ?? found) : value
}

/** The same for values whose text never holds a backslash or a control character: numbers, booleans, dates, instants. */
export function copyPlain(value: string | number | boolean | null): string {
  return value === null ? NULL : String(value)
}

/** The same for values that PostgreSQL is to read as JSON; null is NULL. A JSON text holds no control character. */
export function copyJson(value: unknown): string {
  if (value === null) return NULL
  const text = JSON.stringify(value)
  return text.includes('\\') ? text.replace(BACKSLASHES, '\\\\') : text
}
