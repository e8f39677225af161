import type { Lead } from '../../core/lead/lead.ts'
import { type SyncFields, sameValue } from '../../core/sync/shape.ts'
import { sha256 } from '../../lib/sha256.ts'
import { findLeads } from '../../store/leads.ts'
import { unlinkedLeads } from '../../store/sync/lead-history.ts'
import {
  insertLinks,
  type Link,
  linkOfLead,
  linksOfUpstream,
  type Sent,
  saveLink,
  unsureLinks,
} from '../../store/sync/lead-links.ts'
import { bringConflicts } from '../../store/sync/open-conflicts.ts'
import type { UpstreamLead } from './connector.ts'
import { known, type Listed, noValues } from './pull-leads.ts'
import type { Run } from './run.ts'

/** The whole lead, where no single field is at fault. */
export const WHOLE_LEAD = '*'
const CHUNK = 100
/** A change is told in the timeline at a time that lies before its commit, by less than this. */
const OVERLAP_MS = 120_000

/**
 * Finds out what became of leads that were sent to be made there: those that are listed with just the values that were
 * sent are ours, and the others are sent again under the same key. Gives the upstream ids of which none is to be made
 * here: those that are linked by it, and those that may be such a lead, changed there meanwhile.
 */
export async function settleUnsure(
  run: Run,
  listed: Listed,
  unlinked: readonly string[],
): Promise<ReadonlySet<string>> {
  const ours = new Set<string>()
  const links = await unsureLinks(run.app.db, run.of)
  // Those that were refused wait for a change of the lead.
  for (const link of links.filter(({ sent, dirty }) => sent !== null || dirty)) {
    const free = unlinked.filter((id) => !ours.has(id)).flatMap((id) => listed.get(id) ?? [])
    for (const id of await settleOne(run, link, free)) ours.add(id)
  }
  return ours
}

async function settleOne(run: Run, link: Link, free: readonly UpstreamLead[]): Promise<string[]> {
  const { sent } = link
  const lead = sent === null ? undefined : free.find(({ fields }) => hasAll(fields, sent.fields))
  if (lead !== undefined) await linkMade(run, link, lead)
  else await createAgain(run, link)
  const after = await linkOfLead(run.app.db, run.of, link.leadId, 'look')
  if (after === null) return []
  if (after.upstreamId !== null) return [after.upstreamId]
  const { sent: unsure } = after
  return unsure === null ? [] : free.filter(({ fields }) => isAbout(fields, unsure.fields)).map(({ id }) => id)
}

function isAbout(fields: SyncFields, sent: SyncFields): boolean {
  return sameValue(fields['email'], sent['email']) && sameValue(fields['lastName'], sent['lastName'])
}

function hasAll(fields: SyncFields, sent: SyncFields): boolean {
  return Object.entries(sent).every(([field, value]) => sameValue(fields[field], value))
}

/** Sends what was sent before; what was refused goes with the values of today. */
async function createAgain(run: Run, link: Link): Promise<void> {
  if (link.sent !== null) return create(run, link, link.sent)
  const [lead] = await findLeads(run.app.db, [{ companyId: run.of.companyId, leadId: link.leadId }])
  const sent = lead === undefined ? null : creation(run, lead)
  const row = { ...rowOf(link), seenRevision: lead?.revision ?? link.seenRevision }
  if (!(await saveLink(run.app.db, run.of, { ...row, sent, isPending: sent !== null }, run.app.clock()))) return
  if (sent !== null) await create(run, { ...link, version: link.version + 1, seenRevision: row.seenRevision }, sent)
}

/** Makes leads there that came to be here, until `before`; false when some are left for another run. */
export async function createThere(run: Run): Promise<boolean> {
  const changedSince = new Date(Date.parse(run.account.lookedAt) - OVERLAP_MS)
  for (let afterId = 0; !run.isStopped; ) {
    const leads = await unlinkedLeads(run.app.db, run.of, { changedSince, afterId, limit: CHUNK })
    for (const lead of leads) await createOne(run, lead)
    const last = leads.at(-1)
    if (last === undefined || leads.length < CHUNK) return !run.isStopped
    afterId = last.id
  }
  return false
}

