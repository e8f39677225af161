import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusalError } from '../../src/core/errors.ts'
import { makeLeadWriter } from '../../src/store/lead-writer/writer.ts'

let silent: Server
let connections = 0
const sockets: Socket[] = []

beforeAll(async () => {
  silent = createServer((socket) => {
    connections += 1
    sockets.push(socket)
    socket.on('error', () => undefined).resume()
  })
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  for (const socket of sockets) socket.destroy()
  silent.close()
})

describe('a store that takes connections and never answers', () => {
  it('refuses a whole batch as unavailable after one attempt to connect, not one attempt an item', async () => {
    const address = silent.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const connection = { host: '127.0.0.1', port: address.port, user: 'u', password: 'p', database: 'd' }
    const options = { lanes: 1, batchMax: 256, queueMax: 1000, clock: () => new Date(), log: () => undefined }
    const writer = makeLeadWriter({ connection, ...options })
    const calls = ['a', 'b', 'c'].map((subject) => writer.charge({ subject, limits: [] }))
    const faults = (await Promise.allSettled(calls)).map((result) =>
      result.status === 'rejected' ? result.reason : null,
    )
    expect(connections).toBe(1)
    for (const fault of faults) {
      expect(fault).toBeInstanceOf(RefusalError)
      expect(fault).toMatchObject({ refusal: { code: 'server.unavailable' } })
    }
  })
})
