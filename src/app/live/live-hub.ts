import type { Announcement, LivePlace } from '../../store/pipeline/live-line.ts'
import type { LiveListener } from '../feed.ts'
import { changesOf } from './changes-of.ts'

/** Hands what this process hears to those who listen for its company. */
export interface LiveHub {
  subscribe(companyId: number | null, listener: LiveListener): () => void
  publish(announcement: Announcement): void
  /** Tells everybody that something may have been missed. */
  missed(): void
  /** Of what was handed on last; null before anything was. */
  place(): LivePlace | null
}

export function makeLiveHub(): LiveHub {
  const byCompany = new Map<number | null, Set<LiveListener>>()
  let newest: LivePlace | null = null
  return {
    subscribe(companyId, listener) {
      const listeners = byCompany.get(companyId) ?? new Set()
      byCompany.set(companyId, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && byCompany.get(companyId) === listeners) byCompany.delete(companyId)
      }
    },
    publish(announcement) {
      for (const change of changesOf(announcement)) {
        for (const listener of byCompany.get(change.companyId) ?? []) listener.changed(change)
        for (const listener of byCompany.get(null) ?? []) listener.changed(change)
      }
      newest = announcement.place
    },
    missed() {
      for (const listeners of byCompany.values()) for (const listener of listeners) listener.missed()
    },
    place: () => newest,
  }
}
