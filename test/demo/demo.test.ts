import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addCompany } from '../../src/app/credentials/add-company.ts'
import type { DemoCompany } from '../../src/app/demo/demo-company.ts'
import { seedDemo } from '../../src/app/demo/seed-demo.ts'
import { type RunningServer, startServer } from '../../src/compose.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { StartError } from '../../src/lib/start-error.ts'
import { openApp } from '../../src/open-app.ts'
import type { Connection } from '../../src/store/database.ts'
import { type Demo, prepareDemo } from '../../src/welcome.ts'
import { freshDatabase } from '../support/database.ts'
import { untilListed } from '../support/lists.ts'

interface DemoFile {
  readonly baseUrl: string
  readonly companies: readonly DemoCompany[]
}

const silent = () => undefined
const releases: (() => Promise<unknown>)[] = []
let connection: Connection
let dataDir: string

beforeEach(async () => {
  const database = await freshDatabase()
  releases.push(database.drop)
  connection = database.connection
  dataDir = await makeDataDir()
})

afterEach(async () => {
  for (const release of releases.splice(0).reverse()) await release()
})

async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leadwright-demo-'))
  releases.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function configOf(settings: Record<string, string> = {}): Config {
  return readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir, ...settings }, tmpdir())
}

/** A server over the test's store, as a process of its own would run it. */
async function runServer(config = configOf()): Promise<RunningServer> {
  const running = await startServer(config, connection, silent)
  releases.push(running.close)
  return running
}

async function start(settings: Record<string, string> = {}): Promise<{ running: RunningServer; demo: Demo | null }> {
  const config = configOf(settings)
  const running = await runServer(config)
  return { running, demo: await prepareDemo(config, running) }
}

async function demoFile(folder = dataDir): Promise<DemoFile> {
  return JSON.parse(await readFile(path.join(folder, 'demo.json'), 'utf8')) as DemoFile
}

async function count(running: RunningServer, table: string): Promise<number> {
  const [row] = await running.app.db.query<{ n: number }>({ text: `SELECT count(*) AS n FROM ${table}` })
  return row?.n ?? -1
}

/** The status codes of a call with the token and of one with e-mail address, password and key. */
async function callWith(baseUrl: string, { token, email, password, apiKey }: DemoCompany): Promise<number[]> {
  const basic = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
  return [
    await statusOf(`${baseUrl}/rest-api-v1/general-leads/1`, { authorization: `Bearer ${token}` }),
    await statusOf(`${baseUrl}/api/Leads`, { authorization: basic, apikey: apiKey }),
  ]
}

/** Reads the whole answer: a server that stops waits for those who are still reading. */
async function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(url, { headers })
  await response.arrayBuffer()
  return response.status
}

/** 404: the token is good and there is no lead 1. */
const OPENED = [404, 200]

test('an empty store gets two companies whose secrets in demo.json open both APIs', async () => {
  const { running } = await start()
  const file = await demoFile()
  expect(Object.keys(file)).toEqual(['baseUrl', 'companies'])
  expect(file.baseUrl).toBe(running.baseUrl)
  expect(file.companies).toHaveLength(2)
  for (const company of file.companies) {
    expect(Object.keys(company)).toEqual(['name', 'email', 'password', 'token', 'apiKey'])
    expect(company.password).toMatch(/^[a-z-]{16,}$/)
    expect(await callWith(file.baseUrl, company)).toEqual(OPENED)
  }
  expect((await stat(path.join(dataDir, 'demo.json'))).mode & 0o777).toBe(0o600)
  expect(await readdir(dataDir)).toEqual(['demo.json'])
})

test('the leads have a timeline row for each revision, and lists show them', async () => {
  const { running } = await start()
  expect(await count(running, 'lead')).toBeGreaterThan(380)
  await untilListed(running.app.db)
  expect(await count(running, 'lead_card')).toBe(await count(running, 'lead'))
  const astray = await running.app.db.query({
    text: `SELECT lead.id FROM lead JOIN timeline t ON t.company_id = lead.company_id AND t.lead_id = lead.id
      GROUP BY lead.company_id, lead.id
      HAVING count(*) <> lead.revision OR max(t.revision) <> lead.revision OR max(t.at) <> lead.modified_at`,
  })
  expect(astray).toEqual([])
  expect(await count(running, '(SELECT DISTINCT lead_id FROM timeline) AS told')).toBe(await count(running, 'lead'))
})

test('a second start keeps companies, leads and secrets, and brings the address up to date', async () => {
  const first = await start()
  const before = await demoFile()
  const leads = await count(first.running, 'lead')
  const second = await start()
  expect(await demoFile()).toEqual({ ...before, baseUrl: second.running.baseUrl })
  expect(second.running.baseUrl).not.toBe(first.running.baseUrl)
  expect(await count(second.running, 'lead')).toBe(leads)
  expect(await count(second.running, 'api_token')).toBe(2)
})

