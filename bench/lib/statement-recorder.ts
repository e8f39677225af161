import pg from 'pg'

/** A statement as it was sent, with the values of one time. */
export interface SentStatement {
  /** Null where it is not kept prepared. */
  readonly name: string | null
  readonly text: string
  readonly values: readonly unknown[]
}

interface Sender {
  parse(query: { readonly name?: string; readonly text: string }, ...rest: unknown[]): void
  bind(config: { readonly statement?: string; readonly values?: readonly unknown[] }, ...rest: unknown[]): void
  query(text: string): void
}

/**
 * Notes what every connection of this process sends to PostgreSQL, by whatever way: pool, writer or relay. Only from
 * the protocol is that complete; what is kept prepared was parsed before, and is known by its name.
 */
export class StatementRecorder {
  readonly #sender = pg.Connection.prototype as unknown as Sender
  readonly #original = { parse: this.#sender.parse, bind: this.#sender.bind, query: this.#sender.query }
  readonly #parsed = new WeakMap<object, Map<string, string>>()
  #sent = new Map<string, SentStatement>()

  start(): void {
    const { parse, bind, query } = this.#original
    const note = (one: SentStatement) => this.#note(one)
    const textsOf = (connection: object) => this.#textsOf(connection)
    this.#sender.parse = function (config, ...rest) {
      textsOf(this).set(config.name ?? '', config.text)
      parse.call(this, config, ...rest)
    }
    this.#sender.bind = function (config, ...rest) {
      const name = config.statement ?? ''
      const text = textsOf(this).get(name)
      if (text !== undefined) note({ name: name === '' ? null : name, text, values: [...(config.values ?? [])] })
      bind.call(this, config, ...rest)
    }
    this.#sender.query = function (text) {
      note({ name: null, text, values: [] })
      query.call(this, text)
    }
  }

  /** What was sent since the last call, each text once. */
  take(): SentStatement[] {
    const sent = [...this.#sent.values()]
    this.#sent = new Map()
    return sent
  }

  stop(): void {
    Object.assign(this.#sender, this.#original)
  }

  #note(one: SentStatement): void {
    if (!this.#sent.has(one.text)) this.#sent.set(one.text, one)
  }

  #textsOf(connection: object): Map<string, string> {
    const texts = this.#parsed.get(connection) ?? new Map<string, string>()
    this.#parsed.set(connection, texts)
    return texts
  }
}
