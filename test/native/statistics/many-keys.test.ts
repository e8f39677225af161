import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { type Client, clientOf } from '../client.ts'
import { insertLeads } from '../lists/bulk-leads.ts'
import { ask } from '../lists/made-leads.ts'
import type { Statistics } from './naive.ts'

/** Keys of a report at most. */
const SHOWN = 200
/** Categories that two leads have, as many as are shown, before and after such as one lead has. */
const SMALL = 60
const LEADS = 2 * SHOWN + SMALL

let server: TestServer
let call: Client

beforeAll(async () => {
  server = await startServer()
  const company = await server.company()
  call = clientOf(server, company)
  // The small categories are 1 to 30 and 231 to 260 by name. One source label is too many: each has two leads or three.
  await insertLeads(server, { companyId: company.companyId, call }, LEADS, {
    display_name: "'Lead ' || n",
    category: `'Category ' || lpad((CASE WHEN n <= ${SMALL / 2} THEN n WHEN n <= ${SMALL} THEN n + ${SHOWN}
      ELSE ${SMALL / 2} + (n - ${SMALL} + 1) / 2 END)::text, 3, '0')`,
    source_label: `'Label ' || lpad((n % ${SHOWN + 1})::text, 3, '0')`,
  })
})
afterAll(() => server.close())

it('reports show the largest 200 keys, the largest first and then by name, and count all leads', async () => {
  const { totals, byCategory, bySourceLabel } = (await ask(call, 'GET', '/statistics')) as unknown as Statistics
  expect(totals.count).toBe(LEADS)
  const name = (number: number) => String(number).padStart(3, '0')
  const categories = Array.from({ length: SHOWN }, (_, i) => ({ key: `Category ${name(SMALL / 2 + 1 + i)}`, count: 2 }))
  expect(byCategory.map(({ key, count }) => ({ key, count }))).toEqual(categories)
  const labels = Array.from({ length: SHOWN + 1 }, (_, rest) => ({
    key: `Label ${name(rest)}`,
    count: Array.from({ length: LEADS }, (_, i) => i + 1).filter((n) => n % (SHOWN + 1) === rest).length,
  }))
  labels.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
  expect(bySourceLabel.map(({ key, count }) => ({ key, count }))).toEqual(labels.slice(0, SHOWN))
})
