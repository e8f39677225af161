import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withClient } from '../../bench/lib/cluster.ts'
import { migrate, readMigrations } from '../../src/store/migrate.ts'
import { emptyDatabase } from '../support/database.ts'

/** The last release whose stays were rows of their own. */
const BEFORE_STAYS = 21
const DAY = 86_400

let store: Awaited<ReturnType<typeof emptyDatabase>>

beforeAll(async () => {
  store = await emptyDatabase()
})
afterAll(() => store?.drop())

async function applyUpTo(client: pg.Client, last: number): Promise<void> {
  await client.query('CREATE TABLE schema_migration (version integer, file text, applied_at timestamptz DEFAULT now())')
  for (const { version, file, sql } of await readMigrations()) {
    if (version > last) continue
    await client.query(sql)
    await client.query('INSERT INTO schema_migration (version, file) VALUES ($1, $2)', [version, file])
  }
}

async function addCard(
  client: pg.Client,
  leadId: number,
  moves: readonly [from: string | null, seconds: number | null][],
) {
  await client.query(
    `INSERT INTO lead_card (company_id, lead_id, revision, stage, stage_since, reached, status, source, created_at)
     VALUES (1001, $1, 1, 'New', now(), 2, 'NO_RESPONSE', 'portal', now())`,
    [leadId],
  )
  for (const [revision, [from, seconds]] of moves.entries()) {
    await client.query(
      `INSERT INTO stage_move (company_id, at, lead_id, revision, from_stage, to_stage, seconds, created_at)
       VALUES (1001, now(), $1, $2, $3, 'New', $4, now())`,
      [leadId, revision + 1, from, seconds],
    )
  }
}

it('moves become stays on the cards, the latest of many, and the cards are ready to be read by their indexes', async () => {
  await withClient(store.connection, async (client) => {
    await applyUpTo(client, BEFORE_STAYS)
    await addCard(client, 1, [[null, null]])
    await addCard(client, 2, [
      [null, null],
      ['Offered', 59.5],
      ['Deleted', 7],
      ['New', 3 * DAY + 10],
      ['Lost', 60 * 365 * DAY],
      ['On hold', -3],
    ])
    await addCard(
      client,
      3,
      Array.from({ length: 40 }, (_, n) => ['Estimate', n * 60] as const).map(([a, b]) => [a, b]),
    )
  })
  expect(await migrate(store.connection)).toContain('0022_stays-on-cards.sql')
  await withClient(store.connection, async (client) => {
    const { rows } = await client.query<{ stays: number[] | null }>('SELECT stays FROM lead_card ORDER BY lead_id')
    expect(rows.map(({ stays }) => stays)).toEqual([
      null,
      [16, (3 * 24 * 120 + 60) * 16 + 1, (60 * 365 * 24 * 120 + 60) * 16 + 6, 16 + 7],
      Array.from({ length: 16 }, (_, n) => ((n + 24) * 2 + 1) * 16 + 4),
    ])
    const pages = await client.query("SELECT relpages, relallvisible FROM pg_class WHERE relname = 'lead_card'")
    expect(pages.rows).toEqual([{ relpages: 1, relallvisible: 1 }])
  })
  expect(await migrate(store.connection)).toEqual([])
})
