import { SYNC_FIELDS } from '../../src/core/sync/kinds.ts'
import type { SeededRandom } from '../../src/lib/seeded-random.ts'

/** One installation as an office reaches it: by its own API. */
export interface Desk {
  readonly baseUrl: string
  readonly token: string
}

export type Side = 'a' | 'b'
export type Desks = Readonly<Record<Side, Desk>>
/** One lead on both sides. */
export type Pair = Readonly<Record<Side, number>>

interface Answer {
  readonly status: number
  readonly body: unknown
}

export async function ask({ baseUrl, token }: Desk, method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const init: RequestInit = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  const response = await fetch(`${baseUrl}/v1${path}`, { ...init, signal: AbortSignal.timeout(10_000) })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

/** Those that both offices edit often, so that they meet. */
const BUSY_FIELDS = ['notes', 'city', 'phone', 'type', 'customerCompany'] as const
/** Not of any text: the number and the date have too few values to be told apart, the others have their own steps. */
const OTHER_KINDS: readonly string[] = ['status', 'value', 'quality', 'openedDate']
const TEXT_FIELDS = SYNC_FIELDS.constructiononline.filter((field) => !OTHER_KINDS.includes(field))
const REPORTS = [
  { status: 'QUOTE_SENT' },
  { status: 'JOB_LOST', reason: 'Too dear' },
  { status: 'JOB_POSTPONED_OR_CANCELLED', reason: 'Next year' },
] as const

/**
 * Two offices that edit the same leads at random, each value once in the world: where a value comes from and whether it
 * was written over unseen can then be told from the timelines alone.
 */
export class Quarrel {
  readonly #random: SeededRandom
  readonly #desks: Desks
  #count = 0
  edits = 0

  constructor(random: SeededRandom, desks: Desks) {
    this.#random = random
    this.#desks = desks
  }

  /** One edit of one office. A refusal (a win, a server that restarts) is no edit. */
  async step(pairs: readonly Pair[]): Promise<void> {
    const side = this.#random.pick(['a', 'b'] as const)
    const lead = this.#random.pick(pairs)[side]
    this.#count += 1
    try {
      const { status } = await this.#edit(side, lead)
      if (status < 300) this.edits += 1
    } catch {
      // The server is away for the moment.
    }
  }

  #edit(side: Side, lead: number): Promise<Answer> {
    const desk = this.#desks[side]
    const dice = this.#random.integer(1, 100)
    if (dice <= 1) {
      return ask(desk, 'POST', `/leads/${lead}/status`, { status: 'JOB_WON', jobAmount: this.#amount(side) })
    }
    if (dice <= 10) return ask(desk, 'POST', `/leads/${lead}/status`, this.#random.pick(REPORTS))
    if (dice <= 25) return ask(desk, 'PATCH', `/leads/${lead}`, { value: this.#amount(side) })
    const field = this.#random.pick(this.#random.chance(0.7) ? BUSY_FIELDS : TEXT_FIELDS)
    return ask(desk, 'PATCH', `/leads/${lead}`, { [field]: this.#text(side, field) })
  }

  #text(side: Side, field: string): string {
    return field === 'email' ? `${side}${this.#count}@example.com` : `${side}${this.#count}`
  }

  #amount(side: Side): number {
    return this.#count * 2 + (side === 'a' ? 1 : 2)
  }
}

interface Lead {
  readonly [field: string]: unknown
  readonly status: string
}

export interface Entry {
  readonly face: string
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[]
}

interface Conflict {
  readonly id: number
  readonly field: string
  readonly ours: unknown
  readonly theirs: unknown
}

/** What only an upstream's own office, or only a connection, writes by. */
const SYNC_FACES: Readonly<Record<Side, string>> = { a: 'sync', b: 'constructiononline' }

export interface Judgement {
  readonly agreed: number
  readonly conflicts: number
  readonly faults: readonly string[]
}

/** Holds what two quiet installations have against what their timelines say. */
export async function judgeQuarrel(desks: Desks, pairs: readonly Pair[]): Promise<Judgement> {
  const found = { agreed: 0, conflicts: 0, faults: [] as string[] }
  for (const pair of pairs) {
    const [a, b] = [await readLead(desks.a, pair.a), await readLead(desks.b, pair.b)]
    const open = new Map((await conflictsOf(desks.a, pair.a)).map((conflict) => [conflict.field, conflict]))
    const told = { a: await timelineOf(desks.a, pair.a), b: await timelineOf(desks.b, pair.b) }
    for (const field of [...TEXT_FIELDS, 'value', 'status']) {
      const values = { a: comparable(field, a), b: comparable(field, b) }
      const conflict = open.get(field)
      open.delete(field)
      if (conflict === undefined) found.agreed += 1
      else found.conflicts += 1
      const isWon = comparable('status', a) === 'won' || comparable('status', b) === 'won'
      const place = `lead ${pair.a}/${pair.b} ${field} (${values.a} / ${values.b})`
      found.faults.push(...faultsOf({ field, values, conflict, told, isWon }).map((fault) => `${place}: ${fault}`))
    }
    for (const field of open.keys()) found.faults.push(`lead ${pair.a}: a conflict of ${field}, which nobody edited`)
  }
  return found
}

interface FieldCase {
  readonly field: string
  readonly values: Readonly<Record<Side, string>>
  readonly conflict: Conflict | undefined
  readonly told: Readonly<Record<Side, readonly Entry[]>>
  readonly isWon: boolean
}

function faultsOf({ field, values, conflict, told, isWon }: FieldCase): string[] {
  const faults: string[] = []
  if (conflict === undefined && values.a !== values.b) faults.push('differs, and no conflict is listed')
  if (conflict !== undefined && values.a === values.b) faults.push('a conflict of equal values')
  if (field === 'status') return faults
  const had = { a: valuesHad(told.a, field), b: valuesHad(told.b, field) }
  // A win and its amount are one matter: the amount may be contested by an edit of the status.
  if (conflict !== undefined && !(field === 'value' && isWon)) {
    if (had.b.has(values.a)) faults.push('a conflict, though the value here was agreed')
    if (had.a.has(values.b)) faults.push('a conflict, though the value there was agreed')
  }
  for (const [side, other] of [['a', 'b'] as const, ['b', 'a'] as const]) {
    for (const lost of overwritten(told[side], field, SYNC_FACES[side])) {
      if (!had[other].has(lost)) faults.push(`${lost} was written over on side ${side} before the other saw it`)
    }
  }
  return faults
}

/** Every value that a field ever had, nothing included. */
function valuesHad(entries: readonly Entry[], field: string): Set<string> {
  const had = new Set<string>(['null'])
  for (const { changes } of entries) {
    for (const change of changes) if (change.field === field) had.add(plain(change.new))
  }
  return had
}

/** The values that sync replaced by others. */
function overwritten(entries: readonly Entry[], field: string, face: string): string[] {
  return entries
    .filter((entry) => entry.face === face)
    .flatMap(({ changes }) => changes.filter((change) => change.field === field).map((change) => plain(change.old)))
}

function comparable(field: string, lead: Lead): string {
  return field === 'status' ? outcomeOf(lead.status) : plain(lead[field])
}

function outcomeOf(status: string): string {
  if (status.endsWith('_WON')) return 'won'
  if (status.endsWith('_LOST')) return 'lost'
  return status === 'JOB_POSTPONED_OR_CANCELLED' ? 'inactive' : 'open'
}

function plain(value: unknown): string {
  return value === undefined ? 'null' : String(value)
}

export async function readLead(desk: Desk, id: number): Promise<Lead> {
  return (await ask(desk, 'GET', `/leads/${id}`)).body as Lead
}

export async function conflictsOf(desk: Desk, id: number): Promise<readonly Conflict[]> {
  return ((await ask(desk, 'GET', `/conflicts?leadId=${id}&limit=100`)).body as { conflicts: Conflict[] }).conflicts
}

export async function timelineOf(desk: Desk, id: number): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (let query = '?limit=100'; ; ) {
    const { body } = await ask(desk, 'GET', `/leads/${id}/timeline${query}`)
    const page = body as { entries: Entry[]; nextCursor: string | null }
    entries.push(...page.entries)
    if (page.nextCursor === null) return entries
    query = `?limit=100&cursor=${encodeURIComponent(page.nextCursor)}`
  }
}
