import type { ServerResponse } from 'node:http'

const HEARTBEAT_MS = 15_000
/** How soon a client comes back after the line broke. */
const RETRY_MS = 2_000
/** A client that leaves so much unread is cut off; it comes back, and hears then what it missed. */
const UNREAD_BYTES_MAX = 256 * 1024

export interface ServerEvent {
  readonly name: string
  /** Sent back by the client when it resumes. */
  readonly id?: string
  readonly data: unknown
}

/** Server-sent events over one answer. Events that come before it is open wait for that. */
export class EventStream {
  readonly #raw: ServerResponse
  readonly #placeOf: () => string | null
  #waiting: string[] = []
  #isOpen = false
  #isFlushing = false
  #heartbeat: NodeJS.Timeout | undefined

  /** @param placeOf the place from which a client resumes that has heard all that was sent; null when it is not known */
  constructor(raw: ServerResponse, placeOf: () => string | null) {
    this.#raw = raw
    this.#placeOf = placeOf
    // A connection that breaks ends the stream; there is nobody to tell.
    raw.on('error', () => raw.destroy())
    raw.on('close', () => clearInterval(this.#heartbeat))
  }

  /** @param id the place from which a client resumes that hears nothing before the line breaks */
  open(headers: Readonly<Record<string, string | number | string[] | undefined>>, id: string): void {
    // The client has left, or the server is stopping, before it began.
    if (this.#isOver()) return
    this.#raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Tells a proxy in front not to gather what must go out at once.
      'x-accel-buffering': 'no',
    })
    this.#isOpen = true
    this.#waiting.unshift(`retry: ${RETRY_MS}\nid: ${id}\n\n`)
    this.#flush()
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS)
  }

  send({ name, id, data }: ServerEvent): void {
    const place = id === undefined ? '' : `id: ${id}\n`
    this.#write(`${place}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  end(): void {
    clearInterval(this.#heartbeat)
    this.#flush()
    this.#raw.end()
  }

  /** Keeps the line open, and the place of a client that hears nothing for long from falling out of what is kept. */
  #beat(): void {
    const place = this.#placeOf()
    this.#write(place === null ? ':\n\n' : `:\nid: ${place}\n\n`)
  }

  /** What comes in one turn of the event loop leaves together. */
  #write(text: string): void {
    this.#waiting.push(text)
    if (!this.#isOpen || this.#isFlushing) return
    this.#isFlushing = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#isFlushing = false
    if (this.#waiting.length === 0 || this.#isOver()) return
    this.#raw.write(this.#waiting.join(''))
    this.#waiting = []
    if (this.#raw.writableLength > UNREAD_BYTES_MAX) this.#raw.destroy()
  }

  #isOver(): boolean {
    return this.#raw.destroyed || this.#raw.writableEnded
  }
}
