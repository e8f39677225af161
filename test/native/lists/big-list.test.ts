import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { type Client, clientOf } from '../client.ts'
import { ask } from './made-leads.ts'
import { pageOf, walk } from './model.ts'

/** So many that lists are no longer read the short way. */
const LEADS = 12_000

let server: TestServer
let company: TestCompany
let call: Client

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
  call = clientOf(server, company)
  await insertLeads()
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await pageOf(call, 'limit=1')).total === LEADS) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the lists do not come up to the leads')
}, 120_000)
afterAll(() => server.close())

/** One lead in a hundred is of a rare category, and one in three has a name that is common. */
async function insertLeads(): Promise<void> {
  const values = [company.companyId, LEADS]
  await server.db.query({
    text: `INSERT INTO lead (company_id, id, revision, source, action, status, viewed, created_at, modified_at, display_name,
        email, category, value, next_action_date, assignee_id, action_due_at)
      SELECT $1, nextval('lead_id'), 1, CASE WHEN n % 500 = 3 THEN 'form' ELSE 'renovationfind' END,
        CASE WHEN n % 4 = 0 THEN 'NONE' ELSE 'ACCEPTED' END, 'NO_RESPONSE', true,
        now() - n * interval '1 hour', now() - (n * 7 % 12000) * interval '1 minute',
        (ARRAY['Common', 'Other', 'Third'])[1 + n % 3] || ' ' || md5(n::text), 'mail' || n || '@example.com',
        CASE WHEN n % 100 = 7 THEN 'Rare' ELSE 'Usual' END, CASE WHEN n % 10 = 1 THEN n END,
        CASE WHEN n % 1000 = 5 THEN date '2026-01-01' + n % 300 END, CASE WHEN n % 700 = 9 THEN 77 END,
        CASE WHEN n % 50 = 2 THEN now() - interval '1 hour' END
      FROM generate_series(1, $2::integer) AS n`,
    values,
  })
  await server.db.query({
    text: `INSERT INTO timeline (company_id, lead_id, revision, at, event, face, actor_kind, actor_id, actor_name, changes)
      SELECT company_id, id, 1, modified_at, 'lead.created', 'system', 'system', 'test', 'Test', '{}'
      FROM lead WHERE company_id = $1`,
    values: values.slice(0, 1),
  })
  await server.db.query({
    text: `INSERT INTO outbox (company_id, lead_id, revision, event, at)
      SELECT company_id, id, 1, 'lead.created', created_at FROM lead WHERE company_id = $1`,
    values: values.slice(0, 1),
  })
}

const SEEN_NAME = "lower(CASE WHEN action = 'ACCEPTED' THEN display_name ELSE category END)"
const ORDERS: Readonly<Record<string, string>> = {
  newest: 'created_at DESC, id DESC',
  oldest: 'created_at, id',
  changed: 'modified_at DESC, id DESC',
  name: `${SEEN_NAME}, id`,
  amount: 'value DESC NULLS LAST, CASE WHEN value IS NULL THEN created_at END DESC, id DESC',
  'next-action':
    'next_action_date NULLS LAST, CASE WHEN next_action_date IS NULL THEN created_at END DESC NULLS FIRST, CASE WHEN next_action_date IS NULL THEN -id ELSE id END',
}

const FILTERS: Readonly<Record<string, readonly [query: string, condition: string]>> = {
  'a rare category': ['category=Rare', "category = 'Rare'"],
  'a rare source': ['source=form', "source = 'form'"],
  'a rare assignee': ['assignee=77', 'assignee_id = 77'],
  'what is due': ['requiresAction=true', 'action_due_at <= now()'],
  'a few days': [
    'createdFrom=2020-01-01&requiresAction=true&category=Usual',
    "action_due_at <= now() AND category = 'Usual'",
  ],
  'a rare word': ['q=mail1199', "action = 'ACCEPTED' AND email LIKE '%mail1199%'"],
  'two words': ['q=common%20mail119', "action = 'ACCEPTED' AND display_name LIKE 'Common%' AND email LIKE '%mail119%'"],
  'nothing at all': ['category=None', 'false'],
}
/** Wide filters are walked past what does not fit; the first pages are compared. */
const WIDE: typeof FILTERS = {
  'a common word': ['q=common', "action = 'ACCEPTED' AND display_name LIKE 'Common%'"],
  'a word of marks': ['q=%40%40', 'false'],
  'a common category': ['category=Usual', "category = 'Usual'"],
  nobody: ['assignee=none', 'assignee_id IS NULL'],
  'what is not due': ['requiresAction=false', 'action_due_at IS NULL'],
}

async function expected(condition: string, sort: string): Promise<number[]> {
  const rows = await server.db.query<{ id: number }>({
    text: `SELECT id FROM lead WHERE company_id = $1 AND ${condition} ORDER BY ${ORDERS[sort]}`,
    values: [company.companyId],
  })
  return rows.map(({ id }) => id)
}

describe.each(Object.keys(ORDERS))('a long list sorted by %s', (sort) => {
  it.each(Object.keys(FILTERS))('is whole when filtered by %s', async (name) => {
    const [query, condition] = FILTERS[name] ?? ['', '']
    const wanted = await expected(condition, sort)
    expect(await walk(call, `sort=${sort}&${query}`, 50)).toEqual(wanted)
  })

  it.each(Object.keys(WIDE))('begins right when filtered by %s', async (name) => {
    const [query, condition] = WIDE[name] ?? ['', '']
    const wanted = await expected(condition, sort)
    const seen: number[] = []
    let cursor = ''
    for (let pages = 0; pages < 4; pages += 1) {
      const page = await pageOf(call, `limit=100&sort=${sort}&${query}${cursor}`)
      seen.push(...page.leads.map(({ id }) => id))
      expect(page.total).toBeLessThanOrEqual(wanted.length)
      if (page.totalIsExact) expect(page.total).toBe(wanted.length)
      if (page.nextCursor === null) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(seen).toEqual(wanted.slice(0, 400))
  })
})

it('counts up to ten thousand, and every lead where it is known', async () => {
  expect(await pageOf(call, 'limit=1')).toMatchObject({ total: LEADS, totalIsExact: true })
  expect(await pageOf(call, 'limit=1&boardStage=New')).toMatchObject({ total: 9000, totalIsExact: true })
  expect(await pageOf(call, 'limit=1&createdFrom=2000-01-01')).toMatchObject({ total: 10_000, totalIsExact: false })
})

it('shows columns of the board with what nobody has', async () => {
  const { columns } = (await ask(call, 'GET', '/board?limit=3&assignee=none')) as {
    columns: { boardStage: string; count: number; leads: unknown[] }[]
  }
  const column = columns.find(({ boardStage }) => boardStage === 'New')
  const [row] = await server.db.query<{ n: number }>({
    text: "SELECT count(*) AS n FROM lead WHERE company_id = $1 AND action = 'ACCEPTED' AND assignee_id IS NULL",
    values: [company.companyId],
  })
  expect(column).toMatchObject({ count: row?.n })
  expect(column?.leads).toHaveLength(3)
})
