import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusalError } from '../../src/core/errors.ts'
import { change } from '../../src/core/lead/decision.ts'
import type { Actor } from '../../src/core/lead/events.ts'
import type { Lead } from '../../src/core/lead/lead.ts'
import { createLead } from '../../src/core/lead/new-lead.ts'
import { updateLead } from '../../src/core/lead/update-lead.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import type { IdempotencyKey, LeadWriter } from '../../src/store/lead-writer/types.ts'
import { makeLeadWriter } from '../../src/store/lead-writer/writer.ts'
import { findLead } from '../../src/store/leads.ts'
import { freshDatabase } from '../support/database.ts'

const ACTOR: Actor = { kind: 'system', id: 'test', name: 'test', face: 'system' }

let database: Awaited<ReturnType<typeof freshDatabase>>
let db: Database
let writer: LeadWriter
let companyId: number
const opened: LeadWriter[] = []

function newWriter(options: { lanes?: number; batchMax?: number; queueMax?: number } = {}): LeadWriter {
  const made = makeLeadWriter({
    connection: database.connection,
    lanes: 1,
    batchMax: 256,
    queueMax: 10_000,
    clock: () => new Date(),
    log: () => undefined,
    ...options,
  })
  opened.push(made)
  return made
}

beforeAll(async () => {
  database = await freshDatabase()
  db = openDatabase({ connection: database.connection, poolMax: 4, onIdleError: () => undefined })
  const rows = await db.query<{ id: number }>({ text: "INSERT INTO company (name) VALUES ('Test') RETURNING id" })
  companyId = rows[0]?.id ?? 0
  writer = newWriter()
})

afterAll(async () => {
  await Promise.all(opened.map((made) => made.close()))
  await db.close()
  await database.drop()
})

async function newLead(through = writer): Promise<Lead> {
  const decide = createLead({ companyId, source: 'native', sourceReference: null }, { displayName: 'Ann' })
  const outcome = await through.write({ companyId, actor: ACTOR, target: { kind: 'new', decide } })
  if (outcome.kind !== 'changed') throw new Error(outcome.kind)
  return outcome.lead
}

function note(leadId: number, notes: string, idempotency?: IdempotencyKey, through = writer) {
  const decide = updateLead({ notes }, null)
  return through.write({ companyId, actor: ACTOR, target: { kind: 'existing', leadId, decide }, idempotency })
}

function keyed(key: string, request: string): IdempotencyKey {
  return {
    key,
    requestHash: createHash('sha256').update(request).digest(),
    present: (lead) => ({ status: 200, body: `${lead.revision}:${lead.notes}` }),
  }
}

async function count(table: 'timeline' | 'outbox', leadId: number): Promise<number> {
  const text = `SELECT count(*) AS n FROM ${table} WHERE company_id = $1 AND lead_id = $2`
  const rows = await db.query<{ n: number }>({ text, values: [companyId, leadId] })
  return rows[0]?.n ?? 0
}

describe('the lead writer', () => {
  it('gives back exactly what a later read finds', async () => {
    const made = await newLead()
    expect(await findLead(db, companyId, made.id)).toEqual(made)
    const outcome = await note(made.id, 'called')
    expect(outcome.kind).toBe('changed')
    expect(await findLead(db, companyId, made.id)).toEqual((outcome as { lead: Lead }).lead)
  })

  it('applies changes of one lead in the order of arrival, each on top of the one before', async () => {
    const { id } = await newLead()
    const outcomes = await Promise.all(Array.from({ length: 100 }, (_, i) => note(id, `n${i}`)))
    expect(outcomes.map((outcome) => outcome.kind === 'changed' && outcome.lead.revision)).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 2),
    )
    const lead = await findLead(db, companyId, id)
    expect([lead?.notes, lead?.revision]).toEqual(['n99', 101])
    expect([await count('timeline', id), await count('outbox', id)]).toEqual([101, 101])
  })

  it('tells nothing when nothing changes', async () => {
    const { id } = await newLead()
    await note(id, 'same')
    expect((await note(id, 'same')).kind).toBe('unchanged')
    expect([await count('timeline', id), await count('outbox', id)]).toEqual([2, 2])
  })

  it('lets one bad item of a batch fail alone', async () => {
    const leads = await Promise.all(Array.from({ length: 5 }, () => newLead()))
    const bad = leads[2] as Lead
    const results = await Promise.allSettled(
      leads.map((lead) =>
        lead === bad
          ? writer.write({
              companyId,
              actor: ACTOR,
              // Breaks a CHECK of the table, which no rule of the core would let through.
              target: {
                kind: 'existing',
                leadId: lead.id,
                decide: (it) => change({ ...it, value: '-1.00' }, 'lead.updated'),
              },
            })
          : note(lead.id, 'fine'),
      ),
    )
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
    expect((await findLead(db, companyId, bad.id))?.revision).toBe(1)
    expect([await count('timeline', bad.id), await count('outbox', bad.id)]).toEqual([1, 1])
  })

  it('answers an unknown lead and a lead of another company alike', async () => {
    const { id } = await newLead()
    const decide = updateLead({ notes: 'mine now' }, null)
    const foreign = await writer.write({
      companyId: companyId + 1,
      actor: ACTOR,
      target: { kind: 'existing', leadId: id, decide },
    })
    const unknown = await note(1, 'x')
    expect(foreign).toEqual(unknown)
    expect(foreign).toMatchObject({ kind: 'refused', refusal: { code: 'lead.not-found' } })
  })

  it('refuses the item that finds the queue full, and takes work again afterwards', async () => {
    const small = newWriter({ queueMax: 3 })
    const { id } = await newLead(small)
    const results = await Promise.allSettled(Array.from({ length: 5 }, (_, i) => note(id, `q${i}`, undefined, small)))
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ])
    const refused = results[4] as PromiseRejectedResult
    expect(refused.reason).toBeInstanceOf(RefusalError)
    expect((refused.reason as RefusalError).refusal.code).toBe('server.busy')
    expect((await note(id, 'later', undefined, small)).kind).toBe('changed')
  })

  it('finishes what waits when it is closed, and refuses what comes after', async () => {
    const closing = newWriter()
    const { id } = await newLead(closing)
    const waiting = Promise.all(Array.from({ length: 50 }, (_, i) => note(id, `w${i}`, undefined, closing)))
    await closing.close()
    expect((await waiting).every((outcome) => outcome.kind === 'changed')).toBe(true)
    await expect(note(id, 'late', undefined, closing)).rejects.toThrow(RefusalError)
  })
})

