/** A reader who waits no longer than this sees the lists as they are; better a little behind than not at all. */
const WAIT_MAX_MS = 500

interface Waiter {
  readonly mark: number
  readonly go: () => void
}

/** What this process has written and not yet seen told, by company, and who waits for it. */
export class Outstanding {
  #mark = 0
  readonly #byCompany = new Map<number, number>()
  readonly #waiters = new Set<Waiter>()

  note(companyId: number): void {
    this.#mark += 1
    this.#byCompany.set(companyId, this.#mark)
  }

  /** Whether anything of the company, or of any, is outstanding. */
  has(companyId: number | undefined): boolean {
    return companyId === undefined ? this.#byCompany.size > 0 : this.#byCompany.has(companyId)
  }

  /** A pass that begins after this was asked tells everything up to it. */
  mark(): number {
    return this.#mark
  }

  wait(companyId: number | undefined): Promise<void> {
    const mark = companyId === undefined ? this.#mark : (this.#byCompany.get(companyId) ?? 0)
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer)
        this.#waiters.delete(waiter)
        resolve()
      }
      const timer = setTimeout(go, WAIT_MAX_MS)
      const waiter = { mark, go }
      this.#waiters.add(waiter)
    })
  }

  /** Everything up to the mark is told. */
  settle(mark: number): void {
    for (const [companyId, last] of this.#byCompany) if (last <= mark) this.#byCompany.delete(companyId)
    for (const waiter of [...this.#waiters]) if (waiter.mark <= mark) waiter.go()
  }

  /** Lets everybody go. */
  release(): void {
    this.settle(this.#mark)
  }
}
