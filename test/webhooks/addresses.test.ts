import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientOf } from '../native/client.ts'
import { freePort } from '../support/child-server.ts'
import type { TestServer } from '../support/server.ts'
import { addEndpoint } from './endpoints.ts'
import { startReceiver } from './receiver.ts'
import { makeLead, readLog, startSender, untilTrue } from './stage.ts'

let server: TestServer

beforeAll(async () => {
  server = await startSender({ WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'false' })
})
afterAll(() => server.close())

it.each([
  '127.0.0.1',
  'localhost',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '2130706433',
  '0x7f.1',
  '0.0.0.0',
  '10.0.0.1',
  '192.168.0.1',
  '169.254.169.254',
  '[fd00:ec2::254]',
  '[fe80::1]',
])('nothing is sent to %s unless the operator allows it', async (host) => {
  const company = await server.company()
  const receiver = await startReceiver()
  const url = receiver.url.replace('127.0.0.1', host)
  await addEndpoint(server.db, company.companyId, url)
  await makeLead({ call: clientOf(server, company) })
  await untilTrue(async () => (await readLog(server.db, company.companyId)).length > 0)
  const [row] = await readLog(server.db, company.companyId)
  const error = 'The address leads into a private network, which is not allowed here.'
  expect(row).toMatchObject({ outcome: 'failed', status: null, error })
  expect(receiver.calls).toEqual([])
  await receiver.close()
})

it('the address is judged before a connection is made', async () => {
  const company = await server.company()
  let connections = 0
  const listener = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  const port = await freePort()
  await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve))
  await addEndpoint(server.db, company.companyId, `https://localhost:${port}/`)
  await makeLead({ call: clientOf(server, company) })
  await untilTrue(async () => (await readLog(server.db, company.companyId)).length > 1)
  expect(connections).toBe(0)
  await new Promise((resolve) => listener.close(resolve))
})
