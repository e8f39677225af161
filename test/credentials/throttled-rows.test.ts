import { afterAll, beforeAll, expect, it } from 'vitest'
import { beginAttempt } from '../../src/app/credentials/login-throttle.ts'
import { makeApp } from '../../src/app/make-app.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { makeLeadReader } from '../../src/store/lead-reader.ts'
import { makeLeadWriter } from '../../src/store/lead-writer/writer.ts'
import { freshDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let db: Database

beforeAll(async () => {
  database = await freshDatabase()
  db = openDatabase({ connection: database.connection, poolMax: 2, onIdleError: () => undefined })
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

async function rows(): Promise<number> {
  const [row] = await db.query<{ n: number }>({ text: 'SELECT count(*)::integer AS n FROM auth_failure' })
  return row?.n ?? 0
}

it('a client over its limit of failed log-ins leaves no further rows, whatever addresses it makes up', async () => {
  const clock = () => new Date('2026-03-01T12:00:00Z')
  const options = { lanes: 1, batchMax: 1, queueMax: 1, clock, log: () => undefined }
  const writer = makeLeadWriter({ connection: database.connection, ...options })
  const app = makeApp({ db, reader: makeLeadReader(db), clock, writer })
  for (let i = 0; i < 100; i += 1) await beginAttempt(app, [`a${i}@example.com`], '192.0.2.1')
  const before = await rows()
  for (let i = 0; i < 20; i += 1) {
    await expect(beginAttempt(app, [`b${i}@example.com`], '192.0.2.1')).rejects.toThrow('credentials.throttled')
  }
  expect(await rows()).toBe(before)
})
