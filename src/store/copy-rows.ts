import type pg from 'pg'

/** Rows of one table. */
export interface Copy {
  /** `COPY … (…) FROM STDIN` */
  readonly text: string
  /** In COPY's text format, a line each; bytes, so that there is nothing left to do when their turn comes. */
  readonly rows: Buffer
}

/** The part of pg's connection that a custom query uses. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void }
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

/**
 * Copies rows into one table after the other in a single write: the rows follow the statements that ask for them at
 * once, so nobody waits for the other side between two tables. Rejects with PostgreSQL's error, which passes over the
 * rows that are left, or with that of the connection.
 */
export function copyRows(client: pg.ClientBase, copies: readonly Copy[]): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyRows(copies, resolve, reject) as unknown as pg.Submittable)
  })
}

class CopyRows {
  /** Put here by pg to stop its clock for `query_timeout`. */
  callback: (error?: unknown) => void = () => undefined
  readonly #copies: readonly Copy[]
  readonly #resolve: () => void
  readonly #reject: (error: unknown) => void
  #failed = false

  constructor(copies: readonly Copy[], resolve: () => void, reject: (error: unknown) => void) {
    this.#copies = copies
    this.#resolve = resolve
    this.#reject = reject
  }

  /* What follows is called by pg. */

  submit(wire: Wire): void {
    wire.stream.cork()
    wire.query(this.#copies.map(({ text }) => text).join(';'))
    for (const { rows } of this.#copies) {
      wire.sendCopyFromChunk(rows)
      wire.endCopyFrom()
    }
    wire.stream.uncork()
  }

  handleReadyForQuery(): void {
    if (this.#failed) return
    this.callback()
    this.#resolve()
  }

  handleError(error: unknown): void {
    this.#failed = true
    this.callback(error)
    this.#reject(error)
  }

  handleCopyInResponse(): void {}
  handleCommandComplete(): void {}
}
