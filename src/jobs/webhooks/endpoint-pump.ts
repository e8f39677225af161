import type { App } from '../../app/app.ts'
import { buildMessages } from '../../app/webhooks/message.ts'
import { firstDelayMs, type RetrySchedule } from '../../core/webhooks/retry-schedule.ts'
import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { DeliveryRow, RowKey } from '../../store/webhooks/queue.ts'
import type { Look, SenderConnection } from '../../store/webhooks/sender-connection.ts'
import type { OutboundClient } from '../outbound/http-client.ts'
import { type CallResult, callEndpoint } from './call-endpoint.ts'
import type { CallSlots } from './call-slots.ts'
import { EndpointHealth } from './endpoint-health.ts'
import { LeadLines, type QueuedMessage } from './lead-lines.ts'
import { LookClock, type LookWish } from './look-clock.ts'
import { Bell, Pace } from './pace.ts'
import { heldBehind, type Part, partOf } from './part-of.ts'
import type { Settler } from './settler.ts'
import { SigningKeys } from './signing-keys.ts'
import { StrandedWalk } from './stranded-walk.ts'

/** What all pumps of a process share. */
export interface PumpContext {
  readonly app: App
  readonly store: SenderConnection
  readonly settler: Settler
  readonly owner: string
  readonly client: OutboundClient
  readonly schedule: RetrySchedule
  readonly slots: CallSlots
  /** From 0 to 1. */
  readonly random: () => number
  readonly log: (message: string, fields: Record<string, unknown>) => void
}

const DUE_ROWS = 50
/** An endpoint with nothing to be sent is let go after this time. */
const IDLE_MS = 5_000
const PARALLEL_MAX = 16
/** Whoever answers 429 is left alone for as long as it asks, up to this; the message itself waits as long as asked. */
const PAUSE_MAX_MS = 60_000

/**
 * Sends to one endpoint, which is this process's for as long as it lives: reads pages of its queue in order, calls, a few
 * leads at once and one message of a lead at a time, and keeps what came of it. What fails is put back into the queue
 * with its time; what is behind it of the same lead waits there, too.
 */
export class EndpointPump {
  readonly key: EndpointKey
  /** Resolves when nothing of it runs any more. */
  readonly ended: Promise<void>
  /** Until then (by performance.now()) nobody else sends to the endpoint. */
  leaseUntil: number
  readonly #context: PumpContext
  readonly #lines = new LeadLines()
  readonly #bell = new Bell()
  readonly #onRoom = () => this.#bell.ring()
  readonly #pace = new Pace()
  readonly #clock = new LookClock()
  readonly #stranded: StrandedWalk
  readonly #health: EndpointHealth
  readonly #keys: SigningKeys
  readonly #aborting = new AbortController()
  readonly #calls = new Set<Promise<void>>()
  #endpoint: Pick<Look, 'url' | 'perSecond'> = { url: '', perSecond: null }
  #cursor = 0
  #looking: Promise<unknown> = Promise.resolve()
  #usedAt = performance.now()
  #isDraining = false

  /** It begins once `after`, another pump of the same endpoint, is over. */
  constructor(
    key: EndpointKey,
    { leaseUntil, after }: { leaseUntil: number; after: Promise<void> | null },
    context: PumpContext,
  ) {
    this.key = key
    this.leaseUntil = leaseUntil
    this.#context = context
    this.#stranded = new StrandedWalk(context.store, key)
    this.#health = new EndpointHealth(key)
    this.#keys = new SigningKeys(context.app, key, context.log)
    this.ended = this.#run(after)
  }

  /** Something new may be in the queue. */
  wake(): void {
    this.#clock.hasNews()
    this.#bell.ring()
  }

  /** Ends at once; calls under way are given up. */
  end(): void {
    this.#aborting.abort()
    this.#bell.ring()
  }

  /** Begins no more calls and ends after those that are under way. */
  drain(): void {
    this.#isDraining = true
    this.#bell.ring()
  }

