import { RefusalError } from '../../core/errors.ts'
import { createLinked, mergeLinked } from '../../core/sync/renovationfind-lead.ts'
import { RENOVATIONFIND_SHAPE } from '../../core/sync/renovationfind-shape.ts'
import { answerValue, NOTHING_REPORTED } from '../../core/sync/renovationfind-values.ts'
import { type Details, type SyncFields, sameValue } from '../../core/sync/shape.ts'
import { sha256 } from '../../lib/sha256.ts'
import type { Target, WriteOutcome } from '../../store/lead-writer/types.ts'
import { leadOfReference } from '../../store/sync/lead-history.ts'
import { type ConnectionId, insertLinks, linksOfUpstream, settleLink } from '../../store/sync/lead-links.ts'
import type { App, Principal } from '../app.ts'
import { onLead } from '../leads/write-lead.ts'

export interface LinkedAnswer {
  readonly id: string
  readonly fields: SyncFields
  readonly details: Details
  /** The upstream's number of this; null where it has none. */
  readonly revision: number | null
}

/**
 * Takes a lead in that was named by its id at RenovationFind: into the lead that is linked to it, else into the one that
 * came from there under that id, else as a new one. Throws what our rules refuse.
 */
export async function takeLinkedLead(
  app: App,
  caller: Principal,
  { connectionId, linked }: { readonly connectionId: number; readonly linked: LinkedAnswer },
): Promise<number> {
  const of: ConnectionId = { companyId: caller.companyId, connectionId }
  const [link] = await linksOfUpstream(app.db, of, [linked.id])
  const known = link?.leadId ?? (await leadOfReference(app.db, of.companyId, 'renovationfind', linked.id))
  const leadId = await write(app, caller, { of, known, linked })
  if (link === undefined) {
    const row = {
      leadId,
      upstreamId: linked.id,
      base: known === null || linked.revision === null ? linked.fields : await agreedOn(app, of, leadId, linked),
      theirs: linked.fields,
      theirsAt: null,
      sent: null,
    }
    await insertLinks(app.db, of, [row], app.clock())
    return leadId
  }
  const theirs = { ...link.theirs, ...linked.fields }
  // Of an upstream that numbers its changes the next run judges what differs.
  const base = linked.revision === null ? { ...link.base, ...linked.fields } : link.base
  const { revision } = linked
  await app.db.transaction((tx) =>
    settleLink(tx, of, { leadId, base, theirs, theirsRevision: revision, isPending: true }),
  )
  return leadId
}

/**
 * On what a lead that was here already agrees with theirs. An upstream that numbers its changes is not written over with a
 * report of ours where it has another one: nothing is agreed on that.
 */
async function agreedOn(app: App, of: ConnectionId, leadId: number, { fields }: LinkedAnswer): Promise<SyncFields> {
  const lead = await app.reader.find(of.companyId, leadId)
  const ours: SyncFields = lead === null ? {} : RENOVATIONFIND_SHAPE.project(lead)
  const agreed = Object.entries(fields).filter(
    ([field, theirs]) => sameValue(ours[field], theirs) || BEGINNINGS.some((beginning) => sameValue(beginning, theirs)),
  )
  return Object.fromEntries(agreed)
}

/** What stands there before anything was said. */
const BEGINNINGS = [answerValue({ action: 'NONE', declineReason: null }), NOTHING_REPORTED]

interface Taking {
  readonly of: ConnectionId
  readonly known: number | null
  readonly linked: LinkedAnswer
}

async function write(app: App, { companyId, actor }: Principal, { of, known, linked }: Taking): Promise<number> {
  const times = await app.followUps.of(companyId)
  const origin = { companyId, source: 'renovationfind', sourceReference: linked.id } as const
  const key = `connection ${of.connectionId} lead ${linked.id}`
  const target: Target =
    known === null
      ? { kind: 'new', decide: createLinked(origin, linked, times) }
      : onLead(known, mergeLinked(linked, times))
  const outcome = await app.writer.write({
    companyId,
    actor,
    target,
    // Two requests at once for one lead, or a second one after the process was killed, make one.
    idempotency:
      known === null
        ? {
            key: sha256(key).toString('hex'),
            requestHash: sha256(key),
            present: ({ id }) => ({ status: 201, body: JSON.stringify(id) }),
          }
        : undefined,
  })
  return leadIdOf(outcome)
}

function leadIdOf(outcome: WriteOutcome): number {
  if (outcome.kind === 'refused') throw new RefusalError(outcome.refusal)
  // Written by `present` above.
  return outcome.kind === 'replayed' ? (JSON.parse(outcome.answer.body) as number) : outcome.lead.id
}
