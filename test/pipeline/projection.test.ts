import fc, { type Arbitrary } from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withClient } from '../../bench/lib/cluster.ts'
import { startServer as compose, type RunningServer } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { RELAY_LOCK } from '../../src/store/pipeline/relay-connection.ts'
import { clientOf } from '../native/client.ts'
import { untilListed } from '../support/lists.ts'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type Body, goodBody } from '../support/status-bodies.ts'
import { expectedLists, storedLists } from './oracle.ts'

let server: TestServer
let second: RunningServer

beforeAll(async () => {
  server = await startServer()
  const settings = { PORT: '0', LOG_LEVEL: 'error', CONSTRUCTIONONLINE_LIMITS: 'off', RENOVATIONFIND_LIMITS: 'off' }
  second = await compose(readConfig(settings, process.cwd()), server.db.connection, () => undefined)
})

afterAll(async () => {
  await second.close()
  await server.close()
})

/** A wish for one of a few leads, through one of two servers. Many are refused, as they would be. */
interface Wish {
  readonly lead: number
  readonly door: 0 | 1
  readonly kind: 'accept' | 'decline' | 'viewed' | 'delete' | 'restore' | 'report' | 'edit'
  readonly body: Body
}

const name = fc.constantFrom(null, 'Élodie', 'O’Neill', 'van  der Berg', 'Zoë')
const edit: Arbitrary<Body> = fc.record(
  {
    displayName: name,
    firstName: name,
    phone: fc.constantFrom(null, '+1 (403) 555-0199', 'none'),
    email: fc.constantFrom(null, 'Zoe@Example.com'),
    category: fc.constantFrom(null, 'Roof'),
    nextActionDate: fc.constantFrom(null, '2026-12-01'),
    value: fc.constantFrom(null, '1200.50', '0.00'),
    quality: fc.constantFrom(null, 40),
    notes: fc.constantFrom(null, 'Called'),
  },
  { requiredKeys: [] },
)
const smallReport = goodBody.map((body) => ('jobAmount' in body ? { ...body, jobAmount: 12_500.5 } : body))
const kinds = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('accept' as const), body: fc.constant({}) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('decline' as const), body: fc.constant({ reason: 'Too far' }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('viewed' as const), body: fc.constant({}) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), body: fc.constant({}) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const), body: fc.constant({}) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('report' as const), body: smallReport }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit' as const), body: edit }) },
)
const wish: Arbitrary<Wish> = fc
  .tuple(fc.nat({ max: 4 }), fc.constantFrom<(0 | 1)[]>(0, 1), kinds)
  .map(([lead, door, one]) => ({ lead, door, ...one }))

async function carryOut(company: TestCompany, leadId: number, { door, kind, body }: Wish): Promise<number> {
  const { baseUrl } = door === 0 ? server : second
  if (kind === 'report') {
    const answer = await fetch(`${baseUrl}/rest-api-v1/general-leads/${leadId}/status`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${company.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    await answer.arrayBuffer()
    return answer.status
  }
  const call = clientOf({ baseUrl }, company)
  if (kind === 'delete') return (await call('DELETE', `/leads/${leadId}`)).status
  if (kind === 'edit') return (await call('PATCH', `/leads/${leadId}`, { body })).status
  return (await call('POST', `/leads/${leadId}/${kind}`, kind === 'decline' ? { body } : {})).status
}

it.each([1, 7])('keeps the latest stays of a lead that moves often, told %i changes at a time', async (size) => {
  const company = await server.company()
  const leadId = await server.offer(company.companyId)
  const report = (status: string) => carryOut(company, leadId, { lead: 0, door: 0, kind: 'report', body: { status } })
  await carryOut(company, leadId, { lead: 0, door: 0, kind: 'accept', body: {} })
  for (let n = 0; n < 42; n += size) {
    await withClient(server.db.connection, async (client) => {
      await client.query('BEGIN')
      if (size > 1) await client.query('SELECT pg_advisory_xact_lock($1)', [RELAY_LOCK])
      for (let i = n; i < n + size; i += 1) {
        expect(await report(i % 2 === 0 ? 'HOMEOWNER_CONTACTED' : 'QUOTE_SENT')).toBe(200)
      }
      await client.query('ROLLBACK')
    })
    await untilListed(server.db)
  }
  const lists = await storedLists(server.db, company.companyId)
  expect(lists).toEqual(await expectedLists(server.db, company.companyId))
  expect(lists.cards).toMatchObject([{ stays: expect.toSatisfy((stays: number[]) => stays.length === 16) }])
})

it('lists, totals and stays are what leads and timelines come to, whatever was done through two servers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 10, maxLength: 60, size: 'max' }), async (wishes) => {
      const company = await server.company()
      const { companyId } = company
      const leads = await Promise.all([0, 1, 2, 3].map(() => server.offer(companyId)))
      const made = await clientOf(second, company)('POST', '/leads', {
        body: { firstName: 'Own', phone: '4035550100' },
      })
      leads.push(Number(made.body['id']))
      // Those of one lead one after the other, and those of several side by side.
      const answers = await Promise.all(
        leads.map(async (leadId, place) => {
          const statuses: number[] = []
          for (const one of wishes) if (one.lead === place) statuses.push(await carryOut(company, leadId, one))
          return statuses
        }),
      )
      expect(answers.flat().filter((status) => status >= 500)).toEqual([])
      await untilListed(server.db)
      expect(await storedLists(server.db, companyId)).toEqual(await expectedLists(server.db, companyId))
    }),
    { numRuns: 8 },
  )
})
