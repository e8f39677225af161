/** A page that nobody has touched for so long is left to itself. */
const UNTOUCHED_MS = 60_000

let touchedAtMs = Date.now()

/** Somebody is at the page. */
export function noteTouch(): void {
  touchedAtMs = Date.now()
}

/**
 * True when nobody has touched the page for a minute, so that what it asks for is its own wish: the server takes that
 * for no use of the session, which ends then in a tab that was left open.
 */
export function isUnattended(): boolean {
  return Date.now() - touchedAtMs > UNTOUCHED_MS
}
