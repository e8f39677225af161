import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientConfig } from '../../src/store/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded/supervisor.ts'
import { type ChildServer, freePort, readDemo, spawnServer, untilReady } from '../support/child-server.ts'

const KILLS = 20
const WRITERS = 64
/** Retries of one change go on until it is acknowledged, so that "once" is tested too; bounded by this. */
const RETRIES_MAX = 200

let dataDir: string
let settings: Record<string, string>
let server: ChildServer
let token: string
let leadIds: number[]

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'leadwright-kill-'))
  settings = { DATA_DIR: dataDir, PORT: String(await freePort()), RENOVATIONFIND_LIMITS: 'off', DEMO: 'true' }
  server = spawnServer(settings)
  await untilReady(server)
  const demo = await readDemo(dataDir)
  token = demo.companies[0]?.token ?? ''
  leadIds = await openLeads()
}, 60_000)

afterAll(async () => {
  await server.end('SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
})

async function openLeads(): Promise<number[]> {
  const url = `${server.baseUrl}/rest-api-v1/general-leads?limit=200&action=ACCEPTED`
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  const { data } = (await response.json()) as { data: { id: number; postLeadStatus: string }[] }
  return data.filter((lead) => !lead.postLeadStatus.endsWith('_WON')).map((lead) => lead.id)
}

/** One change under one Idempotency-Key, sent again until it is acknowledged. */
async function report(name: string, leadId: number, stopped: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < RETRIES_MAX && !stopped(); tries += 1) {
    const answer = await fetch(`${server.baseUrl}/rest-api-v1/general-leads/${leadId}/status`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': name },
      body: JSON.stringify({ status: 'CONTACT_MADE', reason: name }),
    }).catch(() => null)
    if (answer !== null) await answer.arrayBuffer().catch(() => null)
    if (answer?.status === 200) return true
    // 503 while PostgreSQL is away, a reset while the server is: both are the client's cue to retry.
    if (answer !== null && answer.status !== 503) throw new Error(`unexpected ${answer.status}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

async function killServer(): Promise<void> {
  await server.end('SIGKILL')
  server = spawnServer(settings)
  await untilReady(server)
}

async function killPostgres(): Promise<void> {
  const pidFile = await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
  process.kill(Number(pidFile.split('\n', 1)[0]), 'SIGKILL')
  await untilReady(server)
}

it('keeps every acknowledged change, once, with its timeline row, and lists that follow, over 20 kills', async () => {
  const acknowledged: string[] = []
  const sent: string[] = []
  let over = false
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let n = 0; !over; n += 1) {
      const name = `w${writer}-${n}`
      sent.push(name)
      const leadId = leadIds[(writer * 31 + n) % leadIds.length] ?? 0
      if (await report(name, leadId, () => over)) acknowledged.push(name)
    }
  })
  for (let kill = 0; kill < KILLS; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150 + ((kill * 97) % 300)))
    await (kill % 2 === 0 ? killServer() : killPostgres())
  }
  await new Promise((resolve) => setTimeout(resolve, 200))
  over = true
  await Promise.all(writers)
  await checkStore(sent, acknowledged)
}, 240_000)

async function checkStore(sent: readonly string[], acknowledged: readonly string[]): Promise<void> {
  const engine: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, role: 'cli', log: () => undefined })
  const client = new pg.Client(clientConfig(engine.connection, 'leadwright tests'))
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string; n: number }>(`
      SELECT timeline.changes -> 'reason' ->> 'new' AS name, count(*) AS n FROM timeline
      WHERE timeline.changes -> 'reason' ->> 'new' ~ '^w[0-9]+-[0-9]+$'
      GROUP BY 1`)
    const found = new Map(rows.map((row) => [row.name, row]))
    expect(acknowledged.length).toBeGreaterThan(KILLS * 10)
    expect(acknowledged.filter((name) => !found.has(name))).toEqual([])
    expect(rows.filter((row) => row.n !== 1)).toEqual([])
    const known = new Set(sent)
    expect(rows.filter((row) => !known.has(row.name))).toEqual([])
    const gaps = await client.query(`
      SELECT lead.id FROM lead
      WHERE lead.revision <> (SELECT count(*) FROM timeline t WHERE t.company_id = lead.company_id AND t.lead_id = lead.id)`)
    expect(gaps.rows).toEqual([])
    expect(await unlisted(client)).toEqual([])
    expect(await wrongTotals(client)).toEqual([])
  } finally {
    await client.end()
    await engine.stop('fast')
  }
}

/** Leads that the lists neither show as they are nor have everything outstanding of. */
async function unlisted(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query(`
    SELECT lead.id, lead.revision, card.revision AS listed, count(outbox.id) AS outstanding
    FROM lead LEFT JOIN lead_card AS card ON card.company_id = lead.company_id AND card.lead_id = lead.id
    LEFT JOIN outbox ON outbox.company_id = lead.company_id AND outbox.lead_id = lead.id
    GROUP BY lead.id, lead.revision, card.revision
    HAVING lead.revision <> coalesce(card.revision, 0) + count(outbox.id)`)
  return rows
}

/** Totals that are not what the cards come to. */
async function wrongTotals(client: pg.Client): Promise<unknown[]> {
  const cards =
    'SELECT company_id, stage, count(*) AS leads, coalesce(sum(amount), 0) AS amount FROM lead_card GROUP BY 1, 2'
  const totals = 'SELECT company_id, stage, leads, amount FROM stage_total WHERE leads <> 0'
  const { rows } = await client.query(`(${cards} EXCEPT ${totals}) UNION ALL (${totals} EXCEPT ${cards})`)
  return rows
}
