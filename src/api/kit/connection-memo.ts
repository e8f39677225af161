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
  const kept = new WeakMap<object, { readonly headers: Headers; readonly value: Value }>()
  return (connection, ...headers) => {
    if (connection === undefined) return read(...headers)
    const last = kept.get(connection)
    if (last?.headers.every((header, i) => header === headers[i])) return last.value
    const value = read(...headers)
    kept.set(connection, { headers, value })
    return value
  }
}
