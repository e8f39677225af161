import type { Actor } from '../../core/lead/events.ts'

/** Who a change comes from that a connection brings; the id finds its changes in a timeline. */
export function syncActor({ id, name }: { readonly id: number; readonly name: string }): Actor {
  return { kind: 'system', id: syncActorId(id), name, face: 'sync' }
}

export function syncActorId(connectionId: number): string {
  return `connection:${connectionId}`
}
