import type { Announcement, LivePlace } from '../../store/pipeline/live-line.ts'
import type { LiveListener } from '../feed.ts'
import { changesOf } from './changes-of.ts'

/** Hands what this process hears to those who listen for its company. */
export interface LiveHub {
  subscribe(companyId: number, listener: LiveListener): () => void
  /** Tells which companies have news; what it is, only subscribers hear. */
  observe(observer: (companyIds: readonly number[]) => void): () => void
  publish(announcement: Announcement): void
  /** Tells everybody that something may have been missed. */
  missed(): void
  /** Of what was handed on last; null before anything was. */
  place(): LivePlace | null
}

export function makeLiveHub(): LiveHub {
  const byCompany = new Map<number, Set<LiveListener>>()
  const observers = new Set<(companyIds: readonly number[]) => void>()
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
    observe(observer) {
      observers.add(observer)
      return () => observers.delete(observer)
    },
    publish({ place, companyIds, linesOf }) {
      for (const companyId of companyIds) {
        const listeners = byCompany.get(companyId)
        if (listeners === undefined) continue
        for (const change of changesOf(place, linesOf(companyId))) {
          for (const listener of listeners) listener.changed(change)
        }
      }
      for (const observer of observers) observer(companyIds)
      newest = place
    },
    missed() {
      for (const listeners of byCompany.values()) for (const listener of listeners) listener.missed()
    },
    place: () => newest,
  }
}
