import { type RefObject, useLayoutEffect } from 'react'

/** As long as the library takes to give the focus where it belongs by itself. */
const SETTLE_MS = 10

/**
 * What is settled goes from the list: whoever settled it by keyboard goes on at what comes after it, or before it, and
 * after the last one at the page.
 *
 * @param row an entry of the list, whose buttons settle it
 * @param isChosen whether one of them was pressed here
 */
export function useGoOn(row: RefObject<HTMLElement | null>, isChosen: RefObject<boolean>): void {
  useLayoutEffect(() => {
    const entry = row.current
    return () => {
      if (entry === null || !isChosen.current) return
      const neighbours = [entry.nextElementSibling, entry.previousElementSibling]
      window.setTimeout(() => goOn(neighbours), SETTLE_MS)
    }
  }, [row, isChosen])
}

function goOn(neighbours: readonly (Element | null)[]): void {
  // A button that is pressed lets go of the focus; whoever has gone elsewhere meanwhile stays there.
  if (document.activeElement !== null && document.activeElement !== document.body) return
  for (const neighbour of neighbours) {
    const button = neighbour?.isConnected === true ? neighbour.querySelector<HTMLElement>('button:enabled') : null
    if (button === null) continue
    button.focus()
    return
  }
  document.getElementById('main')?.focus({ preventScroll: true })
}
