import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientConfig } from '../../src/store/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded/supervisor.ts'
import { type Browser, signIn } from '../native/accounts/browser.ts'
import { problemOf } from '../native/client.ts'
import { type ChildServer, freePort, readDemo, spawnServer, untilReady } from '../support/child-server.ts'

let dataDir: string
let settings: Record<string, string>
let server: ChildServer
let engine: EmbeddedPostgres
let client: pg.Client

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'leadwright-cut-'))
  settings = { DATA_DIR: dataDir, PORT: String(await freePort()), DEMO: 'true' }
  server = spawnServer(settings)
  await untilReady(server)
  engine = await startEmbeddedPostgres({ dataDir, role: 'cli', log: () => undefined })
  client = new pg.Client(clientConfig(engine.connection, 'leadwright tests'))
  await client.connect()
}, 60_000)

afterAll(async () => {
  await client.end()
  await engine.stop('fast')
  await server.end('SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
})

async function openBrowser(): Promise<Browser> {
  const [company] = (await readDemo(dataDir)).companies
  if (company === undefined) throw new Error('no demo company')
  return signIn(server.baseUrl, company)
}

const issue = (browser: Browser) =>
  browser.call('POST', '/tokens', { body: { name: 'Cut short' }, headers: { 'idempotency-key': 'cut-1' } })

async function count(text: string): Promise<number> {
  const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${text}`)
  return Number(rows[0]?.n)
}

it('a keyed request whose server is killed in the middle is carried out once at most, and says that nobody knows', async () => {
  const before = await openBrowser()
  await client.query('BEGIN; LOCK TABLE api_token IN SHARE ROW EXCLUSIVE MODE')
  const cut = issue(before).catch((error: unknown) => error)
  await expect.poll(() => count("pg_locks WHERE relation = 'api_token'::regclass AND NOT granted")).toBe(1)
  await server.end('SIGKILL')
  expect(await cut).toBeInstanceOf(Error)
  // PostgreSQL still has the statement of the server that is no more, and may carry it out.
  await client.query('ROLLBACK')
  server = spawnServer(settings)
  await untilReady(server)
  await expect.poll(() => count("pg_locks WHERE relation = 'api_token'::regclass AND NOT granted")).toBe(0)
  const after = await openBrowser()
  expect(problemOf(await issue(after))).toMatchObject({ status: 409, code: 'idempotency.under-way' })
  // As two minutes later.
  await client.query("UPDATE idempotency SET claimed_until = now() - interval '1 second' WHERE key = 'cut-1'")
  for (let i = 0; i < 3; i += 1) {
    expect(problemOf(await issue(after))).toMatchObject({ status: 409, code: 'idempotency.outcome-unknown' })
  }
  expect(await count("api_token WHERE name = 'Cut short'")).toBeLessThanOrEqual(1)
}, 60_000)
