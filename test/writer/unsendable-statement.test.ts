import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLead } from '../../src/core/lead/new-lead.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import type { LeadWriter } from '../../src/store/lead-writer/types.ts'
import { makeLeadWriter } from '../../src/store/lead-writer/writer.ts'
import { freshDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let db: Database
let writer: LeadWriter

beforeAll(async () => {
  database = await freshDatabase()
  db = openDatabase({ connection: database.connection, poolMax: 2, onIdleError: () => undefined })
  const options = { lanes: 1, batchMax: 256, queueMax: 1000, clock: () => new Date(), log: () => undefined }
  writer = makeLeadWriter({ connection: database.connection, ...options })
})

afterAll(async () => {
  await writer.close()
  await db.close()
  await database.drop()
})

it('a statement that cannot be put together (over 512 MB of text, for one) commits nothing of its batch', async () => {
  const [company] = await db.query<{ id: number }>({ text: "INSERT INTO company (name) VALUES ('T') RETURNING id" })
  const companyId = company?.id ?? 0
  // Stands in for a text too long for the language.
  const unsendable = {
    toString() {
      throw new RangeError('Invalid string length')
    },
  }
  const idempotency = {
    key: 'k',
    requestHash: Buffer.alloc(32),
    present: () => ({ status: 200, body: unsendable as unknown as string }),
  }
  const decide = createLead({ companyId, source: 'native', sourceReference: null }, { displayName: 'Ann' })
  const actor = { kind: 'system', id: 'test', name: 'test', face: 'system' } as const
  const target = { kind: 'new', decide } as const
  await expect(writer.write({ companyId, actor, target, idempotency })).rejects.toThrow('Invalid string length')
  const [stored] = await db.query<{ n: number }>({ text: 'SELECT count(*)::integer AS n FROM lead' })
  expect(stored?.n).toBe(0)
})
