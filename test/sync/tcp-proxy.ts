import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * `cut`: nobody is connected. `mute-writes`: what is written arrives, and the line breaks before the answer; lists come
 * through.
 */
export type LineMode = 'open' | 'mute-writes' | 'cut'

/** A line to a server that can be cut. */
export interface TcpProxy {
  readonly baseUrl: string
  /** Where the line leads from now on. */
  target(baseUrl: string): void
  mode(mode: LineMode): void
  close(): Promise<void>
}

export async function startProxy(): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let port = 0
  let mode: LineMode = 'open'
  const keep = (socket: Socket) => {
    sockets.add(socket)
    // A broken line is what this is for.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    keep(client)
    if (mode === 'cut') {
      client.destroy()
      return
    }
    const upstream = connect(port, '127.0.0.1')
    keep(upstream)
    let isWrite = false
    client.on('data', (piece) => {
      // A request begins its own packet here, as the client sends the next one only after an answer.
      if (/^(GET|PUT|POST) /.test(piece.toString('latin1', 0, 5))) isWrite = !piece.toString('latin1').startsWith('GET')
      upstream.write(piece)
    })
    upstream.on('data', (piece) => {
      if (mode === 'mute-writes' && isWrite) client.destroy()
      else client.write(piece)
    })
    upstream.on('close', () => client.destroy())
    client.on('close', () => upstream.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target(baseUrl) {
      port = Number(new URL(baseUrl).port)
    },
    mode(wanted) {
      mode = wanted
      if (wanted === 'cut') for (const socket of sockets) socket.destroy()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
