import { refusal } from '../../core/errors.ts'
import type { SideEffect } from '../../core/lead/decision.ts'
import { differingFields, diffLeads, type LeadEvent, tellChanges } from '../../core/lead/events.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { admit, type WindowState } from '../../core/rate-windows.ts'
import { reachOf } from '../lead-columns.ts'
import * as sql from './statements.ts'
import type { Charge, Item, ItemOutcome, LeadWrite, StoredAnswer, WriteOutcome } from './types.ts'

/** What the store holds of everything that a batch names; read under lock. */
export interface Loaded {
  readonly rates: Map<string, WindowState>
  readonly leads: Map<string, Lead>
  readonly answers: Map<string, { requestHash: Buffer; answer: StoredAnswer }>
  readonly freshIds: number[]
}

/** How much of a lead's row must be written, least first. */
const TOUCHES = ['report', 'offer', 'cold', 'new'] as const
type Touch = (typeof TOUCHES)[number]

export function leadKey(companyId: number, leadId: number): string {
  return `${companyId}/${leadId}`
}

export function answerKey(companyId: number, face: string, key: string): string {
  return `${companyId}/${face}/${key}`
}

/**
 * One batch in memory: takes the items in arrival order, each seeing what those before it did, and gathers the rows to
 * write. Nothing of it touches the database.
 */
export class Batch {
  readonly #loaded: Loaded
  readonly #now: string
  readonly #nowMs: number
  readonly #touched = new Map<string, Touch>()
  readonly #history: sql.TimelineRow[] = []
  readonly #answers: sql.AnswerRow[] = []
  readonly #countedSubjects = new Set<string>()
  readonly #published: sql.AttachmentKey[] = []
  readonly #removed: sql.AttachmentKey[] = []

  /** `now` is the ISO instant of the batch, taken after the locks, so that times follow the order of changes. */
  constructor(loaded: Loaded, now: string) {
    this.#loaded = loaded
    this.#now = now
    this.#nowMs = Date.parse(now)
  }

  take(item: Item): ItemOutcome {
    if ('charge' in item) return this.#count(item.charge) ?? { kind: 'admitted' }
    const { write } = item
    const overLimit = write.charge === undefined ? null : this.#count(write.charge)
    return overLimit ?? this.#replay(write) ?? this.#decide(write)
  }

