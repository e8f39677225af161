import { refuse } from '../../core/errors.ts'
import { checkLeadEdit } from '../../core/lead/lead-edit.ts'
import { type SyncFields, type SyncShape, type SyncValue, sameValue } from '../../core/sync/shape.ts'
import { SHAPES } from '../../core/sync/shapes.ts'
import type { Tx } from '../../store/database.ts'
import { type ConflictRow, findConflict } from '../../store/sync/conflicts.ts'
import { type ConnectionId, type Differences, type Link, linkOfLead, settleLink } from '../../store/sync/lead-links.ts'
import { settleConflicts } from '../../store/sync/open-conflicts.ts'
import type { App, Caller } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import { onLead, onWorkedLead, writeLead } from '../leads/write-lead.ts'

export interface Settlement {
  readonly conflictId: number
  readonly choice: 'ours' | 'theirs'
}

interface Settling {
  readonly of: ConnectionId
  readonly leadId: number
  readonly shape: SyncShape
  /** Fields that are settled together. */
  readonly fields: readonly string[]
  readonly choice: 'ours' | 'theirs'
  readonly by: string
}

/**
 * Settles a conflict for one side. `theirs` takes the upstream's value now, under the rules that hold for everybody, and
 * throws what they refuse; `ours` has the next run send our value. A win and its amount are settled together. Settled
 * conflicts and unknown ones are refused.
 */
export async function settleConflict(app: App, caller: Caller, { conflictId, choice }: Settlement): Promise<void> {
  const conflict = await findConflict(app.db, caller.companyId, conflictId)
  if (conflict === null) return refuse('request.not-found', 'There is no such conflict.')
  if (conflict.settledAt !== null) return refuseSettled()
  const { leadId, connectionId, connectionKind, field } = conflict
  const shape = SHAPES[connectionKind]
  const of = { companyId: caller.companyId, connectionId }
  const link = await linkOfLead(app.db, of, leadId, 'look')
  const lead = await app.reader.find(caller.companyId, leadId)
  if (link === null || lead === null) return refuseSettled()
  const fields = fieldsWith(shape, field, { ours: shape.project(lead), theirs: link.theirs ?? {} })
  const settling: Settling = { of, leadId, shape, fields, choice, by: caller.actor.name }
  const agreed = choice === 'theirs' ? await giveWay(app, caller, settling, { link, conflict }) : null
  const ours = shape.project((await app.reader.find(caller.companyId, leadId)) ?? lead)
  await app.db.transaction((tx) => writeDown(tx, settling, { agreed, ours }, app.clock()))
}

/** Puts the upstream's value in place of ours; gives the values taken, null where none can be. */
async function giveWay(
  app: App,
  caller: Caller,
  settling: Settling,
  { link, conflict }: { readonly link: Link; readonly conflict: ConflictRow },
): Promise<SyncFields | null> {
  const { shape, leadId } = settling
  if (link.upstreamId === null) return null
  if (shape.giveUp === null) return takeTheirs(app, caller, settling, link)
  const times = await app.followUps.of(caller.companyId)
  const decide = shape.giveUp(conflict.field, conflict.theirs ?? conflict.base, times)
  await writeLead(app, caller, onLead(leadId, decide), {})
  return null
}

function refuseSettled(): never {
  return refuse('conflict.settled', 'This conflict is settled already.')
}

/** The field, and those that go with it once either side is won. */
function fieldsWith(
  shape: SyncShape,
  field: string,
  { ours, theirs }: { readonly ours: SyncFields; readonly theirs: SyncFields },
): readonly string[] {
  const isWon = ours['status'] === 'won' || theirs['status'] === 'won'
  return isWon && shape.together.includes(field) ? shape.together : [field]
}

async function takeTheirs(app: App, caller: Caller, settling: Settling, link: Link): Promise<SyncFields> {
  const { shape, fields, leadId } = settling
  const theirs = Object.entries(link.theirs ?? {}).filter(([field]) => fields.includes(field))
  const values: SyncFields = Object.fromEntries(theirs)
  // A value that our rules do not let in is kept as the text that came.
  orRefuse(checkLeadEdit(Object.fromEntries(theirs.filter(([field]) => field !== 'status'))))
  const decide = shape.take(values, { times: await app.followUps.of(caller.companyId), details: {} })
  await writeLead(app, caller, onWorkedLead(leadId, decide), {})
  return values
}

/** The base after a choice, with the conflict closed, under the link's lock. */
async function writeDown(
  tx: Tx,
  { of, leadId, fields, choice, by }: Settling,
  { agreed, ours }: { readonly agreed: SyncFields | null; readonly ours: SyncFields },
  now: Date,
): Promise<void> {
  const link = await linkOfLead(tx, of, leadId, 'lock')
  const closed = await settleConflicts(tx, of, { leadId, fields, choice, by }, now)
  if (link === null) return refuseSettled()
  // What was taken over is agreed: a run that looked in between has closed the conflict by itself.
  if (closed.length === 0) return choice === 'theirs' ? undefined : refuseSettled()
  const base: Record<string, SyncValue> = { ...link.base }
  const differs: Record<string, Differences[string]> = {}
  for (const field of fields) {
    // To send ours, theirs is what it is to follow; to leave an upstream that gives nothing alone, ours is.
    const value = (agreed ?? (choice === 'ours' ? (link.theirs ?? {}) : ours))[field]
    if (value !== undefined) base[field] = value
    const pair = choice === 'theirs' && agreed === null ? pairOf(ours[field], link.theirs?.[field]) : null
    if (pair !== null) differs[field] = pair
  }
  await settleLink(tx, of, { leadId, base, theirs: null, differs, isPending: choice === 'ours' })
}

/** What the sides agree to differ on; null where they do not, or where it is not known. */
function pairOf(ours: SyncValue | undefined, theirs: SyncValue | undefined): Differences[string] | null {
  return ours === undefined || theirs === undefined || sameValue(ours, theirs) ? null : { ours, theirs }
}
