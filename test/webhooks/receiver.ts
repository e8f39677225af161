import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

/** One call as it came in. */
export interface Received {
  readonly at: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly id: string
  readonly type: string
  readonly data: Record<string, unknown>
}

type Reply = (response: ServerResponse, received: Received, n: number) => void

export interface Receiver {
  readonly url: string
  readonly calls: Received[]
  /** How the calls from now on are answered; 204 until this is said. */
  reply(reply: Reply): void
  /** Resolves to all calls once there are so many. */
  until(count: number, timeoutMs?: number): Promise<Received[]>
  close(): Promise<void>
}

/** An endpoint of somebody else: a real HTTP server on loopback. */
export async function startReceiver(port = 0): Promise<Receiver> {
  const calls: Received[] = []
  let answer: Reply = (response) => void response.writeHead(204).end()
  const server = createServer(async (request, response) => {
    const body = await text(request).catch(() => '')
    if (body === '') return void response.destroy()
    const { type, data } = JSON.parse(body) as { type: string; data: Record<string, unknown> }
    const id = String(request.headers['webhook-id'])
    const received = { at: performance.now(), headers: request.headers, body, id, type, data }
    calls.push(received)
    answer(response, received, calls.length)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    calls,
    reply(reply) {
      answer = reply
    },
    async until(count, timeoutMs = 10_000) {
      const deadline = performance.now() + timeoutMs
      while (calls.length < count) {
        if (performance.now() > deadline)
          throw new Error(`${calls.length} calls of ${count} came: ${calls.map((one) => one.id)}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      return calls
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Throws when the official verifier does not accept the call. */
export function verify({ body, headers }: Pick<Received, 'body' | 'headers'>, secret: string): void {
  new Webhook(secret).verify(body, headers as Record<string, string>)
}
