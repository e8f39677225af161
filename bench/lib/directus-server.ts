import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../../test/support/child-server.ts'
import type { Cleanup } from './cleanup.ts'
import { type DatabaseAddress, withClient } from './cluster.ts'
import type { Directus } from './directus-install.ts'
import type { BenchServer } from './servers.ts'
import { FIRST_LEAD_ID } from './shape.ts'

const run = promisify(execFile)
const HOST = '127.0.0.1'
const START_TIMEOUT_MS = 120_000
/** Of its administrator; for measuring only. */
export const DIRECTUS_TOKEN = 'a-token-for-measuring-only'

const TEXT_FIELDS = ['status', 'reason', 'name', 'email', 'phone', 'address', 'city', 'category', 'description']

/** Starts Directus over an empty database as it ships, without telemetry, with one collection of leads. */
export async function startDirectus(
  cleanup: Cleanup,
  { folder, node, program }: Directus,
  address: DatabaseAddress,
  leads: number,
): Promise<BenchServer> {
  const port = await freePort()
  const env = environmentOf(address, port)
  await run(node, [program, 'bootstrap'], { cwd: folder, env, maxBuffer: 10_000_000 })
  const child = spawn(node, [program, 'start'], { cwd: folder, env, stdio: 'ignore' })
  const ended = once(child, 'exit')
  cleanup.defer(() => {
    child.kill('SIGTERM')
    return ended
  })
  const baseUrl = `http://${HOST}:${port}`
  await untilReady(baseUrl)
  await makeCollection(baseUrl)
  await withClient(address, (client) => client.query(FILL, [FIRST_LEAD_ID, leads]))
  return { host: HOST, port, pid: child.pid ?? 0 }
}

const FILL = `INSERT INTO lead (id, status, name, email, phone, address, city, category, description)
  SELECT $1::bigint + n, 'NO_RESPONSE', 'Hannah Hughes', 'hannah.hughes' || n || '@example.com', '403-555-0142',
    '12 Elm Street', 'Calgary', 'Kitchen renovation', 'New cabinets, an island and quartz counters.'
  FROM generate_series(0, $2::bigint - 1) AS n`

function environmentOf({ host, port, user, password, database }: DatabaseAddress, httpPort: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    DB_CLIENT: 'pg',
    DB_HOST: host,
    DB_PORT: String(port),
    DB_USER: user,
    DB_PASSWORD: password,
    DB_DATABASE: database,
    SECRET: 'a secret for measuring only, long enough',
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'a password for measuring only',
    ADMIN_TOKEN: DIRECTUS_TOKEN,
    TELEMETRY: 'false',
    LOG_LEVEL: 'error',
    HOST,
    PORT: String(httpPort),
  }
}

async function untilReady(baseUrl: string): Promise<void> {
  const giveUpAt = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const answer = await fetch(`${baseUrl}/server/ping`).catch(() => null)
    if (answer?.ok === true) return
    if (performance.now() > giveUpAt) throw new Error('Directus did not become ready.')
    await sleep(250)
  }
}

/** With its activity log and revisions on, as a new collection has them. */
async function makeCollection(baseUrl: string): Promise<void> {
  const id = { field: 'id', type: 'bigInteger', schema: { is_primary_key: true }, meta: {} }
  const fields = [id, ...TEXT_FIELDS.map((field) => ({ field, type: 'text', schema: {}, meta: {} }))]
  const answer = await fetch(`${baseUrl}/collections`, {
    method: 'POST',
    headers: { authorization: `Bearer ${DIRECTUS_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ collection: 'lead', schema: {}, meta: { accountability: 'all' }, fields }),
  })
  if (!answer.ok) throw new Error(`Directus made no collection: ${answer.status} ${await answer.text()}`)
}
