const KEPT_MAX = 1_000
/** Longer than credentials of ours; what else is sent in their place shall fill no memory. */
const LENGTH_MAX = 600
const LIFE_MS = 60_000

/**
 * Keeps for a minute at most what the credentials of a request came to, for the requests that follow with the same ones,
 * as nearly all do: to hash them again costs more than to find their proof. It proves nothing by itself.
 *
 * @param read makes the value of the headers' texts; what it throws is not kept
 */
export function makeCredentialMemo<Headers extends readonly (string | undefined)[], Value>(
  read: (...headers: Headers) => Value,
): (...headers: Headers) => Value {
  const kept = new Map<string, Value>()
  const keep = (text: string, value: Value) => {
    if (text.length > LENGTH_MAX) return
    if (kept.size === KEPT_MAX) kept.clear()
    // All go together: the oldest has had its minute, and the others are only read once more.
    if (kept.size === 0) setTimeout(() => kept.clear(), LIFE_MS).unref()
    kept.set(text, value)
  }
  return (...headers) => {
    // No header has a line break in it. One that is absent reads as one that is empty, which is refused all the same.
    const text = headers.join('\n')
    const known = kept.get(text)
    if (known !== undefined) return known
    const value = read(...headers)
    keep(text, value)
    return value
  }
}
