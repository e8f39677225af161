import { randomUUID } from 'node:crypto'
import type { App } from '../../app/app.ts'
import { tellDisabled } from '../../app/webhooks/tell-disabled.ts'
import type { RetrySchedule } from '../../core/webhooks/retry-schedule.ts'
import type { Connection } from '../../store/database.ts'
import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import { LEASE_MS } from '../../store/webhooks/leases.ts'
import { SenderConnection } from '../../store/webhooks/sender-connection.ts'
import { startLoop } from '../loop.ts'
import { makeOutboundClient, type OutboundClient } from '../outbound/http-client.ts'
import { CallSlots } from './call-slots.ts'
import { EndpointPump, type PumpContext } from './endpoint-pump.ts'
import { Settler } from './settler.ts'

export interface WebhookSenderOptions {
  readonly app: App
  readonly connection: Connection
  readonly schedule: RetrySchedule
  readonly allowPrivate: boolean
  readonly log: (message: string, fields: Record<string, unknown>) => void
}

export interface WebhookSender {
  /** Waits a few seconds for calls that are under way, and lets the endpoints go. */
  stop(): Promise<void>
}

const LOOK_EVERY_MS = 1_000
const RENEW_EVERY_MS = 3_000
/** Before a lease is over, nothing is begun any more. */
const LEASE_MARGIN_MS = 2_000
/** News of one pass come in several pieces. */
const WAKE_AFTER_MS = 10
const ENDPOINTS_MAX = 500
/** So many more are taken in a look when there are others, so that those have their turn, too. */
const SPARE_ENDPOINTS = 20
const CALLS_MAX = 256
const DRAIN_MS = 5_000

/** Sends webhooks. Every server runs one; a lease in the store says which of them sends to which endpoint. */
export function startWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const sender = new Sender(options)
  const stopObserving = options.app.feed.observe((companyIds) => sender.news(companyIds))
  options.app.feed.passes.observe(({ rows }) => sender.changes(rows))
  const onError = (error: unknown) => options.log('webhooks are not sent at the moment', { error: String(error) })
  const loop = startLoop({ everyMs: LOOK_EVERY_MS, run: () => sender.look(null), onError })
  return {
    async stop() {
      stopObserving()
      await loop.stop()
      await sender.stop()
    },
  }
}

class Sender {
  readonly #options: WebhookSenderOptions
  readonly #store: SenderConnection
  readonly #client: OutboundClient
  readonly #slots = new CallSlots(CALLS_MAX)
  readonly #pumps = new Map<string, EndpointPump>()
  readonly #ending = new Set<Promise<void>>()
  readonly #news = new Set<number>()
  /** Names under which endpoints may still be held that nobody here sends to. */
  readonly #formerOwners = new Set<string>()
  #context: PumpContext
  #wakeTimer: NodeJS.Timeout | undefined
  #renewedAt = 0
  #isStopping = false

  constructor(options: WebhookSenderOptions) {
    this.#options = options
    this.#store = new SenderConnection(options.connection, () => this.#startOver())
    this.#client = makeOutboundClient({ allowPrivate: options.allowPrivate })
    this.#context = this.#newContext()
  }

  #newContext(): PumpContext {
    const { app, schedule, log } = this.#options
    const owner = randomUUID()
    const store = this.#store
    const settler = new Settler(store, owner, (disabled) => {
      for (const { reason, ...key } of disabled) tellDisabled(app, key, reason)
    })
    return { app, store, settler, owner, client: this.#client, schedule, slots: this.#slots, random: Math.random, log }
  }

  /** The connection was lost, and with it perhaps what the store said last: everything is read again. */
  #startOver(): void {
    for (const pump of this.#pumps.values()) this.#part(pump)
    const { owner } = this.#context
    this.#formerOwners.add(owner)
    // Later its leases have run out by themselves.
    setTimeout(() => this.#formerOwners.delete(owner), LEASE_MS).unref()
    this.#context = this.#newContext()
  }

  #part(pump: EndpointPump): void {
    pump.end()
    this.#pumps.delete(nameOf(pump.key))
  }

