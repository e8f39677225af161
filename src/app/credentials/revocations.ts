/** Something that opened Leadwright and no longer does, or no longer in the same way. */
export type Revoked =
  | { readonly kind: 'token'; readonly id: string }
  | { readonly kind: 'api-key'; readonly id: number }
  /** Whatever a user has: name, role, password or being active changed, or the sessions ended. */
  | { readonly kind: 'user'; readonly id: number }

/**
 * Tells whoever remembers proven credentials in this process that some hold no more, so that a revocation acts at once
 * here; other processes find out when they ask the store again, every few seconds.
 */
export interface Revocations {
  tell(revoked: Revoked): void
  listen(hear: (revoked: Revoked) => void): void
}

export function makeRevocations(): Revocations {
  const listeners: ((revoked: Revoked) => void)[] = []
  return {
    tell(revoked) {
      for (const hear of listeners) hear(revoked)
    },
    listen(hear) {
      listeners.push(hear)
    },
  }
}
