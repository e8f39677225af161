import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { clientConfig } from '../../../src/store/database.ts'
import type { Browser } from '../accounts/browser.ts'
import { openStage, type Stage } from '../accounts/stage.ts'
import { problemOf } from '../client.ts'

const stage: Stage = await openStage()
let admin: Browser
let headers: Record<string, string>

beforeEach(async () => {
  admin = await stage.signIn(await stage.company())
  headers = { 'idempotency-key': randomUUID() }
})
afterAll(() => stage.close())

const issue = (name = 'Desk') => admin.call('POST', '/tokens', { body: { name }, headers })

async function countTokens(): Promise<number> {
  const { body } = await admin.call('GET', '/tokens')
  return (body['tokens'] as unknown[]).length
}

/** Holds whoever wants to issue a token until it is let go. */
async function holdTokens(): Promise<{ waiting(): Promise<number[]>; release(): Promise<void> }> {
  const client = new pg.Client(clientConfig(stage.app.db.connection, 'holder'))
  client.on('error', () => undefined)
  await client.connect()
  await client.query('BEGIN; LOCK TABLE api_token IN SHARE ROW EXCLUSIVE MODE')
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return {
    async waiting() {
      const blocked = await stage.app.db.query<{ pid: number }>({
        text: 'SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))',
        values: [rows[0]?.pid],
      })
      return blocked.map(({ pid }) => pid)
    },
    async release() {
      await client.query('ROLLBACK')
      await client.end()
    },
  }
}

describe('two at once with one key', () => {
  test('carry out one: the other is told to come again, and then gets its answer', async () => {
    const hold = await holdTokens()
    const first = issue()
    await expect.poll(() => hold.waiting()).toHaveLength(1)
    const second = await issue()
    expect(problemOf(second)).toMatchObject({ status: 409, code: 'idempotency.under-way' })
    expect(second.headers.get('retry-after')).toBe('1')
    expect(problemOf(await issue('Other'))).toMatchObject({ status: 422, code: 'idempotency.key-reused' })
    await hold.release()
    const answer = await first
    expect(answer.status).toBe(201)
    expect((await issue()).text).toBe(answer.text)
    expect(await countTokens()).toBe(2)
  })

  test('carry out one, however they meet', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => issue()))
    const made = answers.filter(({ status }) => status === 201)
    expect(new Set(made.map(({ text }) => text)).size).toBe(1)
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(problemOf(answer)).toMatchObject({ status: 409, code: 'idempotency.under-way' })
    }
    expect(await countTokens()).toBe(2)
  })
})

describe('a client that leaves before the answer', () => {
  test('gets it by the same request', async () => {
    const hold = await holdTokens()
    const leaving = new AbortController()
    const cookie = admin.cookie() ?? ''
    const left = fetch(`${stage.baseUrl}/v1/tokens`, {
      method: 'POST',
      headers: { ...headers, cookie, origin: stage.baseUrl, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Desk' }),
      signal: leaving.signal,
    })
    await expect.poll(() => hold.waiting()).toHaveLength(1)
    leaving.abort()
    await expect(left).rejects.toThrow()
    await hold.release()
    await expect.poll(async () => (await issue()).status).toBe(201)
    expect((await issue()).headers.get('idempotency-replayed')).toBe('true')
    expect(await countTokens()).toBe(2)
  })
})

describe('a request that was cut short', () => {
  test('by the store is not carried out again: nobody knows whether it was', async () => {
    const hold = await holdTokens()
    const first = issue()
    await expect.poll(() => hold.waiting()).toHaveLength(1)
    for (const pid of await hold.waiting()) {
      await stage.app.db.query({ text: 'SELECT pg_terminate_backend($1)', values: [pid] })
    }
    expect(problemOf(await first)).toMatchObject({ status: 503, code: 'server.unavailable' })
    await hold.release()
    for (let i = 0; i < 2; i += 1) {
      expect(problemOf(await issue())).toMatchObject({ status: 409, code: 'idempotency.outcome-unknown' })
    }
    expect(problemOf(await issue('Other'))).toMatchObject({ status: 422, code: 'idempotency.key-reused' })
    expect(await countTokens()).toBe(1)
  })

  test('by the end of its server is under way for two minutes, then unknown, should no answer come after all', async () => {
    const hold = await holdTokens()
    const first = issue()
    await expect.poll(() => hold.waiting()).toHaveLength(1)
    stage.pass(119_000)
    expect(problemOf(await issue())).toMatchObject({ code: 'idempotency.under-way' })
    stage.pass(1_000)
    expect(problemOf(await issue())).toMatchObject({ status: 409, code: 'idempotency.outcome-unknown' })
    await hold.release()
    const answer = await first
    expect((await issue()).text).toBe(answer.text)
    expect(await countTokens()).toBe(2)
  })
})
