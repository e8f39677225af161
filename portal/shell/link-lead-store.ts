import { useSyncExternalStore } from 'react'

let opened = false
const listeners = new Set<() => void>()

/** Opens the dialog that brings a lead in by its number at RenovationFind, from wherever. */
export function openLinkLead(): void {
  set(true)
}

export function closeLinkLead(): void {
  set(false)
}

export function useLinkLeadOpened(): boolean {
  return useSyncExternalStore(subscribe, () => opened)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function set(next: boolean): void {
  opened = next
  for (const listener of listeners) listener()
}
