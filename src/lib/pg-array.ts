const NEEDS_ESCAPE = /["\\]/
const ESCAPED = /["\\]/g

/**
 * A PostgreSQL array literal of texts. Each element is quoted, so that any text, also "NULL" and "", comes back as it is.
 */
export function textArray(values: readonly (string | null | undefined)[]): string {
  let literal = ''
  for (const value of values) {
    literal += literal === '' ? '{' : ','
    if (value === null || value === undefined) literal += 'NULL'
    else literal += NEEDS_ESCAPE.test(value) ? `"${value.replace(ESCAPED, '\\$&')}"` : `"${value}"`
  }
  return literal === '' ? '{}' : `${literal}}`
}

/**
 * The same for values whose text never holds a comma, quote, brace, backslash or blank: numbers, booleans, dates,
 * ISO instants, decimals.
 */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  let literal = ''
  for (const value of values) {
    literal += literal === '' ? '{' : ','
    literal += value === null ? 'NULL' : value
  }
  return literal === '' ? '{}' : `${literal}}`
}

/**
 * The same for values that PostgreSQL is to read as JSON; undefined and null are NULL. A JSON text holds no control
 * character, so that as a JSON string it is quoted just as an element is, and several times as fast as by replacing.
 */
export function jsonArray(values: readonly unknown[]): string {
  let literal = ''
  for (const value of values) {
    literal += literal === '' ? '{' : ','
    literal += value === null || value === undefined ? 'NULL' : JSON.stringify(JSON.stringify(value))
  }
  return literal === '' ? '{}' : `${literal}}`
}
