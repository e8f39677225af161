import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Manner = (request: IncomingMessage, response: ServerResponse) => void

/** An upstream on loopback that answers in whatever manner it is told. */
export interface HostileServer {
  readonly baseUrl: string
  /** Method and path of every call, in order. */
  readonly calls: string[]
  /** Headers of the last call, and its body as far as it has come. */
  last: { headers: IncomingMessage['headers']; body: string }
  manner: Manner
  close(): Promise<void>
}

export async function startHostile(manner: Manner): Promise<HostileServer> {
  const server = createServer((request, response) => {
    response.on('error', () => undefined)
    hostile.calls.push(`${request.method} ${request.url}`)
    hostile.last = { headers: request.headers, body: '' }
    const { last } = hostile
    request.on('data', (piece: Buffer) => {
      last.body += piece.toString()
    })
    request.on('end', () => hostile.manner(request, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const hostile: HostileServer = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    last: { headers: {}, body: '' },
    manner,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return hostile
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** Answers JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Manner {
  return (_, response) => response.writeHead(status, { ...JSON_TYPE, ...headers }).end(JSON.stringify(body))
}

/** Answers a text under a type. */
export function text(status: number, body: string | Buffer, headers: Record<string, string>): Manner {
  return (_, response) => response.writeHead(status, headers).end(body)
}

/** Says that 10,000 bytes come, sends the start and cuts the connection. */
export function half(start: string): Manner {
  return (_, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '10000' })
    response.write(start, () => setImmediate(() => response.destroy()))
  }
}

/** Takes the request and never answers. */
export const SILENT: Manner = () => undefined

/** Sends the start of an answer and then nothing. */
export function stuck(start: string): Manner {
  return (_, response) => {
    response.writeHead(200, JSON_TYPE)
    response.write(start)
  }
}

/** Begins an answer that never ends. */
export function endless(start: string, piece: string): Manner {
  return (_, response) => {
    response.writeHead(200, JSON_TYPE)
    response.write(start)
    const block = piece.repeat(Math.ceil(65_536 / piece.length))
    const pour = () => {
      if (response.destroyed) return
      if (response.write(block)) setImmediate(pour)
      else response.once('drain', pour)
    }
    pour()
  }
}

/** Cuts the connection without an answer. */
export const CUT: Manner = (request) => request.socket.destroy()

/** Says something that is not HTTP. */
export const NOT_HTTP: Manner = (request) => request.socket.end('220 mail.example ESMTP\r\n')

/** A header of 100,000 bytes. */
export const HUGE_HEADER: Manner = (request) =>
  request.socket.end(`HTTP/1.1 200 OK\r\nx-large: ${'x'.repeat(100_000)}\r\ncontent-length: 2\r\n\r\n{}`)

/** Hands every call on to a real server and gives back what it answers. */
export function forward(server: HostileServer, baseUrl: string): Manner {
  return (request, response) =>
    void handOn(server, baseUrl, request).then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type }).end(body)
    })
}

/** The same with the headers by which a Leadwright says what it heeds. */
export function forwardWhole(server: HostileServer, baseUrl: string): Manner {
  return (request, response) =>
    void handOn(server, baseUrl, request).then(({ status, type, body, promises }) => {
      response.writeHead(status, { ...promises, 'content-type': type }).end(body)
    })
}

/** Hands the call on, and cuts the connection in the middle of the answer. */
export function forwardHalf(server: HostileServer, baseUrl: string): Manner {
  return (request, response) =>
    void handOn(server, baseUrl, request).then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'content-length': String(body.length) })
      response.write(body.subarray(0, body.length / 2), () => setImmediate(() => response.destroy()))
    })
}

async function handOn(
  { last }: HostileServer,
  baseUrl: string,
  { method = 'GET', url = '/', headers }: IncomingMessage,
) {
  const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...sent } = headers
  const body = last.body === '' ? null : last.body
  const answer = await fetch(`${baseUrl}${url}`, { method, headers: sent as Record<string, string>, body })
  const type = answer.headers.get('content-type') ?? 'text/plain'
  const promises = Object.fromEntries(
    ['x-write-guards', 'etag', 'retry-after'].flatMap((name) => {
      const value = answer.headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
  return { status: answer.status, type, promises, body: Buffer.from(await answer.arrayBuffer()) }
}
