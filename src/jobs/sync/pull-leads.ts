import { syncActorId } from '../../app/sync/sync-actor.ts'
import { takeNewLeads } from '../../app/sync/take-new-leads.ts'
import { type SyncFields, sameValue } from '../../core/sync/shape.ts'
import { markGone, restGone } from '../../store/sync/absent-links.ts'
import { orphanedLeads } from '../../store/sync/lead-history.ts'
import {
  dirtyLinks,
  insertLinks,
  type Link,
  linksOfUpstream,
  listedLinks,
  markMade,
} from '../../store/sync/lead-links.ts'
import { openConflictsOf } from '../../store/sync/open-conflicts.ts'
import type { UpstreamLead } from './connector.ts'
import type { PulledLead } from './look.ts'
import type { Run } from './run.ts'
import { syncLead } from './sync-lead.ts'

/** Leads by upstream id, as just read. */
export type Listed = ReadonlyMap<string, PulledLead>

const CHUNK = 200
const LISTED_CHUNK = 5000
const NEW_CHUNK = 100

/** Looks at every linked lead that changed on either side, and gives the ids of those that are not linked. */
export async function syncListed(run: Run, listed: Listed): Promise<string[]> {
  const unlinked: string[] = []
  for (const ids of chunks([...listed.keys()], CHUNK)) {
    const links = await linksOfUpstream(run.app.db, run.of, ids)
    const linked = new Set(links.map(({ upstreamId }) => upstreamId))
    unlinked.push(...ids.filter((id) => !linked.has(id)))
    await syncLinks(
      run,
      links.filter((link) => needsLook(link, listed)),
      listed,
    )
  }
  return unlinked
}

function needsLook(link: Link, listed: Listed): boolean {
  const lead = link.upstreamId === null ? undefined : listed.get(link.upstreamId)
  // Somebody may have read it after the list was made.
  if (lead === undefined || (lead.revision ?? 0) < (link.theirsRevision ?? 0)) return false
  if (link.dirty || link.sent !== null || link.goneAt !== null || link.isMoved) return true
  return lead.revision !== link.theirsRevision || !sameFields(link.theirs ?? {}, lead.fields)
}

function sameFields(a: SyncFields, b: SyncFields): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => sameValue(a[name], b[name]))
}

async function syncLinks(run: Run, links: readonly Link[], listed: Listed): Promise<void> {
  if (links.length === 0) return
  const ids = links.map(({ leadId }) => leadId)
  const open = await openConflictsOf(run.app.db, run.of, ids)
  for (const link of links) {
    run.signal.throwIfAborted()
    const { upstreamId } = link
    if (upstreamId === null) continue
    const pulled = listed.get(upstreamId) ?? (await readUnknown(run, link, upstreamId))
    if (pulled === 'unknown') continue
    await syncLead(run, {
      link,
      upstreamId,
      pulled,
      open: open.filter(({ leadId }) => leadId === link.leadId),
    })
  }
}

/**
 * Reads a lead of which what is known may be out of date, where the upstream tells its changes. null: what is known is to
 * do, or there is no more to be had; `unknown`: it is left for another run, or is gone.
 */
async function readUnknown(run: Run, link: Link, upstreamId: string): Promise<PulledLead | null | 'unknown'> {
  const { read } = run.connector
  if (!run.isTold || read === undefined || link.theirsRevision !== null) return null
  if (run.isStopped) return 'unknown'
  const outcome = run.noted(await read(upstreamId))
  if (outcome.kind === 'ok') return outcome.value
  if (outcome.kind === 'refused') return null
  if (outcome.kind === 'missing') {
    await markGone(run.app.db, run.of, [link.leadId], run.app.clock())
    if (link.goneAt === null) run.counts.gone += 1
  }
  return 'unknown'
}

/** Looks at the linked leads that changed here, of an upstream that has no list. */
export async function syncChanged(run: Run): Promise<void> {
  for (let afterId = 0; !run.isStopped; ) {
    const links = await dirtyLinks(run.app.db, run.of, { afterId, limit: CHUNK })
    await syncLinks(run, links, new Map())
    const last = links.at(-1)
    if (last === undefined || links.length < CHUNK) return
    afterId = last.leadId
  }
}

