import { applyMerge, type Merged } from '../../app/sync/apply-merge.ts'
import { mergeLinkedAnswer } from '../../app/sync/merge-linked.ts'
import { type SyncFields, sameValue } from '../../core/sync/shape.ts'
import type { Link } from '../../store/sync/lead-links.ts'
import { bringConflicts, type OpenConflict } from '../../store/sync/open-conflicts.ts'
import type { Pushed } from './connector.ts'
import { forgetLook, keepLook } from './keep-look.ts'
import { beginLook, type Look, type PulledLead } from './look.ts'
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
    readonly pulled: PulledLead | null
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
async function learnFate(run: Run, look: Look, pulled: PulledLead | null): Promise<boolean> {
  const { sent } = look
  if (sent === null) return true
  const asked = run.isStopped ? null : ((await run.connector.hasArrived?.(look.upstreamId, sent)) ?? null)
  if (run.isStopped || (asked !== null && run.noted(asked).kind !== 'ok')) {
    if (pulled !== null) await forgetLook(run.app.db, run, look)
    return false
  }
  look.sent = null
  if (asked?.kind === 'ok' && asked.value !== null)
    await takeLate(run, look, { fields: sent.fields, pushed: asked.value })
  const there = Object.entries(sent.fields).filter(([field, value]) => sameValue(look.theirs[field], value))
  const arrived =
    asked?.kind === 'ok' ? (asked.value === null ? {} : sent.fields) : Object.fromEntries(pulled ? there : [])
  look.base = { ...look.base, ...arrived }
  const isNumbered = asked?.kind === 'ok' && (asked.value?.revision ?? null) !== null
  if (isNumbered || Object.keys(arrived).length === there.length) return true
  // It may have arrived only now, and what was read before is old then: another run reads it anew.
  look.theirsRevision = null
  await keepLook(run.app.db, run, look, { isPending: true, isAgreed: false })
  return false
}

/** What the answer would have shown, had it come at once: how the lead stands there, and the customer of an acceptance. */
async function takeLate(
  run: Run,
  look: Look,
  { fields, pushed }: { readonly fields: SyncFields; readonly pushed: Pushed },
): Promise<void> {
  const { lead, revision } = pushed
  if (revision !== null && revision > (look.theirsRevision ?? 0)) {
    look.theirs = { ...look.theirs, ...fields }
    look.theirsRevision = revision
  }
  if (lead !== null && 'details' in lead) await mergeLinkedAnswer(run.app, run.merge, look.link.leadId, lead)
}

function merge(run: Run, look: Look, open: readonly OpenConflict[]): Promise<Merged | null> {
  const known = [...open.filter(({ kind }) => kind === 'refused'), ...look.refused]
  const refused = known.map(({ field, ours = null, theirs = null }) => [field, { ours, theirs }] as const)
  const { base, seenRevision, theirs, theirsAt, unreadable, details } = look
  return applyMerge(run.app, run.merge, {
    leadId: look.link.leadId,
    base,
    seenRevision,
    theirs,
    theirsAt,
    unreadable,
    details,
    differs: look.link.differs,
    isTold: run.isTold,
    refused: Object.fromEntries(refused),
  })
}

/** Of a lead that is deleted here nothing moves; what the upstream says is kept for when it comes back. */
async function leave(run: Run, look: Look): Promise<void> {
  const lead = await run.app.reader.find(run.of.companyId, look.link.leadId)
  look.seenRevision = lead?.revision ?? look.seenRevision
  await keepLook(run.app.db, run, look, { isPending: false, isAgreed: false })
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
    const isOurs = await keepLook(tx, run, look, { isPending, isAgreed })
    return isOurs ? bringConflicts(tx, run.of, { leadId: look.link.leadId, found, kept }, now) : 0
  })
  run.counts.conflicts += opened
}
