import { createHmac, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { clientOf } from '../native/client.ts'
import { freePort } from '../support/child-server.ts'
import { makeLead, startSender, untilTrue } from '../webhooks/stage.ts'
import { type Example, HAS_PYTHON, RUNNABLE, runExample } from './run-receiver.ts'

const server = await startSender()
afterAll(() => server.close())

/** A company with an endpoint at a port where no receiver runs yet. */
async function openDesk() {
  const port = await freePort()
  const company = await server.company()
  const call = clientOf(server, company)
  const added = await call('POST', '/webhook-endpoints', { body: { url: `http://127.0.0.1:${port}/`, events: [] } })
  const { id, secret } = added.body as { id: number; secret: string }
  return { call, port, secret, path: `/webhook-endpoints/${id}` }
}

async function run(example: Example, port: number, secrets: string) {
  const running = await runExample(example, port, secrets)
  onTestFinished(() => running.stop())
  return running
}

interface Forgery {
  readonly secret: string
  readonly age?: number
  readonly signatures?: (good: string) => string
  readonly sent?: string
  readonly left?: string
}

const BODY = '{"type":"lead.created","timestamp":"2026-03-01T12:00:00.000Z","data":{"id":7,"name":"Zoë","changes":[]}}'

/** Sends a message as somebody may who knows a secret, or does not; gives the status of the answer. */
async function send(port: number, { secret, age = 0, signatures, sent = BODY, left }: Forgery): Promise<number> {
  const id = `msg_${randomBytes(8).toString('hex')}`
  const timestamp = String(Math.floor(Date.now() / 1000) - age)
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const good = `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${BODY}`).digest('base64')}`
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures?.(good) ?? good,
  }
  if (left !== undefined) delete headers[left]
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: sent })
  await response.arrayBuffer()
  return response.status
}

const OTHER = `whsec_${randomBytes(32).toString('base64')}`
const MINE = `whsec_${randomBytes(32).toString('base64')}`

describe.each(RUNNABLE)('the receiver in $name', (example) => {
  test('takes what Leadwright sends, each message once', async () => {
    const desk = await openDesk()
    const receiver = await run(example, desk.port, desk.secret)
    await desk.call('POST', `${desk.path}/test`)
    await receiver.until(1)
    const leadId = await makeLead(desk, { city: 'Zürich' })
    await desk.call('PATCH', `/leads/${leadId}`, { body: { city: 'Genève' } })
    const [test, created, updated] = await receiver.until(3)
    expect(test).toMatchObject({ type: 'webhook.test' })
    expect(created).toMatchObject({ type: 'lead.created', lead: leadId, revision: 1 })
    expect(updated).toMatchObject({ type: 'lead.updated', changes: ['city: "Zürich" → "Genève"'] })
    const replayed = await desk.call('POST', `${desk.path}/replay`, { body: { since: '2026-01-01' } })
    expect(replayed.body).toEqual({ queued: 2 })
    await untilTrue(async () => {
      const { body } = await desk.call('GET', `${desk.path}/attempts?outcome=delivered`)
      return (body['attempts'] as unknown[]).length === 5
    })
    expect(receiver.told).toHaveLength(3)
  })

  test.each(['both secrets', 'the old one alone', 'the new one alone'])(
    'takes it with %s while one is changed',
    async (which) => {
      const desk = await openDesk()
      const rotated = String((await desk.call('POST', `${desk.path}/rotate-secret`)).body['secret'])
      const secrets =
        { 'both secrets': `${rotated} ${desk.secret}`, 'the old one alone': desk.secret }[which] ?? rotated
      const receiver = await run(example, desk.port, secrets)
      await desk.call('POST', `${desk.path}/test`)
      expect(await receiver.until(1)).toMatchObject([{ type: 'webhook.test' }])
    },
  )

  test('refuses whatever is not signed, or not now, and takes it when one of several signatures is right', async () => {
    const port = await freePort()
    const receiver = await run(example, port, MINE)
    const cases: readonly [number, string, Omit<Forgery, 'secret'> & { readonly secret?: string }][] = [
      [204, 'a good one', {}],
      [204, 'one of several', { signatures: (good) => `v1,AAAA v2,BBBB ${good}` }],
      [204, 'a clock that is a little off', { age: 240 }],
      [401, 'another secret', { secret: OTHER }],
      [401, 'an old one', { age: 301 }],
      [401, 'one of tomorrow', { age: -301 }],
      [401, 'another body', { sent: BODY.replace('7', '8') }],
      [401, 'another version', { signatures: (good) => good.replace('v1', 'v2') }],
      [401, 'a cut signature', { signatures: (good) => good.slice(0, -8) }],
      [401, 'an empty signature', { signatures: () => 'v1,' }],
      [401, 'no signature', { left: 'webhook-signature' }],
      [401, 'no id', { left: 'webhook-id' }],
      [401, 'no time', { left: 'webhook-timestamp' }],
    ]
    const answers: [number, string][] = []
    for (const [, name, forgery] of cases) answers.push([await send(port, { secret: MINE, ...forgery }), name])
    expect(answers).toEqual(cases.map(([status, name]) => [status, name]))
    expect(receiver.told).toEqual(
      Array(3).fill(expect.objectContaining({ type: 'lead.created', lead: 7, name: 'Zoë' })),
    )
    expect((await fetch(`http://127.0.0.1:${port}/`)).ok).toBe(false)
  })

  test('does not start without a secret', async () => {
    await expect(run(example, await freePort(), '')).rejects.toThrow(/does not listen/)
  })
})

const NAME = HAS_PYTHON
  ? 'the receiver in Python takes nothing but the standard library'
  : 'python3 is not on this machine: of the receiver in Python only the source was looked at'

test(NAME, async () => {
  const source = await readFile(path.resolve(import.meta.dirname, '../../examples/python-receiver/receiver.py'), 'utf8')
  const imported = [...source.matchAll(/^(?:import|from) ([\w.]+)/gm)].map(([, name = '']) => name.split('.')[0])
  const standard = ['base64', 'collections', 'hashlib', 'hmac', 'http', 'json', 'os', 're', 'sys', 'threading', 'time']
  expect([...new Set(imported)].sort()).toEqual(standard)
  expect(source).toContain('hmac.compare_digest(')
})
