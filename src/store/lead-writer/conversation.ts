import type pg from 'pg'
import type { Statement } from '../database.ts'

/** A statement by name, and what to do with its rows: fields as PostgreSQL prints them, in the order of its columns. */
export interface Step {
  readonly statement: Statement & { readonly name: string }
  readonly onRow?: (fields: readonly (string | null)[]) => void
}

/** The part of pg's connection that a custom query uses; the same that pg-cursor builds on. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void }
  parse(query: { name: string; text: string }): void
  bind(config: { statement: string; values: readonly unknown[] }): void
  execute(config: object): void
  close(what: { type: 'S'; name: string }): void
  flush(): void
  sync(): void
}

/**
 * The statements that each connection has parsed. One is doubtful when an error came in the conversation that parsed it:
 * PostgreSQL may have passed over the Parse as it passes over everything between an error and the Sync.
 */
const parsed = new WeakMap<object, Map<string, 'ready' | 'doubtful'>>()

/**
 * A whole transaction in two writes and two reads: the first steps are sent together, their rows decide the second
 * ones, and one Sync behind those commits everything. PostgreSQL runs what stands between two Syncs as one
 * transaction, so neither BEGIN nor COMMIT is sent, and each batch wakes either side twice instead of once a statement:
 * with one lane that was worth a fifth of the rate (docs/decisions/0007). Rejects with PostgreSQL's error, after which nothing of it
 * was kept; when the connection ends before the last answer, what became of it is unknown.
 */
export function converse(client: pg.Client, first: readonly Step[], second: () => readonly Step[]): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new Conversation(first, second, resolve, reject) as unknown as pg.Submittable)
  })
}

class Conversation {
  /** Put here by pg to stop its clock for `query_timeout`; until then that clock holds on to the whole conversation. */
  callback: (error?: unknown) => void = () => undefined
  readonly #second: () => readonly Step[]
  readonly #resolve: () => void
  readonly #reject: (error: unknown) => void
  /** Steps whose answers are still to come. */
  readonly #expected: Step[]
  readonly #parsedHere: string[] = []
  #wire: Wire | null = null
  #synced = false
  #failed = false

  constructor(
    first: readonly Step[],
    second: () => readonly Step[],
    resolve: () => void,
    reject: (error: unknown) => void,
  ) {
    this.#expected = [...first].reverse()
    this.#second = second
    this.#resolve = resolve
    this.#reject = reject
  }

  /* What follows is called by pg. */

  submit(wire: Wire): void {
    this.#wire = wire
    if (this.#expected.length === 0) {
      this.#goOn(wire)
      return
    }
    wire.stream.cork()
    for (const step of [...this.#expected].reverse()) this.#send(wire, step)
    wire.flush()
    wire.stream.uncork()
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (!this.#failed) this.#expected.at(-1)?.onRow?.(fields)
  }

  handleCommandComplete(_message: unknown, wire: Wire): void {
    this.#expected.pop()
    if (this.#expected.length === 0 && !this.#synced) this.#goOn(wire)
  }

  handleReadyForQuery(): void {
    if (this.#failed) return
    this.callback()
    this.#resolve()
  }

  handleError(error: unknown, wire: Wire): void {
    this.#fail(error)
    this.#sync(wire)
  }

  handleRowDescription(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}

  #goOn(wire: Wire): void {
    wire.stream.cork()
    try {
      // Taken and put together as a whole before any of it is sent: half of it must not be committed by the Sync.
      const steps = this.#second()
      this.#expected.push(...[...steps].reverse())
      for (const step of steps) this.#send(wire, step)
    } catch (error) {
      this.#fail(error)
      // A part of the writes may be on its way already, and the Sync below would commit it.
      sendFailure(wire)
    }
    this.#sync(wire)
    wire.stream.uncork()
  }

  #sync(wire: Wire): void {
    if (this.#synced) return
    this.#synced = true
    wire.sync()
  }

  #send(wire: Wire, { statement: { name, text, values } }: Step): void {
    const names = parsed.get(wire) ?? new Map<string, 'ready' | 'doubtful'>()
    parsed.set(wire, names)
    const state = names.get(name)
    if (state === 'doubtful') wire.close({ type: 'S', name })
    if (state !== 'ready') {
      wire.parse({ name, text })
      names.set(name, 'ready')
      this.#parsedHere.push(name)
    }
    wire.bind({ statement: name, values: values ?? [] })
    wire.execute({})
  }

  #fail(error: unknown): void {
    this.#failed = true
    this.callback(error)
    const names = this.#wire === null ? undefined : parsed.get(this.#wire)
    for (const name of this.#parsedHere) names?.set(name, 'doubtful')
    this.#reject(error)
  }
}

/** Binds a statement that does not exist: the surest way to have PostgreSQL undo what was sent so far. */
function sendFailure(wire: Wire): void {
  wire.bind({ statement: 'undo', values: [] })
}
