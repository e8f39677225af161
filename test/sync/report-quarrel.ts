import type { SeededRandom } from '../../src/lib/seeded-random.ts'
import {
  ask,
  conflictsOf,
  type Desks,
  type Entry,
  type Judgement,
  type Pair,
  readLead,
  type Side,
  timelineOf,
} from './quarrel.ts'

/** Each takes a reason, by which a report is known from all others. */
const REPORTS = [
  { status: 'HOMEOWNER_CONTACTED' },
  { status: 'CONTACT_MADE', contactMethod: 'TEXT' },
  { status: 'CONTACT_MADE' },
  { status: 'QUOTE_SENT' },
  { status: 'MEETUP_SCHEDULED', meetingDate: '2026-05-04' },
  { status: 'ESTIMATE_PROVIDED', estimateType: 'OTHER' },
  { status: 'JOB_LOST' },
  { status: 'JOB_POSTPONED_OR_CANCELLED' },
] as const

/**
 * Two offices that answer and report on the same leads at random, each report once in the world. Now and then ours gives
 * way where both reported.
 */
export class ReportQuarrel {
  readonly #random: SeededRandom
  readonly #desks: Desks
  #count = 0
  edits = 0

  constructor(random: SeededRandom, desks: Desks) {
    this.#random = random
    this.#desks = desks
  }

  /** One step of one office. A refusal (an open offer, a win, a server that restarts) is none. */
  async step(pairs: readonly Pair[]): Promise<void> {
    const side = this.#random.pick(['a', 'b'] as const)
    const lead = this.#random.pick(pairs)[side]
    this.#count += 1
    const [path, body] = this.#wish(side)
    try {
      if (side === 'a' && this.#random.chance(0.2)) return await this.#giveWay(lead)
      const { status } = await ask(this.#desks[side], path === '' ? 'PATCH' : 'POST', `/leads/${lead}${path}`, body)
      if (status < 300) this.edits += 1
    } catch {
      // The server is away for the moment.
    }
  }

  /** What our rules hold fast is left: the sides would agree to differ. */
  async #giveWay(lead: number): Promise<void> {
    const open = await conflictsOf(this.#desks.a, lead)
    const conflict = open.find(({ field, ours }) => field === 'status' && !String(Object(ours).status).endsWith('_WON'))
    if (conflict === undefined) return
    await ask(this.#desks.a, 'POST', `/conflicts/${conflict.id}/settle`, { choice: 'theirs' })
  }

  #wish(side: Side): readonly [path: string, body: unknown] {
    const reason = `${side}${this.#count}`
    const dice = this.#random.integer(1, 100)
    if (dice <= 1) return ['/status', { status: 'JOB_WON', jobAmount: this.#count, reason }]
    if (dice <= 15) return ['/accept', undefined]
    if (dice <= 18) return ['/decline', { reason }]
    // No part of what is told, but it moves the number by which a lead is known to be as it was.
    if (dice <= 25) return ['', { notes: reason }]
    return ['/status', { ...this.#random.pick(REPORTS), reason }]
  }
}

/** What the upstream's own office writes by is its native API; by this come the pushes. */
const SYNC_FACES: Readonly<Record<Side, string>> = { a: 'sync', b: 'renovationfind' }

/** Holds what two quiet installations have against what their timelines say. */
export async function judgeReports(desks: Desks, pairs: readonly Pair[]): Promise<Judgement> {
  const found = { agreed: 0, conflicts: 0, faults: [] as string[] }
  for (const pair of pairs) {
    const sides = { a: await readLead(desks.a, pair.a), b: await readLead(desks.b, pair.b) }
    const told = { a: await timelineOf(desks.a, pair.a), b: await timelineOf(desks.b, pair.b) }
    const open = new Set((await conflictsOf(desks.a, pair.a)).map(({ field }) => field))
    found.conflicts += open.size
    found.agreed += 2 - open.size
    const place = `lead ${pair.a}/${pair.b} (${reportOf(sides.a)} / ${reportOf(sides.b)})`
    found.faults.push(...faultsOf({ sides, told, open }).map((fault) => `${place}: ${fault}`))
  }
  return found
}

interface Lead {
  readonly [field: string]: unknown
}

interface Case {
  readonly sides: Readonly<Record<Side, Lead>>
  readonly told: Readonly<Record<Side, readonly Entry[]>>
  readonly open: ReadonlySet<string>
}

function faultsOf({ sides: { a, b }, told, open }: Case): string[] {
  const faults: string[] = []
  const isAnswered = a['action'] === b['action'] && a['declineReason'] === b['declineReason']
  if (isAnswered === open.has('action')) faults.push(`the answers are ${isAnswered ? 'equal' : 'not'}: ${[...open]}`)
  // While the answer is in dispute reports move in neither direction.
  if (!isAnswered) return faults
  const isSame = reportOf(a) === reportOf(b)
  if (isSame === open.has('status')) faults.push(`the reports are ${isSame ? 'equal' : 'not'}: ${[...open]}`)
  if (a['action'] === 'ACCEPTED' && a['email'] !== b['email']) faults.push('the customer is not known here')
  const had = { a: reportsHad(told.a), b: reportsHad(told.b) }
  if (open.has('status')) {
    if (had.b.has(String(a['reason']))) faults.push('a conflict, though the report here was agreed')
    if (had.a.has(String(b['reason']))) faults.push('a conflict, though the report there was agreed')
  }
  for (const [side, other] of [['a', 'b'] as const, ['b', 'a'] as const]) {
    for (const lost of overwritten(told[side], SYNC_FACES[side])) {
      if (!had[other].has(lost)) faults.push(`${lost} was written over on side ${side} before the other saw it`)
    }
  }
  return faults
}

const PARTS = ['status', 'reason', 'jobAmount', 'meetingDate', 'contactMethod', 'estimateType', 'lostReason'] as const

function reportOf(lead: Lead): string {
  // A meeting date stays with a lead; it is told with the status that it belongs to.
  const parts = PARTS.filter((part) => part !== 'meetingDate' || lead['status'] === 'MEETUP_SCHEDULED')
  return parts.map((part) => lead[part] ?? '').join(' ')
}

/** The reasons that a lead ever had, none included. */
function reportsHad(entries: readonly Entry[]): Set<string> {
  const had = entries.flatMap(({ changes }) =>
    changes.filter(({ field }) => field === 'reason').map(({ new: now }) => now),
  )
  return new Set(['null', 'undefined', ...had.map(String)])
}

function overwritten(entries: readonly Entry[], face: string): string[] {
  const synced = entries.filter((entry) => entry.face === face).flatMap(({ changes }) => changes)
  return synced.filter(({ field }) => field === 'reason').map(({ old }) => String(old))
}
