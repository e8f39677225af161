import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addUser } from '../../../src/app/credentials/add-user.ts'
import { readConfig } from '../../../src/config.ts'
import { openApp } from '../../../src/open-app.ts'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { signIn } from '../accounts/browser.ts'
import { clientOf, problemOf } from '../client.ts'

let server: TestServer
let receiver: Server
let company: TestCompany
/** What the receiver answers. */
let status = 204

beforeAll(async () => {
  server = await startServer({ WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true', WEBHOOK_RETRY_SCHEDULE: '0,600' })
  receiver = createServer((request, response) => {
    request.resume()
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  company = await server.company()
})
afterAll(async () => {
  await server.close()
  receiver.close()
})

const NOTHING = {
  outbox: { waiting: 0, oldestSeconds: 0 },
  webhooks: {
    endpoints: 0,
    disabled: 0,
    switchedOff: [],
    waiting: 0,
    waitingIsExact: true,
    oldestAt: null,
    delivered: 0,
    failed: 0,
    deliveredPerMinute: 0,
    failing: [],
  },
  connections: [],
  digests: { sent: 0, nothing: 0, failed: 0, open: 0 },
}

async function healthOf(one: TestCompany): Promise<Record<string, unknown>> {
  const { status: code, body } = await clientOf(server, one)('GET', '/health')
  expect(code).toBe(200)
  return body
}

async function onlyEndpoint(one: TestCompany): Promise<{ id: number }> {
  const { body } = await clientOf(server, one)('GET', '/webhook-endpoints')
  const [endpoint] = body['endpoints'] as { id: number }[]
  return endpoint ?? { id: 0 }
}

async function metrics(): Promise<string> {
  return (await fetch(`${server.baseUrl}/metrics`)).text()
}

it('shows what waits, what was delivered and what failed, of the company alone', async () => {
  const { port } = receiver.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/hook`
  const made = await clientOf(server, company)('POST', '/webhook-endpoints', { body: { url } })
  expect(made.status).toBe(201)
  await server.offer(company.companyId)
  await expect.poll(async () => (await healthOf(company))['webhooks']).toMatchObject({ delivered: 2, waiting: 0 })
  status = 500
  await server.offer(company.companyId)
  await expect.poll(async () => (await healthOf(company))['webhooks']).toMatchObject({ failed: 1 })
  expect(await healthOf(company)).toMatchObject({
    webhooks: {
      ...{ endpoints: 1, disabled: 0, waiting: 2, delivered: 2, failed: 1, deliveredPerMinute: 0.03 },
      failing: [{ id: made.body['id'], url, failed: 1 }],
    },
  })
  expect(await healthOf(await server.company())).toEqual(NOTHING)
})

it('/metrics has the same of all companies, and what this process has called', async () => {
  const endpoint = `company="${company.companyId}",endpoint="301"`
  await expect.poll(metrics, { timeout: 10_000 }).toMatch(/^leadwright_webhook_waiting 2$/m)
  const text = await metrics()
  expect(text).toMatch(/^leadwright_webhook_held [12]$/m)
  expect(text).toMatch(/^leadwright_webhook_oldest_seconds \d/m)
  expect(text).toMatch(/^leadwright_webhook_attempts_total\{outcome="delivered"\} 2$/m)
  expect(text).toContain(`leadwright_webhook_failures_total{${endpoint}} 1`)
  expect(text).toMatch(/^leadwright_webhook_endpoints\{state="in-trouble"\} 1$/m)
  expect(text).toMatch(/^leadwright_connections\{state="healthy"\} 0$/m)
  expect(text).toMatch(/^leadwright_digest_mails\{state="sent"\} 0$/m)
})

it('counts no queue of an endpoint that is switched off; the endpoint itself shows it', async () => {
  const { port } = receiver.address() as AddressInfo
  const gone = await server.company()
  const call = clientOf(server, gone)
  status = 410
  const made = await call('POST', '/webhook-endpoints', { body: { url: `http://127.0.0.1:${port}/gone` } })
  await server.offer(gone.companyId)
  await expect.poll(async () => (await healthOf(gone))['webhooks']).toMatchObject({ disabled: 1 })
  expect(await healthOf(gone)).toMatchObject({
    webhooks: {
      ...{ waiting: 0, waitingIsExact: true, oldestAt: null },
      switchedOff: [{ id: made.body['id'], url: `http://127.0.0.1:${port}/gone`, reason: 'gone' }],
    },
  })
  const endpoint = async () => (await call('GET', `/webhook-endpoints/${made.body['id']}`)).body
  expect(await endpoint()).toMatchObject({ disabledReason: 'gone', health: { waiting: 2 } })
  // Of the other company two wait still; then nobody's do.
  const gauges = async () => (await metrics()).match(/^leadwright_webhook_(waiting|held|oldest_seconds) .*$/gm)
  await expect.poll(metrics, { timeout: 10_000 }).toMatch(/^leadwright_webhook_endpoints\{state="gone"\} 1$/m)
  expect(await metrics()).toMatch(/^leadwright_webhook_waiting 2$/m)
  const path = `/webhook-endpoints/${(await onlyEndpoint(company)).id}`
  expect((await clientOf(server, company)('PATCH', path, { body: { enabled: false } })).status).toBe(200)
  await expect
    .poll(gauges, { timeout: 10_000 })
    .toEqual(['leadwright_webhook_waiting 0', 'leadwright_webhook_held 0', 'leadwright_webhook_oldest_seconds 0'])
  // Who switches an endpoint off knows of it.
  expect(await healthOf(company)).toMatchObject({
    webhooks: { disabled: 1, switchedOff: [], waiting: 0, oldestAt: null },
  })
})

it('is refused without credentials, and to a member', async () => {
  const anonymous = await clientOf(server, null)('GET', '/health')
  expect(problemOf(anonymous)).toMatchObject({ status: 401, code: 'credentials.missing' })
  const config = readConfig({ LOG_LEVEL: 'fatal' }, process.cwd())
  const { app, close } = openApp(config, server.db.connection, () => undefined)
  const login = { email: 'member@elm.example', password: 'long enough indeed' }
  await addUser(app, { companyId: company.companyId, role: 'member', name: 'Member', ...login })
  await close()
  const refused = await (await signIn(server.baseUrl, login)).call('GET', '/health')
  expect(problemOf(refused)).toMatchObject({ status: 403 })
})
