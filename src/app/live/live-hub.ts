import type { LiveChange, LiveListener } from '../feed.ts'

/** Hands what this process hears to those who listen for its company. */
export interface LiveHub {
  subscribe(companyId: number, listener: LiveListener): () => void
  publish(changes: readonly LiveChange[]): void
  /** Tells everybody that something may have been missed. */
  missed(): void
}

export function makeLiveHub(): LiveHub {
  const byCompany = new Map<number, Set<LiveListener>>()
  return {
    subscribe(companyId, listener) {
      const listeners = byCompany.get(companyId) ?? new Set()
      byCompany.set(companyId, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && byCompany.get(companyId) === listeners) byCompany.delete(companyId)
      }
    },
    publish(changes) {
      for (const change of changes) {
        for (const listener of byCompany.get(change.companyId) ?? []) listener.changed(change)
      }
    },
    missed() {
      for (const listeners of byCompany.values()) for (const listener of listeners) listener.missed()
    },
  }
}
