import type { Item, ItemOutcome } from './types.ts'

/** An item and its caller. */
export interface Waiting {
  readonly item: Item
  readonly resolve: (outcome: ItemOutcome) => void
  readonly reject: (error: unknown) => void
}

/**
 * What waits for a lane. Changes of one lead keep the order of their arrival: those of a lead that a batch under way
 * has are held back until it has ended, as two batches side by side may end in any order.
 */
export class WriteQueue {
  #ready: Waiting[] = []
  #held: Waiting[] = []
  readonly #underWay = new Set<number>()

  /** Items that a batch could take now. */
  get ready(): number {
    return this.#ready.length
  }

  get length(): number {
    return this.#ready.length + this.#held.length
  }

  push(waiting: Waiting): void {
    const line = this.#mayGo(waiting) ? this.#ready : this.#held
    line.push(waiting)
  }

  /** The items of the next batch, oldest first; `ended` must be told of it. */
  take(max: number): readonly Waiting[] {
    const batch = this.#ready.splice(0, max)
    for (const id of leadsOf(batch)) this.#underWay.add(id)
    // More than a batch takes: some of it may be of the same leads.
    if (this.#ready.length > 0) {
      this.#held = this.#held.concat(this.#ready.filter((one) => !this.#mayGo(one)))
      this.#ready = this.#ready.filter((one) => this.#mayGo(one))
    }
    return batch
  }

  /** Lets go on what was held for the leads of a batch: in front, as it has waited longest. */
  ended(batch: readonly Waiting[]): void {
    for (const id of leadsOf(batch)) this.#underWay.delete(id)
    if (this.#held.length === 0) return
    this.#ready = this.#held.filter((one) => this.#mayGo(one)).concat(this.#ready)
    this.#held = this.#held.filter((one) => !this.#mayGo(one))
  }

  #mayGo({ item }: Waiting): boolean {
    const id = leadOf(item)
    return id === null || !this.#underWay.has(id)
  }
}

function leadsOf(batch: readonly Waiting[]): number[] {
  return batch.map(({ item }) => leadOf(item)).filter((id) => id !== null)
}

/** The lead that an item changes; null for a new one, and for a count. */
function leadOf(item: Item): number | null {
  return 'write' in item && item.write.target.kind === 'existing' ? item.write.target.leadId : null
}
