/** More than one only where a proxy sends the requests of many on one connection. */
const KEPT_MAX = 32
/** Longer than credentials of ours; what else is sent in their place shall fill no memory. */
const LENGTH_MAX = 600

/**
 * Keeps what the credentials of a request came to for the requests that follow on the same connection with the same
 * ones, as nearly all do: to hash them again costs more than to find their proof. It proves nothing by itself, and goes
 * with the connection.
 *
 * @param read makes the value of the headers' texts; what it throws is not kept
 */
export function makeConnectionMemo<Headers extends readonly (string | undefined)[], Value>(
  read: (...headers: Headers) => Value,
): (connection: object | undefined, ...headers: Headers) => Value {
  const kept = new WeakMap<object, Map<string, Value>>()
  return (connection, ...headers) => {
    if (connection === undefined) return read(...headers)
    // No header has a line break in it. One that is absent reads as one that is empty, which is refused all the same.
    const text = headers.join('\n')
    const values = kept.get(connection) ?? new Map<string, Value>()
    const known = values.get(text)
    if (known !== undefined) return known
    const value = read(...headers)
    if (text.length > LENGTH_MAX) return value
    if (values.size === KEPT_MAX) values.clear()
    kept.set(connection, values.set(text, value))
    return value
  }
}
