import { connect } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeRawBodies } from '../../src/api/kit/raw-body.ts'

let server: FastifyInstance
let baseUrl = ''
/** How requests ended: by their handler, or by the fault of their body. */
let ends: string[] = []
let arrived = Promise.withResolvers<void>()

/** A server whose authentication lasts until the client has left, which a real one comes by under load. */
beforeAll(async () => {
  server = Fastify()
  takeRawBodies(server)
  server.addHook('onRequest', async ({ raw }) => {
    const left = new Promise((resolve) => raw.once('close', resolve))
    arrived.resolve()
    await left
  })
  server.setErrorHandler(async () => {
    ends.push('refused')
  })
  server.post('/', async () => {
    ends.push('carried out')
  })
  baseUrl = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

test.each<[string, string]>([
  ['before it sent any of its body', ''],
  ['in the middle of its body', 'abc'],
])(
  'a request whose client leaves %s while it is authenticated comes to an end, and is not carried out',
  async (_, body) => {
    ends = []
    arrived = Promise.withResolvers()
    const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1')
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\n${body}`)
    await arrived.promise
    socket.destroy()
    await expect.poll(() => ends, { timeout: 2_000 }).toEqual(['refused'])
  },
)
