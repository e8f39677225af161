import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { clientOf } from '../client.ts'
import { ask, type MadeLeads, makeLeads } from './made-leads.ts'
import { inOrder } from './model.ts'

let server: TestServer
let made: MadeLeads

beforeAll(async () => {
  server = await startServer()
  made = await makeLeads(server, 30, 5)
})
afterAll(() => server.close())

async function fileOf(query: string): Promise<{ bytes: Buffer; headers: Headers }> {
  const response = await fetch(`${server.baseUrl}/v1/leads.csv${query}`, {
    headers: { authorization: `Bearer ${made.company.token}` },
  })
  expect(response.status).toBe(200)
  return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers }
}

/** Rows of an RFC 4180 text, by the title of each column. */
async function rowsOf(query: string): Promise<Record<string, string>[]> {
  const text = (await fileOf(query)).bytes.toString('utf8').replace(/^\uFEFF/, '')
  const [titles = [], ...records] = parse(text)
  return records.map((record) => {
    expect(record).toHaveLength(titles.length)
    return Object.fromEntries(titles.map((title, i) => [title, record[i] ?? '']))
  })
}

function parse(text: string): string[][] {
  const records: string[][] = [[]]
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    const [, value = '', end] = match
    records.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === '\r\n') records.push([])
  }
  expect(records.pop()).toEqual([])
  return records
}

describe('GET /v1/leads.csv', () => {
  it('is a file with a mark of its encoding and the date in its name', async () => {
    const { bytes, headers } = await fileOf('')
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(headers.get('content-type')).toContain('text/csv')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="leads-\d{4}-\d{2}-\d{2}\.csv"$/)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('holds every lead of the list in its order, and no customer of a lead that is not accepted', async () => {
    const kept = made.leads.filter((lead) => lead.deletedAt === null)
    const rows = await rowsOf('?sort=name')
    expect(rows.map((row) => Number(row['Lead']))).toEqual(inOrder(kept, 'name'))
    for (const row of rows) {
      const lead = kept.find(({ id }) => String(id) === row['Lead'])
      expect(row).toMatchObject({ Name: lead?.name, Stage: lead?.boardStage, Status: lead?.status })
      expect(row['E-mail']).toBe(lead?.['email'] ?? '')
      expect(row['Amount']).toBe(lead?.jobAmount ?? lead?.value ?? '')
      expect(row['Assignee']).toBe(lead?.assignee?.name ?? '')
    }
    const offered = (await rowsOf('?boardStage=Offered')).map((row) => row['First name'])
    expect(offered.length).toBeGreaterThan(1)
    expect(new Set(offered)).toEqual(new Set(['']))
  })

  it('keeps a spreadsheet from taking a text for a formula', async () => {
    const id = (
      await ask(made.call, 'POST', '/leads', {
        firstName: '=HYPERLINK("http://evil.example","x")',
        lastName: '@SUM(A1)',
        customerCompany: '-2+3',
        phone: '+1 416 555 0101',
        category: 'Formula',
        notes: 'a "quoted" word,\nand a second line',
        originalDescription: '\t=1+1',
      })
    )['id']
    const [row] = await rowsOf('?category=Formula')
    expect(row).toMatchObject({
      Lead: String(id),
      'First name': '\'=HYPERLINK("http://evil.example","x")',
      'Last name': "'@SUM(A1)",
      Company: "'-2+3",
      Phone: "'+1 416 555 0101",
      Notes: 'a "quoted" word,\nand a second line',
    })
    expect(row?.['Description']).not.toMatch(/^[=\t]/)
    expect(row?.['Name']).not.toMatch(/^=/)
  })

  it('has titles alone when nothing fits', async () => {
    expect(await rowsOf('?category=Nothing')).toEqual([])
    expect((await fileOf('?category=Nothing')).bytes.toString()).toMatch(/^\uFEFFLead,Name,.*\r\n$/)
  })

  it('holds more leads than are read at once', async () => {
    const other = await server.company()
    await server.db.query({
      text: `INSERT INTO lead (company_id, id, revision, source, action, status, viewed, created_at, modified_at)
        SELECT $1, nextval('lead_id'), 1, 'native', 'ACCEPTED', 'NO_RESPONSE', true, now(), now()
        FROM generate_series(1, 1203)`,
      values: [other.companyId],
    })
    await server.db.query({
      text: `INSERT INTO outbox (company_id, lead_id, revision, event, at)
        SELECT company_id, id, 1, 'lead.created', now() FROM lead WHERE company_id = $1`,
      values: [other.companyId],
    })
    const theirs = clientOf(server, other)
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await ask(theirs, 'GET', '/leads?limit=1'))['total'] === 1203) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const text = (await theirs('GET', '/leads.csv?sort=oldest')).text.split('\r\n').slice(1, -1)
    const ids = text.map((line) => Number(line.split(',')[0]))
    expect(new Set(ids).size).toBe(1203)
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
  })
})
