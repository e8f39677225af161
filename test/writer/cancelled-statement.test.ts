import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { acceptLead } from '../../src/core/lead/answer-offer.ts'
import { createLead } from '../../src/core/lead/new-lead.ts'
import { clientConfig, type Database, openDatabase } from '../../src/store/database.ts'
import type { LeadWriter } from '../../src/store/lead-writer/types.ts'
import { makeLeadWriter } from '../../src/store/lead-writer/writer.ts'
import { freshDatabase } from '../support/database.ts'

const ACTOR = { kind: 'system', id: 'test', name: 'test', face: 'system' } as const

let database: Awaited<ReturnType<typeof freshDatabase>>
let db: Database
let holder: pg.Client
let writer: LeadWriter

beforeAll(async () => {
  database = await freshDatabase()
  const { connection } = database
  db = openDatabase({ connection, poolMax: 2, onIdleError: () => undefined })
  holder = new pg.Client(clientConfig(connection, 'holder'))
  await holder.connect()
  const options = { lanes: 1, batchMax: 256, queueMax: 1000, clock: () => new Date(), log: () => undefined }
  writer = makeLeadWriter({ connection, ...options })
})

afterAll(async () => {
  await holder.end()
  await writer.close()
  await db.close()
  await database.drop()
})

it('a write whose statement PostgreSQL cancels (time limit, operator) is refused as unavailable, not as a fault', async () => {
  const [company] = await db.query<{ id: number }>({ text: "INSERT INTO company (name) VALUES ('T') RETURNING id" })
  const companyId = company?.id ?? 0
  const decide = createLead({ companyId, source: 'native', sourceReference: null }, { displayName: 'Ann' })
  const made = await writer.write({ companyId, actor: ACTOR, target: { kind: 'new', decide } })
  if (made.kind !== 'changed') throw new Error(made.kind)
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM lead WHERE id = $1 FOR UPDATE', [made.lead.id])
  const target = { kind: 'existing', leadId: made.lead.id, decide: acceptLead } as const
  const waiting = writer.write({ companyId, actor: ACTOR, target }).catch((error: unknown) => error)
  const cancel = `SELECT pg_cancel_backend(pid) AS done FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'leadwright writer' AND wait_event_type = 'Lock'`
  while ((await db.query({ text: cancel })).length === 0);
  expect(await waiting).toMatchObject({ refusal: { code: 'server.unavailable' } })
  await holder.query('ROLLBACK')
})
