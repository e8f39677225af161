/** What a message tells of; a message of no lead, a test, has 0 as its lead. */
export interface MessageSubject {
  readonly companyId: number
  readonly leadId: number
  readonly revision: number
  readonly event: string
}

/**
 * The webhook-id: the same for every endpoint and every attempt, and in a replay, so that a receiver knows what it has
 * had. It holds no full stop, which parts the signed text.
 */
export function messageIdOf({ companyId, leadId, revision, event }: MessageSubject): string {
  return `msg_${companyId}-${leadId}-${revision}-${event.replace('.', '-')}`
}
