import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { bearer, listen } from './listener.ts'

async function start(): Promise<TestServer> {
  const server = await startServer()
  onTestFinished(() => server.close())
  return server
}

it('ends when the token is revoked', async () => {
  const server = await start()
  const company = await server.company()
  const stream = await listen(server, bearer(company))
  await server.db.query({ text: 'UPDATE api_token SET revoked_at = now()' })
  await stream.ended
  await expect(listen(server, bearer(company))).rejects.toThrow('401')
})

it('ends when the session ends', async () => {
  const server = await start()
  const { email, password } = await server.company()
  const signedIn = await fetch(`${server.baseUrl}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';', 1)[0])
  const stream = await listen(server, { cookie: cookie.join('; ') })
  await fetch(`${server.baseUrl}/v1/session`, {
    method: 'DELETE',
    headers: { cookie: cookie.join('; '), origin: server.baseUrl },
  })
  await stream.ended
})

it('ends when the server stops, which waits for no listener', async () => {
  const server = await startServer()
  const company = await server.company()
  const streams = await Promise.all([1, 2, 3].map(() => listen(server, bearer(company))))
  await server.close()
  await Promise.all(streams.map(({ ended }) => ended))
})

it('is cut off from a client that does not read', async () => {
  const server = await start()
  const company = await server.company()
  const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1').pause()
  const { authorization } = bearer(company)
  socket.write(`GET /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`)
  const line = `${company.companyId}|1|1|lead.updated|New|New|2026-03-01 09:00:00+00`
  let received = 0
  socket.on('data', (data) => (received += data.length))
  const closed = once(socket, 'close').then(() => 'closed')
  socket.on('error', () => undefined)
  // Far more than the buffers of the system between the two take.
  for (let n = 0; n < 600; n += 1) {
    await server.db.query({
      text: "SELECT pg_notify('leadwright_live', $1)",
      values: [`${n + 10}|${n}\n${Array.from({ length: 120 }, () => line).join('\n')}`],
    })
  }
  socket.resume()
  expect(await closed).toBe('closed')
  expect(received).toBeLessThan(600 * 120 * 100)
})
