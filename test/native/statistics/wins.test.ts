import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { type Client, clientOf } from '../client.ts'
import { ask } from '../lists/made-leads.ts'
import type { Statistics } from './naive.ts'

/** When leads were won, and the month that is in Auckland: 13 hours ahead of UTC in its summer, 12 in its winter. */
const WINS = [
  ['2026-01-31T10:59:59.999Z', '2026-01'],
  ['2026-01-31T11:00:00Z', '2026-02'],
  ['2026-03-31T10:59:59Z', '2026-03'],
  ['2026-06-30T11:59:59Z', '2026-06'],
  ['2026-06-30T12:00:00Z', '2026-07'],
  ['2026-09-30T11:00:00Z', '2026-10'],
] as const

let server: TestServer
let call: Client

beforeAll(async () => {
  server = await startServer()
  const company = await server.company()
  call = clientOf(server, company)
  await ask(call, 'PATCH', '/company', { timeZone: 'Pacific/Auckland' })
  const ids: number[] = []
  for (const [i] of WINS.entries()) {
    const id = (await ask(call, 'POST', '/leads', { firstName: 'Won' }))['id'] as number
    await ask(call, 'POST', `/leads/${id}/status`, { status: 'JOB_WON', jobAmount: `${10 ** i}.50` })
    ids.push(id)
  }
  await ask(call, 'GET', '/leads?limit=1')
  await server.db.query({
    text: `UPDATE lead_card SET closed_at = won.at FROM unnest($2::bigint[], $3::timestamptz[]) AS won (id, at)
      WHERE company_id = $1 AND lead_id = won.id`,
    values: [company.companyId, ids, WINS.map(([at]) => at)],
  })
})
afterAll(() => server.close())

/** Month by month, those between without a win included. */
function months(first: number, last: number): Statistics['wonByMonth'] {
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const month = `2026-${String(first + i).padStart(2, '0')}`
    const won = WINS.flatMap(([, at], n) => (at === month ? [10 ** n + 0.5] : []))
    return { month, count: won.length, amount: won.reduce((sum, amount) => sum + amount, 0).toFixed(2) }
  })
}

it.each([
  ['2026-01-01', '2026-12-31', months(1, 10)],
  ['2026-02-01', '2026-09-30', months(2, 7)],
  ['2026-02-02', '2026-06-29', months(3, 3)],
  ['2026-04-01', '2026-05-31', []],
])('wins from %s to %s are told by the months of the company', async (from, to, wanted) => {
  const { wonByMonth } = (await ask(call, 'GET', `/statistics?from=${from}&to=${to}`)) as unknown as Statistics
  expect(wonByMonth).toEqual(wanted)
})
