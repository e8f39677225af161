import type { ValuePairs } from '../../core/sync/merge.ts'
import { type Details, type SyncFields, type SyncShape, sameValue } from '../../core/sync/shape.ts'
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
  /** The upstream's number of `theirs`; null where it has none, or where `theirs` may be out of date. */
  theirsRevision: number | null
  /** What the upstream shows beside `theirs`. */
  readonly details: Details
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

/** A lead as just read there, with what some upstreams show beside. */
export type PulledLead = UpstreamLead & { readonly details?: Details }

export function beginLook(
  shape: SyncShape,
  { link, upstreamId, pulled }: Pick<Look, 'link' | 'upstreamId'> & { readonly pulled: PulledLead | null },
): Look {
  return {
    link,
    upstreamId,
    base: isSomebodyElse(shape, link, pulled) ? {} : { ...firstSaid(link, pulled), ...link.base },
    details: pulled?.details ?? {},
    theirsRevision: pulled === null ? link.theirsRevision : pulled.revision,
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

/** What the upstream had left out so far, and so was empty there: some services do not show what is empty. */
function firstSaid({ theirs }: Link, pulled: UpstreamLead | null): SyncFields {
  if (theirs === null || pulled === null) return {}
  const names = Object.keys(pulled.fields).filter((name) => theirs[name] === undefined)
  return Object.fromEntries(names.map((name) => [name, null]))
}

/**
 * Whether an id that was gone came back for another customer: nothing by which people are told apart is as it was. With
 * him nothing is agreed, and his values must not go over those of the lead that had the id before.
 */
function isSomebodyElse({ required }: SyncShape, link: Link, pulled: UpstreamLead | null): boolean {
  const { base, goneAt, isMoved } = link
  // At another address nothing tells whether it is the same one.
  if (isMoved && pulled !== null && required.length === 0) return true
  if (goneAt === null || pulled === null || required.length === 0) return false
  return required.every((field) => {
    const [before, now] = [base[field] ?? null, pulled.fields[field] ?? null]
    return before !== null && now !== null && !sameValue(before, now)
  })
}

/** The link's row as far as the look itself knows it. */
export function rowOf(look: Look) {
  const { link, upstreamId, base, theirs, theirsAt, theirsRevision, sent, seenRevision, isGone, version } = look
  const differs = stillDiffering(link.differs, theirs)
  const known = { leadId: link.leadId, upstreamId, base, theirs, theirsAt, theirsRevision, differs }
  return { ...known, sent, seenRevision, isGone, version }
}

/** What is agreed to differ ends with another value there; another one here is judged anew anyway. */
function stillDiffering(differs: ValuePairs, theirs: SyncFields): ValuePairs {
  return Object.fromEntries(Object.entries(differs).filter(([field, pair]) => sameValue(pair.theirs, theirs[field])))
}
