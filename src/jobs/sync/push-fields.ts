import type { Merged } from '../../app/sync/apply-merge.ts'
import { mergeLinkedAnswer } from '../../app/sync/merge-linked.ts'
import { type SyncFields, type SyncValue, sameValue } from '../../core/sync/shape.ts'
import { sha256 } from '../../lib/sha256.ts'
import type { Sent } from '../../store/sync/lead-links.ts'
import type { CallFault, Pushed as PushAnswer } from './connector.ts'
import { keepLook } from './keep-look.ts'
import type { Look } from './look.ts'
import type { Run } from './run.ts'

/** `done`: what could be sent was. `later`: some is left for another run. `lost`: somebody else wrote the link. */
export type Pushed = 'done' | 'later' | 'lost'

/**
 * Sends fields of a lead. What the upstream refuses stands in `look.refused` afterwards: where several went in one call,
 * each is sent by itself then, so that the others arrive.
 */
export async function pushFields(run: Run, look: Look, { push, lead }: Merged): Promise<Pushed> {
  const sets = run.shape.isOneByOne ? separately(run, push) : [push]
  for (const fields of sets) {
    const pushed = await pushSet(run, look, { fields, revision: lead.revision })
    if (pushed !== 'done' || look.isGone) return pushed
    // What comes after a refusal may depend on it.
    if (run.shape.isOneByOne && look.refused.length > 0) return 'done'
  }
  return 'done'
}

/** The smallest sets that may be sent by themselves, in the shape's order. */
function separately({ shape }: Run, fields: SyncFields): SyncFields[] {
  const names = shape.fields.filter((field) => fields[field] !== undefined)
  const together = names.filter((name) => shape.together.includes(name))
  const sets = names.filter((name) => !together.includes(name)).map((name) => [name])
  if (together.length > 0) sets.push(together)
  return sets.map((set) => Object.fromEntries(Object.entries(fields).filter(([field]) => set.includes(field))))
}

type Refused = Extract<CallFault, { kind: 'refused' }>

interface Sending {
  readonly fields: SyncFields
  readonly revision: number
}

async function pushSet(run: Run, look: Look, sending: Sending): Promise<Pushed> {
  if (run.isStopped) return 'later'
  const { theirsAt: readAt, theirsRevision: revision } = look
  const push: Sent = { fields: sending.fields, readAt, revision, key: keyOf(run, look, sending) }
  if (!(await keepSent(run, look, push))) return 'lost'
  const outcome = run.noted(await run.connector.push(look.upstreamId, push))
  if (outcome.kind === 'ok') {
    run.counts.pushed += 1
    return arrived(run, look, { fields: sending.fields, answer: outcome.value })
  }
  // An answer says that it did not arrive; without one nobody knows.
  if (outcome.kind !== 'away' || outcome.unsent) look.sent = null
  // What is known of it is old.
  if (outcome.kind === 'stale') look.theirsRevision = null
  if (outcome.kind === 'missing') look.isGone = true
  if (outcome.kind === 'missing') return 'done'
  return outcome.kind === 'refused' ? refused(run, look, { ...sending, outcome }) : 'later'
}

/** Written down before it is sent: should we not live to hear the answer, the next look knows what may have changed. */
function keepSent(run: Run, look: Look, push: Sent): Promise<boolean> {
  look.sent = push
  return keepLook(run.app.db, run, look, { isPending: true, isAgreed: false })
}

/** The same push on the same state of theirs is the same; on another one it is to count again. */
function keyOf({ account }: Run, { link, theirsRevision }: Look, { fields, revision }: Sending): string {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  const onto = theirsRevision === null ? [] : [theirsRevision]
  const what = [account.id, account.createdAt, link.leadId, revision, sorted, ...onto]
  return `sync-${sha256(JSON.stringify(what)).toString('hex').slice(0, 40)}`
}

async function arrived(
  run: Run,
  look: Look,
  { fields, answer: { lead: answer, revision } }: { readonly fields: SyncFields; readonly answer: PushAnswer },
): Promise<Pushed> {
  const before = look.theirs
  look.theirsRevision = revision
  const shown = answer?.fields ?? {}
  look.theirs = { ...before, ...fields, ...shown }
  look.sent = null
  if (answer !== null) {
    look.theirsAt = answer.modifiedAt
    look.isSettled = answer.isSettled
    look.unreadable = answer.unreadable
  }
  for (const [field, value] of Object.entries(fields)) {
    const there = look.theirs[field]
    const isIgnored = !sameValue(there, value) && sameValue(there, before[field])
    if (isIgnored) look.refused.push(refusalOf(look, { field, fields, text: 'The upstream kept its own value.' }))
    // Where it made something else of the value, that comes back as a change of its own.
    else look.base = { ...look.base, [field]: value }
  }
  if (answer !== null && 'details' in answer) await mergeLinkedAnswer(run.app, run.merge, look.link.leadId, answer)
  return 'done'
}

async function refused(
  run: Run,
  look: Look,
  { fields, revision, outcome }: Sending & { readonly outcome: Refused },
): Promise<Pushed> {
  const sets = separately(run, fields)
  if (sets.length > 1) {
    for (const set of sets) {
      // Another change there, right after the one before, would not be noticed.
      if (!look.isSettled) run.isUnsettled = true
      const pushed = look.isSettled ? await pushSet(run, look, { fields: set, revision }) : 'later'
      if (pushed !== 'done' || look.isGone) return pushed
    }
    return 'done'
  }
  look.theirs = { ...look.theirs, ...outcome.theirs }
  if (outcome.theirs !== undefined) look.theirsRevision = outcome.revision ?? null
  for (const [field, value] of Object.entries(fields)) {
    // What stands there as we want it is agreed: this was the repetition of a push whose answer was lost.
    if (sameValue(look.theirs[field], value)) await agree(run, look, { field, value, outcome })
    else look.refused.push(refusalOf(look, { field, fields, text: outcome.text }))
  }
  return 'done'
}

/** Takes over what an acceptance would have shown, had its answer come. */
async function agree(
  run: Run,
  look: Look,
  { field, value, outcome }: { readonly field: string; readonly value: SyncValue; readonly outcome: Refused },
): Promise<void> {
  look.base = { ...look.base, [field]: value }
  const { theirs, details } = outcome
  if (theirs === undefined || details === undefined) return
  await mergeLinkedAnswer(run.app, run.merge, look.link.leadId, { fields: theirs, details })
}

function refusalOf(
  { base, theirs, theirsAt }: Look,
  { field, fields, text }: { readonly field: string; readonly fields: SyncFields; readonly text: string },
) {
  const value = fields[field]
  return {
    field,
    kind: 'refused' as const,
    base: base[field],
    ours: value,
    oursAt: null,
    theirs: theirs[field],
    theirsAt,
    detail: text,
  }
}
