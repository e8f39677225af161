import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeReadyCheck } from '../../src/app/check-ready.ts'
import { makeApp } from '../../src/app/make-app.ts'
import { clientConfig, type Database, openDatabase } from '../../src/store/database.ts'
import { makeLeadReader } from '../../src/store/lead-reader.ts'
import { makeLeadWriter } from '../../src/store/lead-writer/writer.ts'
import { freshDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let db: Database
let holder: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  db = openDatabase({ connection: database.connection, poolMax: 4, onIdleError: () => undefined })
  holder = new pg.Client(clientConfig(database.connection, 'holder'))
  await holder.connect()
})

afterAll(async () => {
  await holder.end()
  await db.close()
  await database.drop()
})

it('probes of a slow store share one heartbeat, so that nobody can take every connection by asking /readyz', async () => {
  let now = 0
  const clock = () => new Date(1_800_000_000_000 + now)
  const options = { lanes: 1, batchMax: 1, queueMax: 10, clock, log: () => undefined }
  const writer = makeLeadWriter({ connection: database.connection, ...options })
  const ready = makeReadyCheck(makeApp({ db, reader: makeLeadReader(db), writer, clock }), () => true)
  expect(await ready()).toBeNull()
  await holder.query('BEGIN')
  await holder.query("SELECT 1 FROM rate_window WHERE subject = 'readiness' FOR UPDATE")
  const probes = Array.from({ length: 4 }, () => {
    now += 1000
    return ready()
  })
  const waiting = async () => {
    const { rows } = await holder.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE 'leadwright%' AND wait_event_type = 'Lock'`,
    )
    return rows[0]?.n ?? 0
  }
  // The statistics of a transaction are one snapshot; each look needs its own.
  const look = async () => {
    await holder.query('SELECT pg_stat_clear_snapshot()')
    return waiting()
  }
  let seen = 0
  while (seen === 0) seen = await look()
  for (let looks = 0; looks < 50; looks += 1) seen = Math.max(seen, await look())
  await holder.query('ROLLBACK')
  await Promise.all(probes)
  await writer.close()
  expect(seen).toBe(1)
})
