/** Places for what stays open for long: so many in all, and so many for each company, so that none takes them all. */
export class Seats {
  readonly #max: number
  readonly #companyMax: number
  readonly #taken = new Map<number, number>()
  #total = 0

  constructor(max: number, companyMax: number) {
    this.#max = max
    this.#companyMax = companyMax
  }

  /** False when there is none. */
  take(companyId: number): boolean {
    const taken = this.#taken.get(companyId) ?? 0
    if (this.#total >= this.#max || taken >= this.#companyMax) return false
    this.#taken.set(companyId, taken + 1)
    this.#total += 1
    return true
  }

  /** Gives a place back that was taken. */
  leave(companyId: number): void {
    const left = (this.#taken.get(companyId) ?? 1) - 1
    if (left > 0) this.#taken.set(companyId, left)
    else this.#taken.delete(companyId)
    this.#total -= 1
  }
}
