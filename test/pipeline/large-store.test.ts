import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../../bench/lib/cluster.ts'
import { readCompanies } from '../../bench/lib/companies.ts'
import { type PlannedStatement, recordPlans } from '../../bench/lib/recorded-plans.ts'
import type { Credentials } from '../../bench/lib/requests.ts'
import { seed } from '../../bench/lib/seeding.ts'
import { shapeOf, targetAt } from '../../bench/lib/shape.ts'
import { type RunningServer, startServer } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import type { Connection } from '../../src/store/database.ts'
import { RELAY_LOCK } from '../../src/store/pipeline/relay-connection.ts'
import { clientOf } from '../native/client.ts'
import { freshDatabase } from '../support/database.ts'

/** Large enough that PostgreSQL no longer takes reading a whole table for the cheapest way. */
const SHAPE = shapeOf(100_000, 100, 40_000)
const SEEDING_MS = 300_000
const WORKED_KIND = 8

let store: { connection: Connection; drop(): Promise<void> }
let companies: readonly Credentials[]

beforeAll(async () => {
  store = await freshDatabase()
  await seed(store.connection, { shape: SHAPE, timelineEvery: 4, jobs: 2, log: () => undefined })
  companies = await withClient(store.connection, readCompanies)
}, SEEDING_MS)
afterAll(() => store?.drop())

function companyAt(index: number): Credentials {
  const company = companies[index]
  if (company === undefined) throw new Error('The company was not made.')
  return company
}

const SIZES = [
  { size: 'many', index: 0, place: 0 },
  { size: 'few', index: 1, place: SHAPE.bigLeads },
]

describe.each(SIZES)('a rare status in a company with $size leads', ({ index, place }) => {
  /** Leads of the company that are worked, from the oldest on. */
  const leadAt = (cycle: number) => targetAt(SHAPE, cycle, place, WORKED_KIND).leadId
  let server: RunningServer

  beforeAll(async () => {
    const settings = { PORT: '0', LOG_LEVEL: 'error', RENOVATIONFIND_LIMITS: 'off' }
    server = await startServer(readConfig(settings, process.cwd()), store.connection, () => undefined)
  })
  afterAll(() => server?.close())

  async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await fetch(`${server.baseUrl}/rest-api-v1/general-leads${path}`, {
      method,
      headers: { authorization: `Bearer ${companyAt(index).token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(answer.status).toBe(200)
    return (await answer.json()) as Record<string, unknown>
  }
  const report = (id: number) => call('PUT', `/${id}/status`, { status: 'OTHER', reason: 'Waits for a permit.' })
  const idsOf = ({ data }: Record<string, unknown>) => (data as { id: number }[]).map(({ id }) => id)

  it('is found wherever its leads stand, newest first and page by page, as soon as it is reported', async () => {
    expect(idsOf(await call('GET', '?status=OTHER'))).toEqual([])
    const ids = [leadAt(SHAPE.cycles - 1), leadAt(1), leadAt(0)]
    for (const id of ids) {
      await report(id)
      expect(idsOf(await call('GET', '?status=OTHER&action=ACCEPTED'))).toContain(id)
    }
    const seen: number[] = []
    for (let cursor: unknown = ''; cursor !== null; ) {
      const page = await call('GET', `?status=OTHER&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
      seen.push(...idsOf(page))
      cursor = page['nextCursor']
    }
    expect(seen).toEqual(ids)
    expect(idsOf(await call('GET', '?status=OTHER&action=DECLINED'))).toEqual([])
    const listed = await clientOf(server, companyAt(index))('GET', '/leads?status=OTHER&sort=oldest')
    expect(listed.body).toMatchObject({ leads: ids.toReversed().map((id) => ({ id })), total: 3, totalIsExact: true })
  })

  it('is found while the lists do not follow, and no longer once it is another one', async () => {
    const late = leadAt(2)
    await withClient(store.connection, async (client) => {
      await client.query('BEGIN')
      await client.query('SELECT pg_advisory_xact_lock($1)', [RELAY_LOCK])
      await report(late)
      expect(idsOf(await call('GET', '?status=OTHER'))).toContain(late)
      await call('PUT', `/${late}/status`, { status: 'QUOTE_SENT' })
      expect(idsOf(await call('GET', '?status=OTHER'))).not.toContain(late)
      await client.query('ROLLBACK')
    })
  })
})

