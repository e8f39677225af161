import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { problemOf } from '../client.ts'
import type { Browser } from './browser.ts'
import { openStage, type Stage, type StagedCompany } from './stage.ts'

const stage: Stage = await openStage({ CONSTRUCTIONONLINE_LIMITS: 'hour:3,day:10' })
let company: StagedCompany
let admin: Browser

beforeEach(async () => {
  company = await stage.company()
  admin = await stage.signIn(company)
})
afterAll(() => stage.close())

const shell = promisify(execFile)

/** The words of a command line, as a real shell reads them. */
async function wordsOf(command: string): Promise<string[]> {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${command}`
  const { stdout } = await shell('/bin/sh', ['-c', script])
  return stdout.split('\0').slice(0, -1)
}

/** Sends what curl would send. */
async function send(command: string, fill = (word: string) => word): Promise<Response> {
  const [url = '', ...options] = (await wordsOf(command)).map(fill)
  const headers = new Headers()
  for (const [i, word] of options.entries()) {
    const value = options[i + 1] ?? ''
    if (word === '-H') headers.set(value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1).trim())
    if (word === '-u') headers.set('authorization', `Basic ${Buffer.from(value).toString('base64')}`)
  }
  return fetch(url, { headers })
}

async function list(path: '/tokens' | '/api-keys'): Promise<Record<string, unknown>[]> {
  const { status, body } = await admin.call('GET', path)
  expect(status).toBe(200)
  return body[path === '/tokens' ? 'tokens' : 'apiKeys'] as Record<string, unknown>[]
}

describe('tokens', () => {
  test('are issued with a request that works as it stands, and shown once', async () => {
    stage.pass(1000)
    const issued = await admin.call('POST', '/tokens', { body: { name: "Sam's desk", days: 7 } })
    expect(issued.status).toBe(201)
    const { id, token, expiresAt, example } = issued.body as Record<string, string>
    expect(expiresAt).toBe(new Date(stage.app.clock().getTime() + 7 * 86_400_000).toISOString())
    const answer = await send(String(example))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ success: true, data: [] })
    await expect.poll(async () => (await list('/tokens'))[0]?.['lastUsedAt']).not.toBeNull()
    const tokens = await list('/tokens')
    expect(tokens.map(({ name }) => name)).toEqual(["Sam's desk", 'First'])
    expect(tokens[0]).toEqual({
      id,
      name: "Sam's desk",
      createdAt: stage.app.clock().toISOString(),
      expiresAt,
      revokedAt: null,
      lastUsedAt: stage.app.clock().toISOString(),
    })
    expect(JSON.stringify(tokens)).not.toContain(token)
  })

  test('live as long as TOKEN_DAYS says when nothing else is asked for', async () => {
    const { body } = await admin.call('POST', '/tokens', { body: { name: 'Desk' } })
    expect(body['expiresAt']).toBe(new Date(stage.app.clock().getTime() + 365 * 86_400_000).toISOString())
  })

  test('are refused at once when revoked, and within five seconds by another server', async () => {
    const { body } = await admin.call('POST', '/tokens', { body: { name: 'Lost' } })
    const elsewhere = await stage.otherServer()
    const headers = { authorization: `Bearer ${body['token']}` }
    const statusAt = async (url: string) => {
      const response = await fetch(url, { headers })
      await response.arrayBuffer()
      return response.status
    }
    const doors = [`${stage.baseUrl}/rest-api-v1/general-leads`, `${stage.baseUrl}/v1/lead-statuses`]
    const far = `${elsewhere}/v1/lead-statuses`
    for (const url of [...doors, far]) expect(await statusAt(url)).toBe(200)
    expect((await admin.call('DELETE', `/tokens/${body['id']}`)).status).toBe(204)
    for (const url of doors) expect(await statusAt(url)).toBe(401)
    stage.pass(5000)
    expect(await statusAt(far)).toBe(401)
    expect((await list('/tokens')).find(({ id }) => id === body['id'])?.['revokedAt']).not.toBeNull()
  })

  test('of another company are not there', async () => {
    const other = await stage.signIn(await stage.company())
    const { body } = await admin.call('POST', '/tokens', { body: { name: 'Mine' } })
    for (const id of [body['id'], '00000000-0000-4000-8000-000000000000', 'x']) {
      expect(problemOf(await other.call('DELETE', `/tokens/${id}`))).toMatchObject({ status: 404 })
    }
    const headers = { authorization: `Bearer ${body['token']}` }
    expect((await fetch(`${stage.baseUrl}/v1/lead-statuses`, { headers })).status).toBe(200)
  })

  test.each([
    [{ name: ' ' }, 'name'],
    [{ days: 3 }, 'name'],
    [{ name: 'x', days: 0 }, 'days'],
    [{ name: 'x', days: 3651 }, 'days'],
    [{ name: 'x', days: '7' }, 'days'],
    [{ name: 'x', company: 7 }, 'company'],
  ])('%j is refused', async (body, field) => {
    expect(problemOf(await admin.call('POST', '/tokens', { body }))).toMatchObject({ status: 400, field })
  })
})

describe('API keys', () => {
  test('are issued with a request that works once the password stands in it', async () => {
    const issued = await admin.call('POST', '/api-keys', { body: { name: 'Program' } })
    expect(issued.status).toBe(201)
    const { key, example } = issued.body as Record<string, string>
    expect(key).toMatch(/^lwk_/)
    expect(example).toContain(`${company.email}:YOUR-PASSWORD`)
    const answer = await send(String(example), (word) => word.replace('YOUR-PASSWORD', company.password))
    expect([answer.status, await answer.json()]).toEqual([200, []])
  })

  test('show how far their rate windows are used up', async () => {
    const call = async () => {
      const authorization = `Basic ${Buffer.from(`${company.email}:${company.password}`).toString('base64')}`
      const response = await fetch(`${stage.baseUrl}/api/Leads`, { headers: { authorization, apikey: company.apiKey } })
      await response.arrayBuffer()
      return response.status
    }
    const gauges = async () => (await list('/api-keys'))[0]?.['gauges']
    const hour = { window: 'hour', seconds: 3600, limit: 3 }
    const day = { window: 'day', seconds: 86_400, limit: 10 }
    expect(await gauges()).toEqual([
      { ...hour, used: 0, resetsAt: null },
      { ...day, used: 0, resetsAt: null },
    ])
    const start = stage.app.clock().getTime()
    const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()
    for (let i = 0; i < 3; i += 1) expect(await call()).toBe(200)
    expect(await call()).toBe(429)
    expect(await gauges()).toEqual([
      { ...hour, used: 3, resetsAt: at(3600) },
      { ...day, used: 3, resetsAt: at(86_400) },
    ])
    stage.pass(3_600_000)
    expect(await gauges()).toEqual([
      { ...hour, used: 0, resetsAt: null },
      { ...day, used: 3, resetsAt: at(86_400) },
    ])
    expect(await call()).toBe(200)
  })

  test('are refused at once when revoked; those of another company are not there', async () => {
    const { body } = await admin.call('POST', '/api-keys', { body: { name: 'Lost' } })
    const authorization = `Basic ${Buffer.from(`${company.email}:${company.password}`).toString('base64')}`
    const status = async () => {
      const headers = { authorization, apikey: String(body['key']) }
      const response = await fetch(`${stage.baseUrl}/api/Leads`, { headers })
      await response.arrayBuffer()
      return response.status
    }
    const other = await stage.signIn(await stage.company())
    expect(problemOf(await other.call('DELETE', `/api-keys/${body['id']}`))).toMatchObject({ status: 404 })
    expect(await status()).toBe(200)
    expect((await admin.call('DELETE', `/api-keys/${body['id']}`)).status).toBe(204)
    expect(await status()).toBe(401)
    expect(problemOf(await admin.call('DELETE', '/api-keys/x'))).toMatchObject({ code: 'request.id-invalid' })
    expect(problemOf(await admin.call('POST', '/api-keys', { body: {} }))).toMatchObject({ field: 'name' })
  })
})
