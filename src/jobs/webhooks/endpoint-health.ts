import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { HealthChange } from '../../store/webhooks/leases.ts'
import type { CallResult } from './call-endpoint.ts'

const DAY_MS = 86_400_000
/** An endpoint at which every call has failed for so long is disabled. */
const FAILING_MAX_MS = 5 * DAY_MS
/** After so many failures in a row an endpoint gets fewer calls at once: it then holds nobody else up. */
const FAILURES_MANY = 8
const PARALLEL_WHEN_FAILING = 2

/** How the calls of one endpoint go. */
export class EndpointHealth {
  readonly #key: EndpointKey
  #failingSince: string | null = null
  #failures = 0
  #hasBegun = false

  constructor(key: EndpointKey) {
    this.#key = key
  }

  /** What the store knows; only the first word counts, as this process knows better from then on. */
  begin(failingSince: string | null): void {
    if (this.#hasBegun) return
    this.#hasBegun = true
    this.#failingSince = failingSince
    if (failingSince !== null) this.#failures = FAILURES_MANY
  }

  /** Calls at once. */
  parallel(most: number): number {
    return this.#failures >= FAILURES_MANY ? Math.min(most, PARALLEL_WHEN_FAILING) : most
  }

  /** What the store must learn of a call; null when it is nothing new. */
  note(result: CallResult | null, now: Date): HealthChange | null {
    if (result === null) return null
    if (result.outcome === 'delivered') {
      this.#failures = 0
      if (this.#failingSince === null) return null
      this.#failingSince = null
      return { ...this.#key, failingSince: null, disabledReason: null }
    }
    this.#failures += 1
    const isNew = this.#failingSince === null
    this.#failingSince ??= result.at
    const change = { ...this.#key, failingSince: this.#failingSince }
    if (result.outcome === 'gone') return { ...change, disabledReason: 'gone' }
    if (now.getTime() - Date.parse(this.#failingSince) >= FAILING_MAX_MS)
      return { ...change, disabledReason: 'failing' }
    return isNew ? { ...change, disabledReason: null } : null
  }
}