  get #isEnding(): boolean {
    return this.#aborting.signal.aborted || this.#isDraining
  }

  async #run(after: Promise<void> | null): Promise<void> {
    try {
      await after
      while (!this.#isEnding) {
        if (await this.#stranded.step()) this.#clock.hasNews()
        if (this.#clock.isTime(this.#lookWish)) await this.#look()
        this.#fill()
        if (this.#isIdle() && this.#stranded.hasRoundSince(this.#usedAt)) break
        await this.#bell.wait(this.#pauseMs())
      }
    } catch (error) {
      this.#fail(error)
    }
    // Nothing is begun from here on.
    this.#isDraining = true
    await Promise.all(this.#calls)
    this.#aborting.abort()
  }

  #fail(error: unknown): void {
    if (!this.#aborting.signal.aborted)
      this.#context.log('webhooks of an endpoint are not sent', { ...this.key, error: String(error) })
    this.end()
  }

  get #hasRoom(): boolean {
    return this.#lines.size < this.#context.slots.pageRows / 2
  }

  get #lookWish(): LookWish {
    return { hasRoom: this.#hasRoom, gatherMs: this.#context.slots.gatherMs }
  }

  #isIdle(): boolean {
    const now = performance.now()
    if (this.#lines.size > 0 || this.#clock.isFull) this.#usedAt = now
    return now - this.#usedAt > IDLE_MS && this.#clock.nextDueAt - now > IDLE_MS
  }

  #pauseMs(): number {
    const now = performance.now()
    const waits = [this.#clock.waitMs(this.#lookWish)]
    // Only a schedule that begins with a wait makes messages early.
    const nextAt = this.#context.schedule[0] === 0 ? null : this.#lines.nextAtMs(now)
    if (nextAt !== null) waits.push(nextAt - now)
    const paceMs = this.#pace.waitMs(now)
    if (paceMs > 0 && this.#lines.size > 0) waits.push(paceMs)
    return Math.max(1, Math.min(...waits))
  }

  async #look(): Promise<void> {
    this.#clock.looks()
    const looking = this.#readQueue()
    this.#looking = Promise.allSettled([looking])
    const queued = await looking
    if (queued !== null) await this.#prepare(queued)
  }

  /** Takes what the queue has into the lines, in one turn; null when the endpoint is not this process's any more. */
  async #readQueue(): Promise<QueuedMessage[] | null> {
    const rows = { freshMax: this.#context.slots.pageRows, dueMax: DUE_ROWS + this.#lines.size }
    const pages = { afterId: this.#cursor, ...(this.#hasRoom ? rows : { freshMax: 0, dueMax: 0 }) }
    const look = await this.#context.store.look(this.key, this.#context.owner, pages)
    if (look === null) {
      this.end()
      return null
    }
    this.#endpoint = look
    this.#health.begin(look.failingSince)
    this.#cursor = look.lastId
    this.#clock.hasSeen(look)
    const queued = this.#queue([...look.due, ...look.fresh])
    await this.#keys.take(look.secrets)
    return queued
  }

  #queue(rows: readonly DeliveryRow[]): QueuedMessage[] {
    const [now, nowMs] = [performance.now(), Date.now()]
    const queued = rows
      .filter(({ id }) => !this.#lines.has(id))
      .map((row): QueuedMessage => ({ row, notBeforeMs: now + firstDelayMs(this.#context.schedule, row, nowMs) }))
    this.#lines.add(queued)
    return queued
  }

  /** Makes the messages, all at once, so that each costs a part of a few statements. */
  async #prepare(queued: readonly QueuedMessage[]): Promise<void> {
    if (queued.length === 0) return
    const { companyId } = this.key
    const told = queued.map(({ row }) => ({ ...row, companyId }))
    const messages = await buildMessages(this.#context.app, companyId, told)
    for (const [i, one] of queued.entries()) one.message = messages[i] ?? null
    this.#fill()
  }

  /** Begins as many calls as may be begun now. */
  #fill(): void {
    while (
      !this.#isEnding &&
      performance.now() < this.leaseUntil &&
      this.#calls.size < this.#health.parallel(PARALLEL_MAX)
    ) {
      if (this.#pace.waitMs(performance.now()) > 0 || !this.#context.slots.take(this.#onRoom)) return
      const next = this.#lines.take(performance.now())
      if (next === null) {
        this.#context.slots.give({ isUnused: true })
        return
      }
      this.#pace.note(performance.now(), this.#endpoint.perSecond)
      const call = this.#send(next)
        .catch((error: unknown) => this.#fail(error))
        .finally(() => {
          this.#calls.delete(call)
          this.#bell.ring()
        })
      this.#calls.add(call)
    }
  }

  async #send(queued: QueuedMessage): Promise<void> {
    const { client, app, schedule, random } = this.#context
    let result: CallResult | null = null
    try {
      const { message } = queued
      if (message !== null && message !== undefined) {
        const call = { url: this.#endpoint.url, keys: this.#keys.current, message, signal: this.#aborting.signal }
        result = await callEndpoint(client, call, app.clock())
      }
    } finally {
      this.#context.slots.give()
    }
    if (result?.outcome === 'aborted' || this.#aborting.signal.aborted) return
    if (result !== null) this.#heed(result)
    const part = partOf({ key: this.key, queued, result, schedule, random: random() })
    const health = this.#health.note(result, app.clock())
    // What is under way is waited for, and nothing more is begun.
    if (health !== null && health.disabledReason !== null) this.drain()
    await this.#keep(queued, { ...part, health })
    for (const { outcome, milliseconds } of part.attempts ?? []) {
      app.deliveries.note({ ...this.key, outcome, milliseconds })
    }
  }

  #heed({ status, retryAfterSeconds }: CallResult): void {
    if (status !== 429 || retryAfterSeconds === null) return
    this.#pace.pause(performance.now() + Math.min(retryAfterSeconds * 1000, PAUSE_MAX_MS))
  }

  async #keep(queued: QueuedMessage, part: Part): Promise<void> {
    if ((part.held ?? []).length > 0) return this.#holdBack(queued, part)
    const { row } = queued
    // The next of its lead need not wait for the store, unless it must be fetched from there.
    if (!row.waiting) {
      this.#lines.advance(queued)
      this.#fill()
    }
    const { promoted } = await this.#context.settler.add(this.key, part)
    this.#lines.forget([row.id])
    if (!row.waiting) return
    const mine = promoted.filter((one) => this.#isOf(one) && one.row.leadId === row.leadId)
    const next = this.#queue(mine.map((one) => one.row))
    this.#lines.advance(queued)
    await this.#prepare(next)
  }

  /** Puts a failed message and all behind it back; its lead stays busy until nothing of it can come in behind our back. */
  async #holdBack(queued: QueuedMessage, part: Part): Promise<void> {
    const followers = this.#lines.takeFollowers(queued)
    const held = [queued.row, ...followers]
    await this.#context.settler.add(this.key, {
      ...part,
      held: [...(part.held ?? []), ...heldBehind(this.key, followers)],
    })
    await this.#looking
    for (let late = this.#lines.takeFollowers(queued); late.length > 0; late = this.#lines.takeFollowers(queued)) {
      held.push(...late)
      await this.#context.settler.add(this.key, { held: heldBehind(this.key, late) })
    }
    // Not before its line is free: a look that finds it due again would put it behind itself.
    this.#lines.forget(held.map(({ id }) => id))
    this.#lines.advance(queued)
    const [failed] = part.held ?? []
    this.#clock.isDueIn(failed?.retryInMs ?? 0)
  }

  #isOf({ companyId, endpointId }: Pick<RowKey, 'companyId' | 'endpointId'>): boolean {
    return companyId === this.key.companyId && endpointId === this.key.endpointId
  }
}
