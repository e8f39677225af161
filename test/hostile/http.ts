import { Agent, type IncomingHttpHeaders, request as open } from 'node:http'
import { connect } from 'node:net'

/** A name with several values is sent several times. */
export type Headers = Readonly<Record<string, string | string[]>>

export interface HttpRequest {
  readonly method: string
  /** Path and query as they go over the line: nothing is escaped or resolved. */
  readonly path: string
  readonly headers?: Headers
  readonly body?: string | Uint8Array
  /** Whose connections it goes on; those of all tests of the file when absent. */
  readonly agent?: Agent
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The parsed text, or undefined when it is not JSON. */
  readonly json: unknown
}

/** Long after every answer; a server that hangs then fails one test by name and not the whole file. */
const ANSWER_MS = 5_000

const SHARED = new Agent({ keepAlive: true, maxSockets: 8 })

/** Sends a request as it is given; `fetch` would mend or refuse much of what these tests send. */
export function send(baseUrl: string, request: HttpRequest): Promise<HttpAnswer> {
  const { method, path, headers = {}, body, agent = SHARED } = request
  const { hostname, port } = new URL(baseUrl)
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const sent = open({ agent, hostname, port, method, path, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) })
      })
    })
    sent.setTimeout(ANSWER_MS, () => sent.destroy(new Error(`no answer within ${ANSWER_MS} ms`)))
    sent.on('error', (error) => reject(new Error(`${method} ${path.slice(0, 80)}: ${error.message}`)))
    sent.end(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * How a client behaves once everything is sent. `wait`: it stays until the server closes the connection, which the last
 * request must ask for. `leave`: it closes its side, which Node's server takes for the end of everything under way.
 */
export type Ending = 'wait' | 'leave'

/** Writes bytes to a connection of their own and resolves to the answers that came when the connection is closed. */
export function sendBytes(baseUrl: string, bytes: string | Uint8Array, ending: Ending): Promise<HttpAnswer[]> {
  const { hostname, port } = new URL(baseUrl)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }, () => {
      if (ending === 'leave') socket.end(bytes)
      else socket.write(bytes)
    })
    const finish = (): void => {
      socket.destroy()
      try {
        resolve(answersOf(Buffer.concat(chunks)))
      } catch (error) {
        reject(error)
      }
    }
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('end', finish)
    // The server may cut a connection that it has answered while bytes are still under way.
    socket.on('error', finish)
    socket.setTimeout(ANSWER_MS, () => {
      reject(new Error(`neither an answer nor an end within ${ANSWER_MS} ms`))
      socket.destroy()
    })
  })
}

/** The answers in a connection's bytes; all of this server's short answers have a Content-Length. */
function answersOf(bytes: Buffer): HttpAnswer[] {
  const answers: HttpAnswer[] = []
  for (let at = 0; at < bytes.length; ) {
    const headEnd = bytes.indexOf('\r\n\r\n', at)
    if (headEnd < 0) throw new Error(`no end of a head in ${JSON.stringify(bytes.toString('latin1', at, at + 200))}`)
    const [statusLine = '', ...lines] = bytes.toString('latin1', at, headEnd).split('\r\n')
    const headers: IncomingHttpHeaders = {}
    for (const line of lines) headers[line.slice(0, line.indexOf(':')).toLowerCase()] = line.replace(/^[^:]*: */, '')
    const status = Number(statusLine.split(' ')[1])
    const length = status === 100 ? 0 : Number(headers['content-length'] ?? 0)
    const text = bytes.toString('utf8', headEnd + 4, headEnd + 4 + length)
    if (status !== 100) answers.push({ status, headers, text, json: parse(text) })
    at = headEnd + 4 + length
  }
  return answers
}
