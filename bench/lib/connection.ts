import { connect, type Socket } from 'node:net'
import { readChunked } from './chunked.ts'

const ANSWER_TIMEOUT_MS = 60_000
const HEAD_END = '\r\n\r\n'

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/**
 * One HTTP/1.1 keep-alive connection with one request at a time. By hand on a socket, because the generator shares the
 * processor with what it measures: it understands answers with a Content-Length or in chunks and nothing else.
 */
export class Connection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null
  #fault: Error | null = null

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
      if (this.#waiting !== null) this.#fail(new Error(`No answer within ${ANSWER_TIMEOUT_MS / 1000} s.`))
    })
    socket.on('data', (data) => this.#take(data))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')))
  }

  static open(host: string, port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host)
      socket.once('error', reject)
      socket.once('connect', () => {
        socket.off('error', reject)
        resolve(new Connection(socket))
      })
    })
  }

  /** Sends a whole request, head and body, and resolves to its answer. */
  send(request: string): Promise<Answer> {
    if (this.#fault !== null) return Promise.reject(this.#fault)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#socket.removeAllListeners('close')
    this.#socket.destroy()
  }

  #fail(error: Error): void {
    this.#fault ??= error
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.reject(this.#fault)
    this.#socket.destroy()
  }

  #take(data: Buffer): void {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data])
    const headLength = this.#received.indexOf(HEAD_END)
    if (headLength < 0) return
    const head = this.#received.toString('latin1', 0, headLength).toLowerCase()
    const found = this.#readBody(head, headLength + HEAD_END.length)
    if (found === null) return
    const answer = { status: Number(head.slice(9, 12)), body: found.body }
    this.#received = this.#received.subarray(found.end)
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting === null) this.#fail(new Error('An answer that nobody asked for.'))
    else waiting.resolve(answer)
  }

  /** The body that begins at `start`, and where it ends; null while more must come. */
  #readBody(head: string, start: number): { body: Buffer; end: number } | null {
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
    if (length !== undefined) {
      const end = start + Number(length)
      return this.#received.length < end ? null : { body: this.#received.subarray(start, end), end }
    }
    if (head.includes('\r\ntransfer-encoding: chunked')) return readChunked(this.#received, start)
    this.#fail(new Error(`An answer whose end cannot be known:\n${head}`))
    return null
  }
}
