import { useRef } from 'react'
import type { Row } from '../../lead/paged-list/list-state.ts'
import { useShortcuts, useShortcutsEnabled } from '../../shell/shortcuts.ts'

export interface RowKeysOptions {
  readonly rows: readonly Row[]
  readonly toggle: (id: number) => void
  /** Brings a row into sight, and so into the page. */
  readonly scrollTo: (index: number) => void
}

export const SEARCH_ID = 'leads-search'

/**
 * j and k go from lead to lead, x selects, / goes to the search; Enter follows the focused link as anywhere. The real
 * focus moves, so that a screen reader comes along.
 */
export function useRowKeys({ rows, toggle, scrollTo }: RowKeysOptions): void {
  const [isEnabled] = useShortcutsEnabled()
  const last = useRef<number | null>(null)
  const focusedId = () => {
    const row = document.activeElement?.closest('tr, li')
    const link = row?.querySelector<HTMLElement>('[data-lead-link]')
    return link === null || link === undefined ? null : Number(link.dataset['leadLink'])
  }
  const step = (by: 1 | -1) => {
    const from = rows.findIndex(({ id }) => id === (focusedId() ?? last.current))
    const index = Math.min(rows.length - 1, Math.max(0, from < 0 ? 0 : from + by))
    const id = rows[index]?.id
    if (id === undefined) return
    last.current = id
    scrollTo(index)
    focusSoon(id)
  }
  useShortcuts(
    {
      j: () => step(1),
      k: () => step(-1),
      x: () => {
        const id = focusedId()
        if (id !== null) toggle(id)
      },
      '/': () => document.getElementById(SEARCH_ID)?.focus(),
    },
    isEnabled,
  )
}

const FRAMES_MAX = 20

/** A row that was far away comes into the page some frames later. */
function focusSoon(id: number, frames = 0): void {
  const link = document.querySelector<HTMLElement>(`[data-lead-link="${id}"]`)
  if (link !== null) link.focus({ preventScroll: true })
  else if (frames < FRAMES_MAX) requestAnimationFrame(() => focusSoon(id, frames + 1))
}
