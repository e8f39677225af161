import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
const written: string[] = []

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    written.push(String(chunk))
    return true
  })
  server = await startServer({ LOG_LEVEL: 'trace' })
})

afterAll(async () => {
  vi.restoreAllMocks()
  await server.close()
})

it('a request that cannot be parsed leaves none of its bytes, and so no credentials, in the log', async () => {
  const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.resume()
  socket.write(`GET /api/Leads HTTP/1.1\r\nHost: x\r\nAPIKey: lwk_secret\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`)
  await once(socket, 'close')
  const log = written.join('')
  expect(log).not.toContain('lwk_secret')
  expect(log).not.toContain([...Buffer.from('lwk_secret')].join(','))
})