/** Marks the linked leads that are no longer listed. */
export async function markUnlisted(run: Run, listed: Listed): Promise<void> {
  for (let afterId = 0; ; ) {
    const links = await listedLinks(run.app.db, run.of, { afterId, limit: LISTED_CHUNK })
    run.signal.throwIfAborted()
    const gone = links.filter(({ upstreamId }) => !listed.has(upstreamId)).map(({ leadId }) => leadId)
    if (gone.length > 0) await markGone(run.app.db, run.of, gone, run.app.clock())
    run.counts.gone += gone.length
    const last = links.at(-1)
    if (last === undefined || links.length < LISTED_CHUNK) break
    afterId = last.leadId
  }
  await restGone(run.app.db, run.of)
}

/** Makes leads here of those that are only there, or finds those that an earlier connection has left. */
export async function createHere(run: Run, unlinked: readonly UpstreamLead[]): Promise<void> {
  const adopted = unlinked.length === 0 ? new Set() : await adoptOrphans(run, unlinked)
  const leads = unlinked.filter(({ id }) => !adopted.has(id))
  for (const some of chunks(leads, NEW_CHUNK)) {
    run.signal.throwIfAborted()
    const made = await takeNewLeads(run.app, run.merge, some)
    const links = made.map(({ upstreamId, leadId, base }) => {
      const lead = some.find(({ id }) => id === upstreamId)
      const theirs = lead?.fields ?? {}
      return { leadId, upstreamId, base: known(base, theirs), theirs, theirsAt: lead?.modifiedAt ?? null, sent: null }
    })
    const now = run.app.clock()
    await insertLinks(run.app.db, run.of, links, now)
    const isWhole = (link: (typeof links)[number]) => sameFields(link.base, link.theirs)
    const whole = new Set(links.filter(isWhole).map(({ leadId }) => leadId))
    // What an earlier run made may have changed since, and what could not be taken whole is shown by a look.
    const asMade = made.filter(({ isOld, leadId }) => !isOld && whole.has(leadId))
    await markMade(run.app.db, run.of, asMade, now)
    run.counts.createdHere += made.length
  }
}

/**
 * A connection that is taken away leaves its leads. When the account is connected again they are found by their ids there
 * and who they are about, and linked: on what differs nothing is agreed yet.
 */
async function adoptOrphans(run: Run, unlinked: readonly UpstreamLead[]): Promise<ReadonlySet<string>> {
  const from = { companyId: run.of.companyId, kind: run.account.kind, actorId: syncActorId(run.account.id) }
  const orphans = await orphanedLeads(run.app.db, from)
  const byReference = new Map(orphans.map((orphan) => [orphan.reference, orphan]))
  const links = unlinked.flatMap(({ id, fields, modifiedAt }) => {
    const orphan = byReference.get(id)
    const isSame = orphan !== undefined && orphan.email === fields['email'] && orphan.lastName === fields['lastName']
    if (!isSame) return []
    // Of one that an earlier run made, the timeline tells what was taken; the rest was empty on both sides.
    const base = orphan.isOwn ? known(noValues(run), fields) : {}
    return [{ leadId: orphan.leadId, upstreamId: id, base, theirs: fields, theirsAt: modifiedAt, sent: null }]
  })
  if (links.length > 0) await insertLinks(run.app.db, run.of, links, run.app.clock())
  return new Set(links.map(({ upstreamId }) => upstreamId))
}

/** Every field of a lead of which nothing is said. */
export function noValues({ shape }: Run): SyncFields {
  return Object.fromEntries(shape.fields.map((field) => [field, null]))
}

/** Our values of the fields of which the upstream speaks: on others there is nothing to agree. */
export function known(ours: SyncFields, theirs: SyncFields): SyncFields {
  return Object.fromEntries(Object.entries(ours).filter(([field]) => theirs[field] !== undefined))
}

export function chunks<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size))
  return parts
}