describe.each(SIZES)('in a company with $size leads', ({ index }) => {
  let server: RunningServer

  beforeAll(async () => {
    const settings = { PORT: '0', LOG_LEVEL: 'error' }
    server = await startServer(readConfig(settings, process.cwd()), store.connection, () => undefined)
  })
  afterAll(() => server?.close())

  async function idsOf(condition: string, order: string): Promise<number[]> {
    return withClient(store.connection, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `SELECT id FROM lead WHERE company_id = $1 AND deleted_at IS NULL AND ${condition} ORDER BY ${order}`,
        [companyAt(index).companyId],
      )
      return rows.map(({ id }) => Number(id))
    })
  }

  it('leads of some statuses and a source are listed and counted', async () => {
    const call = clientOf(server, companyAt(index))
    const query = 'status=QUOTE_SENT,JOB_PENDING_DECISION&source=constructiononline'
    const wanted = await idsOf(
      "action = 'ACCEPTED' AND status IN ('QUOTE_SENT', 'JOB_PENDING_DECISION') AND source = 'constructiononline'",
      'created_at DESC, id DESC',
    )
    expect(wanted.length).toBeGreaterThan(10)
    const seen: number[] = []
    for (let cursor = ''; seen.length < Math.min(wanted.length, 600); ) {
      const { body } = await call('GET', `/leads?limit=200&boardStage=Estimate&${query}${cursor}`)
      expect(body).toMatchObject({ total: wanted.length, totalIsExact: true })
      seen.push(...(body['leads'] as { id: number }[]).map(({ id }) => id))
      cursor = `&cursor=${body['nextCursor']}`
    }
    expect(seen).toEqual(wanted.slice(0, seen.length))
  })

  it('those that are due are counted up to a thousand', async () => {
    const due = await idsOf("action <> 'NONE' AND action_due_at <= now()", 'action_due_at, id')
    const { body } = await clientOf(server, companyAt(index))('GET', '/today')
    const list = body['requiresAction'] as { count: number; countIsExact: boolean; leads: { id: number }[] }
    expect(list.leads.map(({ id }) => id)).toEqual(due.slice(0, 20))
    expect(list.countIsExact).toBe(due.length <= 1000)
    expect(list.count).toBe(Math.min(due.length, 1000))
    expect(due.length > 1000).toBe(index === 0)
  })
})

describe('the plans of all statements that requests lead to', () => {
  let planned: PlannedStatement[]

  beforeAll(async () => {
    planned = await recordPlans(store.connection, SHAPE, companyAt(0))
  }, SEEDING_MS)

  it('are recorded for every face, the writer and the relay', () => {
    const names = planned.map(({ statement }) => statement.name)
    for (const name of ['lock-leads', 'insert-history', 'project-outbox', 'list-worked-leads', 'list-timeline']) {
      expect(names).toContain(name)
    }
  })

  it('look for words among those of one company, by one index', () => {
    const searches = planned.filter(({ statement }) => statement.text.includes('search_grams'))
    const indexes = searches.flatMap(({ plans }) => plans).flatMap(({ lines }) => lines.map((line) => line.trim()))
    expect(new Set(indexes)).toEqual(
      new Set(['Bitmap Heap Scan on lead_search', 'Bitmap Index Scan by lead_search_grams']),
    )
  })

  it.each([
    ['GET /v1/today', 'action_due_at', 'lead_card by lead_card_due'],
    ['GET /v1/leads?q=kaur', 'AS hit (lead_id)', 'lead_card by lead_card_pkey'],
    ['GET /rest-api-v1/general-leads', 'SELECT changed.*', 'timeline by timeline_at'],
    ['GET /rest-api-v1/general-leads', 'SELECT count(*) AS found', 'lead_card by lead_card_status'],
    ['GET /v1/statistics', 'unnest(c.stays)', 'lead_card by lead_card_list'],
  ])('read what %s finds out of an index alone', (request, part, index) => {
    const asked = planned.filter((one) => one.request.startsWith(request) && one.statement.text.includes(part))
    const lines = asked.flatMap(({ plans }) => plans).map((plan) => plan.lines.map((line) => line.trim()))
    expect(lines).not.toEqual([])
    for (const plan of lines) expect(plan).toContain(`Index Only Scan on ${index}`)
  })

  it('hold a filter against the index of the lists before any card is looked at', async () => {
    const asked = planned.filter(
      ({ request, statement }) =>
        request.includes('source=constructiononline&status=QUOTE_SENT') && statement.text.includes('count(*) AS found'),
    )
    const counts = asked.filter(({ statement }) => statement.text.includes('branch'))
    expect(counts).not.toEqual([])
    const { text = '', values = [] } = counts[0]?.statement ?? {}
    const lines = await withClient(store.connection, async (client) => {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, [...values])
      return rows.map((row) => row['QUERY PLAN'].trim())
    })
    const condition = lines.find((line) => line.startsWith('Index Cond') && line.includes('stage'))
    expect(lines.join('\n')).toContain('Index Only Scan using lead_card_list')
    for (const column of ['status', 'source']) expect(condition).toMatch(new RegExp(`\\b${column} = `))
  })

  it('find what has a rare status by the index of statuses, for any values', () => {
    const found = planned.filter(({ statement }) => statement.name === 'find-newest-leads-by-status')
    const lines = found.flatMap(({ plans }) => plans).map((plan) => plan.lines.map((line) => line.trim()))
    expect(lines).not.toEqual([])
    for (const plan of lines) expect(plan.join()).toMatch(/lead_card_status/)
  })

  it('never read a table that grows with the leads from the first row to the last', () => {
    const scanning = planned.filter(({ plans }) => plans.some(({ scanned }) => scanned.length > 0))
    const shown = scanning.map(({ request, statement }) => `${request}: ${statement.name ?? statement.text}`)
    expect(shown).toEqual([])
  })
})
