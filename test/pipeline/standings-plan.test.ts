import { afterAll, beforeAll, expect, it } from 'vitest'
import { withClient } from '../../bench/lib/cluster.ts'
import { plansOf } from '../../bench/lib/plan-text.ts'
import { seed } from '../../bench/lib/seeding.ts'
import { shapeOf } from '../../bench/lib/shape.ts'
import type { Connection, Db, Statement } from '../../src/store/database.ts'
import { findStandings } from '../../src/store/pipeline/card-stages.ts'
import { freshDatabase } from '../support/database.ts'

/** One office of many leads among many of few, so that what holds for most does not hold for it. */
const SHAPE = shapeOf(20_000, 200, 2000)

let store: { connection: Connection; drop(): Promise<void> }
beforeAll(async () => {
  store = await freshDatabase()
  await seed(store.connection, { shape: SHAPE, timelineEvery: 4, jobs: 1, log: () => undefined })
}, 120_000)
afterAll(() => store?.drop())

it('cards are looked up by their leads, for any company', async () => {
  const sent: Statement[] = []
  const listening: Db = {
    query: async (statement) => {
      sent.push(statement)
      return []
    },
    fields: async () => [],
  }
  await findStandings(listening, 1001, [1, 2, 3])
  const [statement] = sent
  if (statement === undefined) throw new Error('Nothing was sent.')
  const plans = await withClient(store.connection, (client) =>
    plansOf(client, { name: statement.name ?? null, text: statement.text, values: statement.values ?? [] }),
  )
  expect(plans).toHaveLength(2)
  for (const { lines } of plans) expect(lines.join('\n')).toMatch(/^Index Only Scan on lead_card by lead_card_pkey$/)
})
