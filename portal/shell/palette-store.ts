import { useSyncExternalStore } from 'react'

let wanted = false
let open: (() => void) | null = null
const listeners = new Set<() => void>()

/** Opens the command palette; its code is loaded the first time. */
export function openPalette(): void {
  if (open !== null) {
    open()
    return
  }
  wanted = true
  for (const listener of listeners) listener()
}

/** For the palette itself, once its code is there: how it is opened from now on. */
export function offerPalette(opener: () => void): void {
  open = opener
}

export function usePaletteWanted(): boolean {
  return useSyncExternalStore(subscribe, () => wanted)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
