import type { Message } from '../../app/webhooks/message.ts'
import type { DeliveryRow } from '../../store/webhooks/queue.ts'

/** A message of the queue in memory. */
export interface QueuedMessage {
  readonly row: DeliveryRow
  /** undefined until it is made; null when there is nothing to be told any more. */
  message?: Message | null
  /** Not to be sent before, by performance.now(): a clock that is set back must hold nothing up. */
  readonly notBeforeMs: number
}

interface Line {
  readonly messages: QueuedMessage[]
  /** The first one is being sent, or what came of it is being kept. */
  isBusy: boolean
}

/** The messages of one endpoint in memory: a line a lead, of which only the first may be sent. */
export class LeadLines {
  readonly #lines = new Map<number, Line>()
  /** Every row in memory, those that are done and not yet off the queue included. */
  readonly #ids = new Set<number>()

  /** Messages in memory. */
  get size(): number {
    return this.#ids.size
  }

  has(id: number): boolean {
    return this.#ids.has(id)
  }

  /** Puts messages at the end of their lines. */
  add(messages: readonly QueuedMessage[]): void {
    for (const message of messages) {
      this.#ids.add(message.row.id)
      const line = this.#lines.get(lineOf(message.row))
      if (line === undefined) this.#lines.set(lineOf(message.row), { messages: [message], isBusy: false })
      else line.messages.push(message)
    }
  }

  /** The first message that may be sent now; its line is busy from then on. */
  take(nowMs: number): QueuedMessage | null {
    for (const [key, line] of this.#lines) {
      const [first] = line.messages
      if (line.isBusy || first === undefined || first.message === undefined || first.notBeforeMs > nowMs) continue
      line.isBusy = true
      // To the end of the round, so that a lead with many messages does not always come first.
      this.#lines.delete(key)
      this.#lines.set(key, line)
      return first
    }
    return null
  }

  /** When the first of those that are only early may be sent; null when there is none. */
  nextAtMs(nowMs: number): number | null {
    const early = [...this.#lines.values()]
      .filter(({ isBusy }) => !isBusy)
      .map(({ messages: [first] }) => first?.notBeforeMs ?? 0)
      .filter((atMs) => atMs > nowMs)
    return early.length === 0 ? null : Math.min(...early)
  }

  /** Takes those out of a busy line that stand behind its first. */
  takeFollowers({ row }: QueuedMessage): DeliveryRow[] {
    return (this.#lines.get(lineOf(row))?.messages.splice(1) ?? []).map((follower) => follower.row)
  }

  /** The first of its line is done with: the next has its turn. */
  advance({ row }: QueuedMessage): void {
    const line = this.#lines.get(lineOf(row))
    if (line === undefined) return
    line.messages.shift()
    line.isBusy = false
    if (line.messages.length === 0) this.#lines.delete(lineOf(row))
  }

  /** The row is off the queue, or waits in it: it may be read again. */
  forget(ids: readonly number[]): void {
    for (const id of ids) this.#ids.delete(id)
  }
}

/** A message of no lead stands in a line of its own. */
function lineOf({ leadId, id }: DeliveryRow): number {
  return leadId === 0 ? -id : leadId
}
