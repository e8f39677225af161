/** Ends the caller's turn of the event loop: what has arrived by now is read before this resolves. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/**
 * Waits as long as each turn of the event loop brings more, until there is enough. One turn, where nothing comes.
 *
 * @param count how much there is
 */
export async function gather(count: () => number, enough: number): Promise<void> {
  for (let seen = 0; count() > seen && count() < enough; ) {
    seen = count()
    await nextTurn()
  }
}
