import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, expect, it } from 'vitest'
import { encodeCursor } from '../../../src/lib/cursor.ts'
import { startServer } from '../../support/server.ts'
import { bearer, listen } from './listener.ts'

const server = await startServer()
afterAll(() => server.close())

it.each([
  [['2026-03-01T00:00:00.000Z']],
  [['1', '1']],
  [[1]],
  [[-1, 1]],
  [[1, -1]],
  [[1.5, 1]],
  [[1, 1e300]],
  [[2 ** 53, 1]],
])('refuses a Last-Event-ID that names %j as its place', async (place) => {
  const company = await server.company()
  const id = encodeCursor(['events', company.companyId], place)
  const { status, headers, body } = await fetch(`${server.baseUrl}/v1/events`, {
    headers: { ...bearer(company), 'last-event-id': id },
  })
  await body?.cancel()
  expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8'])
})

/** More than a company may have open at a time. */
const LEAVERS = 210

it('a client that leaves while its credentials are looked up keeps no place', async () => {
  const company = await server.company()
  const { authorization } = bearer(company)
  const { port } = new URL(server.baseUrl)
  await server.db.transaction(async (tx) => {
    await tx.query({ text: 'LOCK TABLE api_token IN ACCESS EXCLUSIVE MODE', values: [] })
    for (let n = 0; n < LEAVERS; n += 1) {
      const socket = connect(Number(port), '127.0.0.1')
      await once(socket, 'connect')
      socket.write(`GET /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`)
      await new Promise(setImmediate)
      socket.resetAndDestroy()
      await once(socket, 'close')
    }
  })
  const stream = await listen(server, bearer(company))
  stream.leave()
})