async function createOne(run: Run, lead: Lead): Promise<void> {
  const sent = creation(run, lead)
  if (run.isStopped || sent === null || !isNews(run, lead)) return
  const link = { leadId: lead.id, upstreamId: null, base: {}, theirs: null, theirsAt: null, sent }
  // Before it is sent: a second try must be known as one.
  await insertLinks(run.app.db, run.of, [link], run.app.clock())
  const kept = await linkOfLead(run.app.db, run.of, lead.id, 'look')
  if (kept !== null) await create(run, { ...kept, seenRevision: lead.revision }, sent)
}

/** Whether the lead came to be worked here since the connection is there, and not by way of such an upstream. */
function isNews({ account }: Run, { source, sourceReference, actionAt, createdAt }: Lead): boolean {
  const isTheirs = source === account.kind && sourceReference !== null
  return !isTheirs && (actionAt ?? createdAt) >= account.createdAt
}

/** What is sent of a new lead; null while something is missing without which the upstream makes none. */
function creation({ account, shape }: Run, lead: Lead): Sent | null {
  if (!shape.isIn(lead)) return null
  const values = shape.project(lead)
  if (shape.required.some((field) => (values[field] ?? null) === null)) return null
  const fields = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
  // Two installations count alike, and may have one account there.
  const what = [account.id, account.createdAt, lead.id, lead.revision]
  const hash = sha256(JSON.stringify(what)).toString('hex')
  return { fields, key: `sync-${hash.slice(0, 40)}`, readAt: null }
}

async function create(run: Run, link: Link, sent: Sent): Promise<void> {
  if (run.isStopped || run.connector.create === undefined) return
  const outcome = run.noted(await run.connector.create(sent.fields, sent.key))
  if (outcome.kind === 'ok') {
    const { id } = outcome.value
    const [other] = await linksOfUpstream(run.app.db, run.of, [id])
    const text = `It made no lead, but gave its lead ${id}, which is linked to another one here.`
    if (other !== undefined) return refused(run, link, { fields: sent.fields, text })
    run.counts.createdThere += 1
    return linkMade(run, { ...link, sent }, outcome.value)
  }
  if (outcome.kind === 'refused' || outcome.kind === 'missing')
    await refused(run, link, { fields: sent.fields, text: outcome.text })
}

/** What was sent is agreed; what the upstream added or made of it is taken by the next look. */
async function linkMade(run: Run, link: Link, lead: UpstreamLead): Promise<void> {
  const base = known({ ...noValues(run), ...link.sent?.fields }, lead.fields)
  const theirs = { upstreamId: lead.id, theirs: lead.fields, theirsAt: lead.modifiedAt }
  const row = { ...rowOf(link), ...theirs, base, sent: null, isPending: true }
  await run.app.db.transaction(async (tx) => {
    const now = run.app.clock()
    if (await saveLink(tx, run.of, row, now)) {
      await bringConflicts(tx, run.of, { leadId: link.leadId, found: [], kept: [] }, now)
    }
  })
}

async function refused(
  run: Run,
  link: Link,
  { fields, text }: { readonly fields: SyncFields; readonly text: string },
): Promise<void> {
  const conflict = {
    field: WHOLE_LEAD,
    kind: 'refused' as const,
    base: undefined,
    ours: String(fields['displayName'] ?? ''),
    oursAt: null,
    theirs: undefined,
    theirsAt: null,
    detail: text,
  }
  const row = { ...rowOf(link), sent: null, isPending: false }
  await run.app.db.transaction(async (tx) => {
    const now = run.app.clock()
    if (!(await saveLink(tx, run.of, row, now))) return
    run.counts.conflicts += await bringConflicts(tx, run.of, { leadId: link.leadId, found: [conflict], kept: [] }, now)
  })
}

function rowOf({ leadId, version, upstreamId, base, theirs, theirsAt, sent, seenRevision }: Link) {
  const state = { theirsRevision: null, differs: {}, isAgreed: false, isGone: false }
  return { leadId, version, upstreamId, base, theirs, theirsAt, sent, seenRevision, ...state }
}
