import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { type Client, clientOf } from '../client.ts'
import { insertLeads } from './bulk-leads.ts'
import { ask } from './made-leads.ts'
import { pageOf, walk } from './model.ts'

/** As many with one word as are counted, one more of another, and many more of a third. */
const COUNTED = 5000
const COMMON = 7000
const LEADS = 9000
/** Leads of the common word at a stage by itself, which are also those that require action. */
const QUOTED = 3500

interface Column {
  readonly boardStage: string
  readonly count: number
  readonly countIsExact: boolean
  readonly amount: string | null
  readonly leads: readonly { readonly id: number }[]
  readonly nextCursor: string | null
}

let server: TestServer
let company: TestCompany
let call: Client

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
  call = clientOf(server, company)
  await insertLeads(server, { companyId: company.companyId, call }, LEADS, {
    display_name: `CASE WHEN n <= ${COMMON} THEN 'Common' ELSE 'Other' END || ' ' || md5(n::text)`,
    customer_company: `concat_ws(' ', CASE WHEN n > ${LEADS - COUNTED} THEN 'Exactly' END,
      CASE WHEN n >= ${LEADS - COUNTED} THEN 'Beyond' END)`,
    city: "CASE WHEN n % 1000 = 0 THEN 'Halifax' END",
    status: "CASE WHEN n % 2 = 0 THEN 'QUOTE_SENT' ELSE 'NO_RESPONSE' END",
    action_due_at: "CASE WHEN n % 2 = 0 THEN now() - interval '1 hour' END",
    value: 'CASE WHEN n % 4 = 0 THEN n + 0.25 END',
  })
}, 180_000)
afterAll(() => server.close())

/** Ids by a condition on the leads, newest first; n of a lead is its place among them. */
async function idsWhere(condition: string): Promise<number[]> {
  const rows = await server.db.query<{ id: number }>({
    text: `SELECT id FROM lead WHERE company_id = $1 AND ${condition} ORDER BY created_at DESC, id DESC`,
    values: [company.companyId],
  })
  return rows.map(({ id }) => id)
}

async function column(query: string): Promise<Column> {
  return (await ask(call, 'GET', `/board/${query}`)) as unknown as Column
}

async function board(query: string): Promise<Column[]> {
  return ((await ask(call, 'GET', `/board?${query}`)) as unknown as { columns: Column[] }).columns
}

describe('the total of a search', () => {
  it.each([
    ['exactly', COUNTED, true],
    ['beyond', COUNTED, false],
    ['common', COUNTED, false],
    ['halifax', LEADS / 1000, true],
  ])('for %s', async (q, total, totalIsExact) => {
    expect(await pageOf(call, `limit=1&q=${q}`)).toMatchObject({ total, totalIsExact })
  })

  it('is of one more lead than is counted when it is no longer exact', async () => {
    expect(await idsWhere("customer_company LIKE '%Beyond%'")).toHaveLength(COUNTED + 1)
    expect(await idsWhere("customer_company LIKE '%Exactly%'")).toHaveLength(COUNTED)
  })

  it('goes along with the pages', async () => {
    const first = await pageOf(call, 'limit=2&q=common')
    const second = await pageOf(call, `limit=2&q=common&cursor=${first.nextCursor}`)
    expect(second).toMatchObject({ total: COUNTED, totalIsExact: false })
  })

  it('of common words with another filter is a number that there are at least', async () => {
    const { total, totalIsExact } = await pageOf(call, 'limit=1&q=common&requiresAction=true')
    expect(totalIsExact).toBe(false)
    // 5,000 of the 7,000 are looked at, so that no more than 2,000 of the 3,500 can be missed.
    expect(total).toBeGreaterThanOrEqual(QUOTED - (COMMON - COUNTED))
    expect(total).toBeLessThanOrEqual(QUOTED)
  })
})

describe('a list of common words', () => {
  it.each(['', '&boardStage=Estimate', '&boardStage=Estimate,New'])(
    'is whole and in its order: q=common%s',
    async (more) => {
      const wanted = await idsWhere(
        `display_name LIKE 'Common%'${more === '&boardStage=Estimate' ? " AND status = 'QUOTE_SENT'" : ''}`,
      )
      expect(await walk(call, `q=common${more}`, 200)).toEqual(wanted)
    },
  )

  it('ends where nothing is left, however far it has to look', async () => {
    const wanted = await idsWhere("display_name LIKE 'Other%'")
    expect(wanted).toHaveLength(LEADS - COMMON)
    expect(await walk(call, 'q=other&sort=oldest', 200)).toEqual([...wanted].reverse())
  })
})

describe('the board of a search', () => {
  it('counts and adds up what is found, where it is not more than is counted', async () => {
    const columns = await board('limit=2&q=exactly')
    const estimate = columns.find(({ boardStage }) => boardStage === 'Estimate')
    const [row] = await server.db.query<{ n: number; amount: string }>({
      text: `SELECT count(*) AS n, sum(value)::numeric(20, 2) AS amount FROM lead
        WHERE company_id = $1 AND customer_company LIKE '%Exactly%' AND status = 'QUOTE_SENT'`,
      values: [company.companyId],
    })
    expect(estimate).toMatchObject({ count: row?.n, countIsExact: true, amount: row?.amount })
    expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(COUNTED)
    const empty = columns.find(({ boardStage }) => boardStage === 'Won')
    expect(empty).toEqual({
      boardStage: 'Won',
      count: 0,
      countIsExact: true,
      amount: '0.00',
      leads: [],
      nextCursor: null,
    })
  })

  it('tells of common words what there is at least, and no amount', async () => {
    const columns = await board('limit=2&q=common')
    const counts = columns.map(({ count }) => count)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(COUNTED)
    for (const { countIsExact, amount } of columns)
      expect({ countIsExact, amount }).toEqual({ countIsExact: false, amount: null })
    const estimate = columns.find(({ boardStage }) => boardStage === 'Estimate')
    expect(estimate?.count).toBeLessThanOrEqual(QUOTED)
    expect(estimate?.leads).toHaveLength(2)
  })

  it.each([
    ['common', "display_name LIKE 'Common%'"],
    ['exactly', "customer_company LIKE '%Exactly%'"],
  ])('goes through a column once, page by page: q=%s', async (q, condition) => {
    const wanted = await idsWhere(`${condition} AND status = 'QUOTE_SENT'`)
    const seen: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Column = await column(`Estimate?limit=100&q=${q}${cursor === '' ? '' : `&cursor=${cursor}`}`)
      seen.push(...page.leads.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(wanted)
  })

  it('refuses the cursor of another search', async () => {
    const { nextCursor } = await column('Estimate?limit=1&q=common')
    const answer = await call('GET', `/board/Estimate?limit=1&q=exactly&cursor=${nextCursor}`)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ code: 'request.parameter-invalid' })
  })
})