  /** The statements that put the batch on disk; empty when it changed nothing. */
  statements(): sql.NamedStatement[] {
    const leadsOf = (wanted: Touch) =>
      [...this.#touched].filter(([, touch]) => touch === wanted).map(([key]) => this.#loaded.leads.get(key) as Lead)
    const fresh = leadsOf('new')
    const updates = (['report', 'offer', 'cold'] as const).map((touch) => [sql.UPDATES[touch], leadsOf(touch)] as const)
    const rates = [...this.#countedSubjects]
      .sort()
      .map((subject) => [subject, this.#loaded.rates.get(subject) ?? {}] as const)
    return [
      ...(rates.length > 0 ? [sql.saveRates(rates)] : []),
      ...(fresh.length > 0 ? [sql.insertLeads(fresh)] : []),
      ...updates.flatMap(([update, leads]) => (leads.length > 0 ? [update(leads)] : [])),
      ...(this.#published.length > 0 ? [sql.publishAttachments(this.#published)] : []),
      ...(this.#removed.length > 0 ? [sql.deleteAttachments(this.#removed)] : []),
      ...(this.#history.length > 0 ? [sql.insertHistory(this.#history)] : []),
      ...(this.#answers.length > 0 ? [sql.insertAnswers(sortedByKey(this.#answers), this.#now)] : []),
    ]
  }

  #count({ subject, limits }: Charge): WriteOutcome | null {
    const admission = admit(this.#loaded.rates.get(subject) ?? {}, limits, this.#nowMs)
    if (!admission.admitted) {
      const { window, retryAfterSeconds } = admission
      const text = `The limit of ${window.limit} requests per ${window.name} is reached; try again in ${retryAfterSeconds} seconds.`
      return { kind: 'refused', refusal: refusal('rate.exceeded', text, { retryAfterSeconds }) }
    }
    this.#loaded.rates.set(subject, admission.state)
    this.#countedSubjects.add(subject)
    return null
  }

  #replay({ companyId, actor, idempotency }: LeadWrite): WriteOutcome | null {
    if (idempotency === undefined) return null
    const stored = this.#loaded.answers.get(answerKey(companyId, actor.face, idempotency.key))
    if (stored === undefined) return null
    if (stored.requestHash.equals(idempotency.requestHash)) return { kind: 'replayed', answer: stored.answer }
    const text = 'This Idempotency-Key was already used with another request.'
    return { kind: 'refused', refusal: refusal('idempotency.key-reused', text) }
  }

  #decide(write: LeadWrite): WriteOutcome {
    const { companyId, target } = write
    if (target.kind === 'new') {
      const id = this.#loaded.freshIds.shift()
      if (id === undefined) throw new Error('No lead id was drawn for a new lead.')
      return this.#settle(write, null, target.decide(id, this.#now))
    }
    const before = this.#loaded.leads.get(leadKey(companyId, target.leadId))
    if (before === undefined) return { kind: 'refused', refusal: refusal('lead.not-found', 'There is no such lead.') }
    return this.#settle(write, before, target.decide(before, this.#now))
  }

  #settle(write: LeadWrite, before: Lead | null, decision: ReturnType<LeadWrite['target']['decide']>): WriteOutcome {
    if (decision.kind === 'refused') return decision
    if (decision.kind === 'unchanged') {
      this.#keepAnswer(write, decision.lead)
      return decision
    }
    const revision = (before?.revision ?? 0) + 1
    const lead: Lead = { ...decision.lead, revision, modifiedAt: this.#now }
    this.#record(write, before, lead, decision.event, decision.effects ?? [])
    this.#keepAnswer(write, lead)
    return { kind: 'changed', lead }
  }

  #record(write: LeadWrite, before: Lead | null, lead: Lead, event: LeadEvent, effects: readonly SideEffect[]): void {
    const key = leadKey(lead.companyId, lead.id)
    this.#loaded.leads.set(key, lead)
    const fields = before === null ? null : differingFields(before, lead)
    this.#touched.set(key, widest(this.#touched.get(key), fields === null ? 'new' : reachOf(fields)))
    const changes = fields === null ? diffLeads(null, lead) : tellChanges(before, lead, fields)
    this.#history.push({ write, lead, event, changes })
    for (const effect of effects) {
      if (effect.kind === 'remove-attachment') {
        this.#removed.push({ companyId: lead.companyId, attachmentId: effect.attachmentId })
        continue
      }
      for (const attachmentId of effect.attachmentIds) this.#published.push({ companyId: lead.companyId, attachmentId })
    }
  }

  #keepAnswer(write: LeadWrite, lead: Lead): void {
    if (write.idempotency === undefined) return
    const { key, requestHash, present } = write.idempotency
    const answer = present(lead)
    this.#answers.push({ write, key, requestHash, answer })
    this.#loaded.answers.set(answerKey(write.companyId, write.actor.face, key), { requestHash, answer })
  }
}

function widest(earlier: Touch | undefined, touch: Touch): Touch {
  return earlier !== undefined && TOUCHES.indexOf(earlier) > TOUCHES.indexOf(touch) ? earlier : touch
}

/** Two batches that store the same keys then meet in the same order and cannot deadlock. */
function sortedByKey(rows: readonly sql.AnswerRow[]): sql.AnswerRow[] {
  const order = ({ write, key }: sql.AnswerRow) => answerKey(write.companyId, write.actor.face, key)
  return [...rows].sort((a, b) => (order(a) < order(b) ? -1 : 1))
}
