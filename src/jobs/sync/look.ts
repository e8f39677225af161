import type { SyncFields } from '../../core/sync/shape.ts'
import type { Link, Sent } from '../../store/sync/lead-links.ts'
import type { FoundConflict } from '../../store/sync/open-conflicts.ts'
import type { UpstreamLead } from './connector.ts'

/** A lead while it is looked at: what is known of both sides, and what the look came to. */
export interface Look {
  readonly link: Link
  readonly upstreamId: string
  base: SyncFields
  theirs: SyncFields
  theirsAt: string | null
  unreadable: UpstreamLead['unreadable']
  isSettled: boolean
  /** Of the link's row, as this look wrote it last. */
  version: number
  /** What was sent and may have arrived. */
  sent: Sent | null
  seenRevision: number
  isGone: boolean
  /** What the upstream refused in this look. */
  readonly refused: FoundConflict[]
}

export function beginLook(link: Link, upstreamId: string, pulled: UpstreamLead | null): Look {
  return {
    link,
    upstreamId,
    base: link.base,
    theirs: pulled?.fields ?? link.theirs ?? {},
    theirsAt: pulled === null ? link.theirsAt : pulled.modifiedAt,
    unreadable: pulled?.unreadable ?? {},
    isSettled: pulled?.isSettled ?? true,
    version: link.version,
    sent: link.sent,
    seenRevision: link.seenRevision,
    isGone: false,
    refused: [],
  }
}

/** The link's row as far as the look itself knows it. */
export function rowOf({ link, upstreamId, base, theirs, theirsAt, sent, seenRevision, isGone, version }: Look) {
  return { leadId: link.leadId, upstreamId, base, theirs, theirsAt, sent, seenRevision, isGone, version }
}