test('of servers that start at once on an empty store one seeds, and the file opens the demo', async () => {
  const servers = await Promise.all([runServer(), runServer(), runServer()])
  const demos = await Promise.all(servers.map((running) => prepareDemo(configOf(), running)))
  const file = await demoFile()
  for (const demo of demos) expect(demo?.companies).toEqual(file.companies)
  const [running] = servers
  expect(await count(running, 'company')).toBe(2)
  expect(await count(running, 'api_token')).toBe(2)
  for (const company of file.companies) expect(await callWith(running.baseUrl, company)).toEqual(OPENED)
})

test.each([
  ['is lost', (file: string) => rm(file)],
  ['is broken', (file: string) => writeFile(file, '{"baseUrl": "http')],
  ['is of another form', (file: string) => writeFile(file, '{"companies": [{"name": 7}]}')],
  ['holds a key that was never issued', swapKey],
])('when the file %s, the same companies get new secrets', async (_, damage) => {
  const first = await start()
  const before = await demoFile()
  const leads = await count(first.running, 'lead')
  await damage(path.join(dataDir, 'demo.json'))
  const { running } = await start()
  const after = await demoFile()
  expect(after.companies.map(({ name }) => name)).toEqual(before.companies.map(({ name }) => name))
  for (const [i, company] of after.companies.entries()) {
    expect(company.password).not.toBe(before.companies[i]?.password)
    expect(await callWith(running.baseUrl, company)).toEqual(OPENED)
  }
  expect(await count(running, 'company')).toBe(2)
  expect(await count(running, 'lead')).toBe(leads)
})

async function swapKey(file: string): Promise<void> {
  const content = JSON.parse(await readFile(file, 'utf8')) as DemoFile
  const companies = content.companies.map((company) => ({
    ...company,
    apiKey: `lwk_${randomBytes(32).toString('hex')}`,
  }))
  await writeFile(file, JSON.stringify({ ...content, companies }))
}

test('a file of another store is replaced', async () => {
  await start()
  const before = await demoFile()
  const database = await freshDatabase()
  releases.push(database.drop)
  connection = database.connection
  const { running } = await start()
  const after = await demoFile()
  expect(after.companies[0]?.password).not.toBe(before.companies[0]?.password)
  for (const company of after.companies) expect(await callWith(running.baseUrl, company)).toEqual(OPENED)
})

test("a store with somebody's own companies is left alone", async () => {
  const running = await runServer()
  const own = { name: 'Elm Builders', email: 'office@elm.example', password: 'quite long enough', tokenDays: 1 }
  await addCompany(running.app, own)
  expect(await prepareDemo(configOf(), running)).toBeNull()
  expect(await seedDemo(running.app, { tokenDays: 1 })).toEqual([])
  expect(await count(running, 'company')).toBe(1)
  expect(await count(running, 'lead')).toBe(0)
  expect(await readdir(dataDir)).toEqual([])
})

test('with the demo off nothing is seeded or written', async () => {
  const { running, demo } = await start({ DEMO: 'false' })
  expect(demo).toBeNull()
  expect(await count(running, 'company')).toBe(0)
  expect(await readdir(dataDir)).toEqual([])
})

test('when the file cannot be written, the start fails with one clear sentence and seeds nothing', async () => {
  const running = await runServer()
  // A folder in the file's place stops root, too, whom no permission stops.
  await mkdir(path.join(dataDir, 'demo.json', 'in-the-way'), { recursive: true })
  await expect(prepareDemo(configOf(), running)).rejects.toThrow(StartError)
  await expect(prepareDemo(configOf(), running)).rejects.toThrow(/demo\.json cannot be/)
  expect(await count(running, 'company')).toBe(0)
  expect(await readdir(dataDir)).toEqual(['demo.json'])
})

test('a seeding that fails half-way leaves nothing behind', async () => {
  const { app, close } = openApp(configOf(), connection, silent)
  releases.push(close)
  await app.db.query({ text: "ALTER TABLE timeline ADD CHECK (event <> 'lead.declined')" })
  await expect(seedDemo(app, { tokenDays: 1 })).rejects.toThrow(/timeline_event_check/)
  for (const table of ['company', 'app_user', 'api_token', 'api_key', 'lead', 'timeline']) {
    expect(await app.db.query({ text: `SELECT 1 FROM ${table} LIMIT 1` }), table).toEqual([])
  }
})

test('/readyz waits for the start to be over', async () => {
  const phase = { isStarted: false }
  const running = await startServer(configOf(), connection, silent, () => phase.isStarted)
  releases.push(running.close)
  expect(await statusOf(`${running.baseUrl}/readyz`)).toBe(503)
  expect(await statusOf(`${running.baseUrl}/healthz`)).toBe(200)
  phase.isStarted = true
  expect(await statusOf(`${running.baseUrl}/readyz`)).toBe(200)
})
