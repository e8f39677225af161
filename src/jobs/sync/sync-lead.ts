import { applyMerge, type Merged } from '../../app/sync/apply-merge.ts'
import { sameValue } from '../../core/sync/shape.ts'
import { type Link, saveLink } from '../../store/sync/lead-links.ts'
import { bringConflicts, type OpenConflict } from '../../store/sync/open-conflicts.ts'
import type { UpstreamLead } from './connector.ts'
import { beginLook, type Look, rowOf } from './look.ts'
import { pushFields } from './push-fields.ts'
import type { Run } from './run.ts'

/** Merging again after a push shows what the upstream made of it; more often would be a quarrel of two machines. */
const ROUNDS_MAX = 3

/**
 * Brings one lead into step: takes what changed there, sends what changed here, and leaves as conflicts what cannot be
 * decided. `pulled` is the lead as just read there; null: as it was known last.
 */
export async function syncLead(
  run: Run,
  {
    link,
    upstreamId,
    pulled,
    open,
  }: {
    readonly link: Link
    readonly upstreamId: string
    readonly pulled: UpstreamLead | null
    readonly open: readonly OpenConflict[]
  },
): Promise<void> {
  const look = beginLook(run.shape, { link, upstreamId, pulled })
  if (!(await learnFate(run, look, pulled))) return
  for (let round = 1; ; round += 1) {
    const merged = await merge(run, look, open)
    if (merged === null) return leave(run, look)
    look.base = merged.base
    look.seenRevision = merged.lead.revision
    if (merged.isChanged) run.counts.pulled += 1
    if (Object.keys(merged.push).length === 0) return finish(run, look, { merged, isPending: false })
    if (!look.isSettled) run.isUnsettled = true
    const isFree = !run.isStopped && look.isSettled && round <= ROUNDS_MAX
    const pushed = isFree ? await pushFields(run, look, merged) : 'later'
    if (pushed === 'lost') return
    if (look.isGone) return finish(run, look, { merged, isPending: false })
    if (pushed === 'later') return finish(run, look, { merged, isPending: true })
  }
}

/**
 * Finds out what became of a push whose answer was lost: by asking, where the upstream can be asked, else by what stands
 * there now. Else a change there on top of ours would look as if both sides had changed. False when it cannot be known
 * in this run.
 */
async function learnFate(run: Run, look: Look, pulled: UpstreamLead | null): Promise<boolean> {
  const { sent } = look
  if (sent === null) return true
  if (run.isStopped) return false
  const asked = (await run.connector.hasArrived?.(look.upstreamId, sent)) ?? null
  if (asked !== null && run.noted(asked).kind !== 'ok') return false
  look.sent = null
  const there = Object.entries(sent.fields).filter(([field, value]) => sameValue(look.theirs[field], value))
  const arrived = asked?.kind === 'ok' ? (asked.value ? sent.fields : {}) : Object.fromEntries(pulled ? there : [])
  look.base = { ...look.base, ...arrived }
  if (Object.keys(arrived).length === there.length) return true
  // It may have arrived only now, and what was read before is old then: another run reads it anew.
  await saveLink(run.app.db, run.of, { ...rowOf(look), isPending: true, isAgreed: false }, run.app.clock())
  return false
}

function merge(run: Run, look: Look, open: readonly OpenConflict[]): Promise<Merged | null> {
  const known = [...open.filter(({ kind }) => kind === 'refused'), ...look.refused]
  const refused = known.map(({ field, ours = null, theirs = null }) => [field, { ours, theirs }] as const)
  const { base, seenRevision, theirs, theirsAt, unreadable } = look
  return applyMerge(run.app, run.merge, {
    leadId: look.link.leadId,
    base,
    seenRevision,
    theirs,
    theirsAt,
    unreadable,
    refused: Object.fromEntries(refused),
  })
}

/** Of a lead that is deleted here nothing moves; what the upstream says is kept for when it comes back. */
async function leave(run: Run, look: Look): Promise<void> {
  const lead = await run.app.reader.find(run.of.companyId, look.link.leadId)
  const seen = { ...rowOf(look), seenRevision: lead?.revision ?? look.seenRevision, isPending: false, isAgreed: false }
  await saveLink(run.app.db, run.of, seen, run.app.clock())
}

/** Writes down what is agreed, and what is not; when somebody else wrote the link meanwhile, the next look does. */
async function finish(
  run: Run,
  look: Look,
  { merged, isPending }: { readonly merged: Merged; readonly isPending: boolean },
): Promise<void> {
  const now = run.app.clock()
  const fresh = look.refused.map(({ field }) => field)
  const found = [...merged.conflicts.filter(({ field }) => !fresh.includes(field)), ...look.refused]
  const kept = merged.held.filter((field) => !fresh.includes(field))
  const isAgreed = !isPending && !look.isGone && found.length === 0 && kept.length === 0
  const opened = await run.app.db.transaction(async (tx) => {
    const isOurs = await saveLink(tx, run.of, { ...rowOf(look), isPending, isAgreed }, now)
    return isOurs ? bringConflicts(tx, run.of, { leadId: look.link.leadId, found, kept }, now) : 0
  })
  run.counts.conflicts += opened
}
