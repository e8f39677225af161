import { useSyncExternalStore } from 'react'

let opened = false
const listeners = new Set<() => void>()

/** Opens the dialog that makes a lead, from wherever. */
export function openCreateLead(): void {
  set(true)
}

export function closeCreateLead(): void {
  set(false)
}

export function useCreateLeadOpened(): boolean {
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
