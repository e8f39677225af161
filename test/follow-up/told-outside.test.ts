import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { clientOf } from '../native/client.ts'
import { anotherLook, dueIn, openDesk } from './desk.ts'

// Each waits for times to come, and for several servers.
vi.setConfig({ testTimeout: 120_000 })

interface Message {
  readonly type: string
  readonly timestamp: string
  readonly data: Record<string, unknown>
}

/** An endpoint that keeps what it is sent. */
async function openReceiver(): Promise<{ url: string; heard: Message[] }> {
  const heard: Message[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    heard.push(JSON.parse(Buffer.concat(chunks).toString()) as Message)
    response.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, heard }
}

it('a webhook hears of each due time once, after the change that brought it', async () => {
  const { server, db } = await openDesk({ WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true' })
  const company = await server.company()
  const call = clientOf(server, company)
  const { url, heard } = await openReceiver()
  expect((await call('POST', '/webhook-endpoints', { body: { url } })).status).toBe(201)
  const leadId = await server.offer(company.companyId)
  await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(2)
  expect((await call('POST', `/leads/${leadId}/accept`)).status).toBe(200)
  await dueIn(db, [leadId], 1)
  await expect.poll(() => heard.length, { timeout: 15_000 }).toBe(5)
  await anotherLook(db)
  expect(heard.map(({ type, data }) => [type, data['id'], data['revision']])).toEqual([
    ['lead.offered', leadId, 1],
    ['lead.requires_action', leadId, 1],
    ['lead.accepted', leadId, 2],
    ['lead.updated', leadId, 3],
    ['lead.requires_action', leadId, 3],
  ])
  const [last] = heard.slice(-1)
  const { body } = await call('GET', `/leads/${leadId}`)
  expect(last?.timestamp).toBe(body['actionDueAt'])
})
