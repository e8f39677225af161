import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { startServer } from '../support/server.ts'

it('a stop does not wait for connections that a browser has opened and not used', async () => {
  const server = await startServer()
  const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1')
  await once(socket, 'connect')
  const closed = once(socket, 'close')
  await server.close()
  await closed
  expect(socket.bytesWritten).toBe(0)
})
