import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Watches connections on which nothing was ever sent: browsers open some in advance. Node counts them as busy, and a
 * stop would wait for them.
 */
export function watchUnusedConnections(server: Server): { close(): void } {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return {
    close() {
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    },
  }
}
