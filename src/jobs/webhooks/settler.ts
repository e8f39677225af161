import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { HealthChange } from '../../store/webhooks/leases.ts'
import type { SenderConnection, Settled, Settlement } from '../../store/webhooks/sender-connection.ts'

/** Of one endpoint; what is left out is nothing. */
export type Part = Partial<Omit<Settlement, 'health'>> & { readonly health?: HealthChange | null }

interface Waiting {
  readonly key: EndpointKey
  readonly part: Part
  readonly resolve: (settled: Settled) => void
  readonly reject: (error: unknown) => void
}

const PARTS_MAX = 500

/** Keeps what calls came to: while one settlement is written, what comes waits for the next, and all of it shares one. */
export class Settler {
  readonly #store: SenderConnection
  readonly #owner: string
  readonly #onDisabled: (disabled: Settled['disabled']) => void
  #waiting: Waiting[] = []
  #isRunning = false

  constructor(store: SenderConnection, owner: string, onDisabled: (disabled: Settled['disabled']) => void) {
    this.#store = store
    this.#owner = owner
    this.#onDisabled = onDisabled
  }

  add(key: EndpointKey, part: Part): Promise<Settled> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, part, resolve, reject })
      if (!this.#isRunning) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    // What ends in the same turn of the event loop joins.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, PARTS_MAX)
      try {
        const settled = await this.#store.settle(this.#owner, keysOf(batch), merge(batch))
        this.#onDisabled(settled.disabled)
        for (const { resolve } of batch) resolve(settled)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#isRunning = false
  }
}

function keysOf(batch: readonly Waiting[]): EndpointKey[] {
  return [...new Map(batch.map(({ key }) => [`${key.companyId}/${key.endpointId}`, key])).values()]
}

function merge(batch: readonly Waiting[]): Settlement {
  const parts = batch.map(({ part }) => part)
  const health = new Map<string, HealthChange>()
  for (const { health: change } of parts) {
    if (change === undefined || change === null) continue
    const name = `${change.companyId}/${change.endpointId}`
    const disabledReason = health.get(name)?.disabledReason ?? change.disabledReason
    health.set(name, { ...change, disabledReason })
  }
  return {
    attempts: parts.flatMap(({ attempts = [] }) => attempts),
    done: parts.flatMap(({ done = [] }) => done),
    held: parts.flatMap(({ held = [] }) => held),
    freed: parts.flatMap(({ freed = [] }) => freed),
    health: [...health.values()],
  }
}
