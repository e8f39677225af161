import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/core/lead/events.ts'
import { createLead } from '../../src/core/lead/new-lead.ts'
import { updateLead } from '../../src/core/lead/update-lead.ts'
import { nextTurn } from '../../src/lib/turns.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import type { LeadWriter, WriteOutcome } from '../../src/store/lead-writer/types.ts'
import { makeLeadWriter } from '../../src/store/lead-writer/writer.ts'
import { freshDatabase } from '../support/database.ts'

const ACTOR: Actor = { kind: 'system', id: 'test', name: 'test', face: 'system' }

let database: Awaited<ReturnType<typeof freshDatabase>>
let db: Database
let writer: LeadWriter
let companyId: number

beforeAll(async () => {
  database = await freshDatabase()
  const { connection } = database
  db = openDatabase({ connection, poolMax: 2, onIdleError: () => undefined })
  const rows = await db.query<{ id: number }>({ text: "INSERT INTO company (name) VALUES ('Test') RETURNING id" })
  companyId = rows[0]?.id ?? 0
  const options = { lanes: 3, batchMax: 256, queueMax: 10_000, clock: () => new Date(), log: () => undefined }
  writer = makeLeadWriter({ connection, ...options })
})

afterAll(async () => {
  await writer.close()
  await db.close()
  await database.drop()
})

async function newLeads(count: number): Promise<number[]> {
  const decide = createLead({ companyId, source: 'native', sourceReference: null }, { displayName: 'Ann' })
  const write = () => writer.write({ companyId, actor: ACTOR, target: { kind: 'new', decide } })
  const outcomes = await Promise.all(Array.from({ length: count }, write))
  return outcomes.map((outcome) => (outcome.kind === 'changed' ? outcome.lead.id : 0))
}

function note(leadId: number, notes: string): Promise<WriteOutcome> {
  const target = { kind: 'existing', leadId, decide: updateLead({ notes }, null) } as const
  return writer.write({ companyId, actor: ACTOR, target })
}

async function notesOf(leadId: number): Promise<unknown[]> {
  const text = `SELECT changes->'notes'->>'new' AS note FROM timeline
    WHERE company_id = $1 AND lead_id = $2 AND revision > 1 ORDER BY revision`
  const rows = await db.query<{ note: string }>({ text, values: [companyId, leadId] })
  return rows.map(({ note: one }) => one)
}

/** Holds a lead's row, as another process may that was stopped in the middle. */
async function hold(leadId: number): Promise<() => Promise<void>> {
  const client = new pg.Client(database.connection)
  await client.connect()
  await client.query('BEGIN')
  await client.query('SELECT 1 FROM lead WHERE company_id = $1 AND id = $2 FOR UPDATE', [companyId, leadId])
  return () => client.end()
}

describe('lanes side by side', () => {
  it('keep the order of the changes of each lead', async () => {
    const leads = await newLeads(20)
    const wanted = Array.from({ length: 60 }, (_, i) => `note ${i}`)
    // One after the other without waiting, in turns of the loop that let several batches be under way.
    const outcomes: Promise<WriteOutcome>[] = []
    for (const notes of wanted) {
      outcomes.push(...leads.map((id) => note(id, notes)))
      await nextTurn()
    }
    expect((await Promise.all(outcomes)).every(({ kind }) => kind === 'changed')).toBe(true)
    for (const id of leads) expect(await notesOf(id)).toEqual(wanted)
  })

  it('gather what keeps coming, as a batch has one instant and one price', async () => {
    const leads = await newLeads(24)
    const outcomes: Promise<WriteOutcome>[] = []
    for (let i = 0; i < leads.length; i += 6) {
      outcomes.push(...leads.slice(i, i + 6).map((id) => note(id, 'gathered')))
      await nextTurn()
    }
    const instants = (await Promise.all(outcomes)).map((one) => one.kind === 'changed' && one.lead.modifiedAt)
    expect(new Set(instants).size).toBe(1)
  })

  it('let others pass a batch that waits for a held row, be they many or few', async () => {
    const [held = 0, ...leads] = await newLeads(65)
    const release = await hold(held)
    let isSettled = false
    const stuck = note(held, 'waits').finally(() => {
      isSettled = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    const many = await Promise.all(leads.map((id) => note(id, 'passes')))
    const few = await Promise.all(leads.slice(0, 2).map((id) => note(id, 'passes again')))
    expect([...many, ...few].every(({ kind }) => kind === 'changed')).toBe(true)
    expect(isSettled).toBe(false)
    await release()
    expect(await stuck).toMatchObject({ kind: 'changed' })
  })
})
