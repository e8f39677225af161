import { useLayoutEffect } from 'react'

/** The library gets this long to move the focus by itself, into the dialog that comes next. */
const SETTLE_MS = 10
const LIST = '.mantine-Menu-dropdown, .mantine-Popover-dropdown'
const DIALOG = '[role="dialog"][aria-modal="true"]'

interface Debt {
  readonly opener: Element | null
  readonly timer: number
}

/** What the dialog owes that has just gone; one that takes its place owes it then. */
let debt: Debt | null = null

/**
 * Gives the focus back to what had it when a dialog opened, once it is closed, or gone with what it was part of. Where
 * that has gone too, the dialog below gets it, or else the page, so that nobody by keyboard begins at the very top.
 */
export function useFocusBack(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return
    const opener = debt === null ? openerOf(document.activeElement) : takeOver()
    return () => {
      const atClose = document.activeElement
      debt = { opener, timer: window.setTimeout(() => pay(atClose), SETTLE_MS) }
    }
  }, [opened])
}

function takeOver(): Element | null {
  if (debt === null) return null
  const { opener, timer } = debt
  window.clearTimeout(timer)
  debt = null
  return opener
}

/** The item of a menu goes with its menu: what opened the menu stays. */
function openerOf(element: Element | null): Element | null {
  const id = element?.closest(LIST)?.getAttribute('aria-labelledby')
  return id === null || id === undefined ? element : document.getElementById(id)
}

function pay(atClose: Element | null): void {
  const opener = takeOver()
  const now = document.activeElement
  // Whoever has gone on meanwhile, to another page or into another dialog, stays there.
  if (now !== null && now !== document.body && now !== atClose) return
  for (const element of [opener, dialogBelow(atClose), document.getElementById('main')]) {
    if (!(element instanceof HTMLElement) || element === document.body) continue
    element.focus({ preventScroll: true })
    if (document.activeElement === element) return
  }
}

function dialogBelow(atClose: Element | null): Element | null {
  const dialogs = [...document.querySelectorAll(DIALOG)]
  return dialogs.findLast((dialog) => !dialog.contains(atClose)) ?? null
}
