import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { SenderConnection } from '../../store/webhooks/sender-connection.ts'

/** Leads of one step: the connection is everybody's, so a step is a short one. */
const LEADS_AT_ONCE = 1_000
const STEP_EVERY_MS = 200
const ROUND_EVERY_MS = 10_000
const BEFORE_ALL = -1

/**
 * Looks through the leads that wait at an endpoint, a piece at a time and round and round, for those without a turn: two
 * processes that both believe for a moment that the endpoint is theirs can leave one so.
 */
export class StrandedWalk {
  readonly #store: SenderConnection
  readonly #key: EndpointKey
  #afterLeadId = BEFORE_ALL
  #dueAt = 0
  #beganAt = 0
  /** When the last round that is over began. */
  #overSince = Number.NEGATIVE_INFINITY

  constructor(store: SenderConnection, key: EndpointKey) {
    this.#store = store
    this.#key = key
  }

  /** Takes a step when it is time for one; true when a lead was given its turn. */
  async step(): Promise<boolean> {
    const now = performance.now()
    if (now < this.#dueAt) return false
    if (this.#afterLeadId === BEFORE_ALL) this.#beganAt = now
    const leads = { afterLeadId: this.#afterLeadId, limit: LEADS_AT_ONCE }
    const { lastLeadId, promoted } = await this.#store.promoteStranded(this.#key, leads)
    if (lastLeadId === null) this.#overSince = this.#beganAt
    this.#afterLeadId = lastLeadId ?? BEFORE_ALL
    this.#dueAt = performance.now() + (lastLeadId === null ? ROUND_EVERY_MS : STEP_EVERY_MS)
    return promoted
  }

  /** Whether a round that began after an instant is over; if not, the next step is due. */
  hasRoundSince(instant: number): boolean {
    if (this.#overSince > instant) return true
    this.#dueAt = 0
    return false
  }
}
