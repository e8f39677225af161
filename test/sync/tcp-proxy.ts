import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line to a server that can be cut. */
export interface TcpProxy {
  readonly baseUrl: string
  /** Where the line leads from now on. */
  target(baseUrl: string): void
  /** `mute`: requests arrive and each answer is cut off before it; `cut`: nobody is connected. */
  mode(mode: 'open' | 'mute' | 'cut'): void
  close(): Promise<void>
}

export async function startProxy(): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let port = 0
  let mode: 'open' | 'mute' | 'cut' = 'open'
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
    client.pipe(upstream)
    upstream.on('data', (piece) => {
      if (mode === 'mute') client.destroy()
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
