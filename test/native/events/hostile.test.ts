import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { encodeCursor } from '../../../src/lib/cursor.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { clientOf, problemOf } from '../client.ts'
import { bearer, listen } from './listener.ts'

async function start(): Promise<TestServer> {
  const server = await startServer()
  onTestFinished(() => server.close())
  return server
}

it.each([
  '1',
  '99999999',
  'March 7',
  '2026',
  '0000-01-01T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '2026-02-31T00:00:00.000Z',
  '2026-03-01T00:00:00.000Z\u0000',
  '2026-03-01 00:00:00 (a comment)',
  '',
])('refuses a Last-Event-ID that names %j as its instant', async (at) => {
  const server = await start()
  const company = await server.company()
  const id = encodeCursor(['events', company.companyId], [at])
  const answer = await clientOf(server, company)('GET', '/events', { headers: { 'last-event-id': id } })
  expect(problemOf(answer)).toMatchObject({ status: 400, code: 'request.header-invalid' })
})

it('a client that leaves while it is looked up keeps no seat', async () => {
  const server = await start()
  const company = await server.company()
  const { authorization } = bearer(company)
  const { port } = new URL(server.baseUrl)
  for (let n = 0; n < 210; n += 1) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(`GET /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`)
    setImmediate(() => socket.resetAndDestroy())
    await once(socket, 'close')
  }
  const stream = await listen(server, bearer(company))
  await stream.leave()
})