describe('an Idempotency-Key', () => {
  it('gives the stored answer for the same request and changes nothing', async () => {
    const { id } = await newLead()
    expect((await note(id, 'once', keyed('k1', 'once'))).kind).toBe('changed')
    await note(id, 'meanwhile')
    expect(await note(id, 'once', keyed('k1', 'once'))).toEqual({
      kind: 'replayed',
      answer: { status: 200, body: '2:once' },
    })
    expect((await findLead(db, companyId, id))?.notes).toBe('meanwhile')
  })

  it('is refused with another request', async () => {
    const { id } = await newLead()
    await note(id, 'one', keyed('k2', 'one'))
    const other = await note(id, 'two', keyed('k2', 'two'))
    expect(other).toMatchObject({ kind: 'refused', refusal: { code: 'idempotency.key-reused' } })
    expect((await findLead(db, companyId, id))?.notes).toBe('one')
  })

  it('works once within one batch', async () => {
    const { id } = await newLead()
    const outcomes = await Promise.all([1, 2, 3].map(() => note(id, 'twin', keyed('k3', 'twin'))))
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['changed', 'replayed', 'replayed'])
    expect(await count('timeline', id)).toBe(2)
  })

  it('works once among several processes, for an existing lead and for a new one', async () => {
    const writers = [writer, newWriter(), newWriter({ lanes: 2 })]
    const { id } = await newLead()
    for (let round = 0; round < 20; round += 1) {
      const outcomes = await Promise.all(
        writers.map((through) => note(id, `r${round}`, keyed(`k4-${round}`, `r${round}`), through)),
      )
      expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['changed', 'replayed', 'replayed'])
      const created = await Promise.all(
        writers.map((through) => {
          const decide = createLead({ companyId, source: 'native', sourceReference: `r${round}` }, {})
          const idempotency = keyed(`k5-${round}`, 'new')
          return through.write({ companyId, actor: ACTOR, target: { kind: 'new', decide }, idempotency })
        }),
      )
      expect(created.map((outcome) => outcome.kind).sort()).toEqual(['changed', 'replayed', 'replayed'])
    }
    expect(await count('timeline', id)).toBe(21)
    const rows = await db.query<{ n: number }>({
      text: "SELECT count(*) AS n FROM lead WHERE company_id = $1 AND source_reference LIKE 'r%'",
      values: [companyId],
    })
    expect(rows[0]?.n).toBe(20)
  })

  it('belongs to one company and one face', async () => {
    const { id } = await newLead()
    await note(id, 'mine', keyed('k6', 'mine'))
    const decide = updateLead({ notes: 'other face' }, null)
    const outcome = await writer.write({
      companyId,
      actor: { ...ACTOR, face: 'native' },
      target: { kind: 'existing', leadId: id, decide },
      idempotency: keyed('k6', 'other'),
    })
    expect(outcome.kind).toBe('changed')
  })
})

describe('rate windows in the writer', () => {
  const limits = [
    { name: 'hour', seconds: 3600, limit: 40 },
    { name: 'day', seconds: 86_400, limit: 50 },
  ]

  it('are exact for concurrent calls through several processes', async () => {
    await db.query({ text: "INSERT INTO rate_window (subject) VALUES ('exact')" })
    const writers = [writer, newWriter(), newWriter({ lanes: 3 })]
    const charge = { subject: 'exact', limits }
    const outcomes = await Promise.all(
      Array.from({ length: 96 }, (_, i) => (writers[i % 3] as LeadWriter).charge(charge)),
    )
    expect(outcomes.filter((outcome) => outcome.kind === 'admitted')).toHaveLength(40)
    const refused = outcomes.find((outcome) => outcome.kind === 'refused')
    expect(refused).toMatchObject({ refusal: { code: 'rate.exceeded' } })
    expect(refused?.kind === 'refused' && refused.refusal.text).toMatch(/40 requests per hour.*\d+ seconds/)
  })

  it('count a refused decision, and a full window keeps the decision from running', async () => {
    const { id } = await newLead()
    const charge = { subject: 'one', limits: [{ name: 'hour', seconds: 3600, limit: 1 }] }
    const write = (notes: string) =>
      writer.write({
        companyId,
        actor: ACTOR,
        charge,
        target: { kind: 'existing', leadId: id, decide: updateLead({ notes }, { outcome: 'won', reasonFallback: '' }) },
      })
    expect(await write('a')).toMatchObject({ kind: 'refused', refusal: { code: 'field.required' } })
    expect(await write('b')).toMatchObject({ kind: 'refused', refusal: { code: 'rate.exceeded' } })
  })
})