  /** So many changes were passed on. */
  changes(count: number): void {
    this.#slots.noteChanges(count)
  }

  /** Something has happened in these companies. */
  news(companyIds: readonly number[]): void {
    for (const companyId of companyIds) this.#news.add(companyId)
    this.#wakeTimer ??= setTimeout(() => {
      this.#wakeTimer = undefined
      const news = [...this.#news]
      for (const pump of this.#pumps.values()) if (this.#news.has(pump.key.companyId)) pump.wake()
      this.#news.clear()
      // What goes wrong here goes wrong in the next look, too, which tells it.
      this.look(news).catch(() => undefined)
    }, WAKE_AFTER_MS)
  }

  /** Takes endpoints that have something to be sent, and keeps those that it has. */
  async look(companyIds: readonly number[] | null): Promise<undefined> {
    if (this.#isStopping) return
    if (companyIds === null) await this.#letFormerGo()
    if (performance.now() - this.#renewedAt >= RENEW_EVERY_MS) await this.#renew()
    const room = ENDPOINTS_MAX + (companyIds === null ? SPARE_ENDPOINTS : 0) - this.#pumps.size
    if (room <= 0) return
    const context = this.#context
    const askedAt = performance.now()
    const claimed = await this.#store.claim(context.owner, companyIds, room)
    if (context !== this.#context) return
    for (const key of claimed) this.#begin(key, askedAt)
    this.#takeTurns()
  }

  /** For those that have come in over the number, those that came first have had their turn. */
  #takeTurns(): void {
    const surplus = Math.max(0, this.#pumps.size - ENDPOINTS_MAX)
    for (const pump of [...this.#pumps.values()].slice(0, surplus)) pump.drain()
  }

  async #letFormerGo(): Promise<void> {
    for (const owner of this.#formerOwners) {
      await this.#store.release(owner, null)
      this.#formerOwners.delete(owner)
    }
  }

  #begin(key: EndpointKey, askedAt: number): void {
    const context = this.#context
    // A lease that ran out before it was renewed: what its pump remembers may be old, and it must be over first.
    const former = this.#pumps.get(nameOf(key))
    former?.end()
    const leaseUntil = askedAt + LEASE_MS - LEASE_MARGIN_MS
    const pump = new EndpointPump(key, { leaseUntil, after: former?.ended ?? null }, context)
    this.#pumps.set(nameOf(key), pump)
    const ended = pump.ended
      .then(() => this.#letGo(pump, context))
      .catch(() => undefined)
      .finally(() => this.#ending.delete(ended))
    this.#ending.add(ended)
  }

  async #letGo(pump: EndpointPump, { owner }: PumpContext): Promise<void> {
    if (this.#pumps.get(nameOf(pump.key)) !== pump) return
    this.#pumps.delete(nameOf(pump.key))
    await this.#store.release(owner, [pump.key])
  }

  async #renew(): Promise<void> {
    const askedAt = performance.now()
    const context = this.#context
    this.#renewedAt = askedAt
    const asked = [...this.#pumps.values()]
    if (asked.length === 0) return
    const kept = new Set(
      (
        await this.#store.renew(
          context.owner,
          asked.map(({ key }) => key),
        )
      ).map(nameOf),
    )
    if (context !== this.#context) return
    for (const pump of asked) {
      if (kept.has(nameOf(pump.key))) pump.leaseUntil = askedAt + LEASE_MS - LEASE_MARGIN_MS
      else if (this.#pumps.get(nameOf(pump.key)) === pump) this.#part(pump)
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#wakeTimer)
    for (const pump of this.#pumps.values()) pump.drain()
    const enough = setTimeout(() => {
      for (const pump of this.#pumps.values()) pump.end()
    }, DRAIN_MS)
    await Promise.all(this.#ending)
    clearTimeout(enough)
    await this.#store.close()
    await this.#client.close()
    this.#slots.close()
  }
}

function nameOf({ companyId, endpointId }: EndpointKey): string {
  return `${companyId}/${endpointId}`
}
