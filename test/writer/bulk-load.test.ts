import fc, { type Arbitrary } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, diffLeads } from '../../src/core/lead/events.ts'
import type { Lead } from '../../src/core/lead/lead.ts'
import { OFFER_ACTIONS } from '../../src/core/lead/lead.ts'
import { STATUS_RULES } from '../../src/core/lead/status-rules.ts'
import { bulkLoad, type FinishedLead } from '../../src/store/bulk-load.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { LEAD_COLUMNS } from '../../src/store/lead-columns.ts'
import { type LeadReader, makeLeadReader } from '../../src/store/lead-reader.ts'
import { drawLeadIds } from '../../src/store/lead-writer/statements.ts'
import { listTimeline } from '../../src/store/timeline.ts'
import { freshDatabase } from '../support/database.ts'
import { makeOwnLead, T0, T1 } from '../support/lead-fixtures.ts'

const ACTOR: Actor = { kind: 'system', id: 'import\\1', name: 'Ann\tof "the"\noffice', face: 'system' }

const UNAVAILABLE = { refusal: { code: 'server.unavailable' } }
const LAST_REVISION = 2 ** 31 - 2

let database: Awaited<ReturnType<typeof freshDatabase>>
/** Of one connection, so that whatever a failure leaves behind meets the next work. */
let db: Database
let reader: LeadReader
let companyId: number

beforeAll(async () => {
  database = await freshDatabase()
  db = openDatabase({ connection: database.connection, poolMax: 1, onIdleError: () => undefined })
  reader = makeLeadReader(db)
  const rows = await db.query<{ id: number }>({ text: "INSERT INTO company (name) VALUES ('Test') RETURNING id" })
  companyId = rows[0]?.id ?? 0
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

async function drawIds(count: number): Promise<number[]> {
  return (await db.query<{ id: number }>(drawLeadIds(count))).map(({ id }) => id)
}

function finished(lead: Lead): FinishedLead {
  const first = { write: { actor: ACTOR }, lead, event: 'lead.created', changes: diffLeads(null, lead) }
  return { lead, history: [first] }
}

function makeLead(id: number, overrides: Partial<Lead> = {}): Lead {
  return makeOwnLead({ companyId, id, revision: 1, ...overrides })
}

function load(leads: Iterable<FinishedLead>): Promise<void> {
  return db.transaction((tx) => bulkLoad(tx, leads))
}

/** Rows of the three tables that a load fills. */
async function counts(): Promise<(number | undefined)[]> {
  const tables = ['lead', 'timeline', 'outbox']
  const text = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ')
  const [row] = await db.query<Record<string, number>>({ text: `SELECT ${text}` })
  return tables.map((table) => row?.[table])
}

/** Any text that PostgreSQL can hold, with what COPY treats in a way of its own. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '')),
  fc.stringMatching(/^[\\\t\n\rNntrbfvx.01"'{},]*$/),
  fc.constantFrom('\\N', '\\.', '', ' ', 'NULL', '\\', '\\\\', '\t', '\r\n', '\\x41', '\\101', '日本 “Zoë” 👷‍♀️'),
)
const instant = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((at) => at.toISOString())
const money = fc.integer({ min: 1, max: 99_999_999_999_999 }).map((cents) => {
  const digits = String(cents).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
})
const file = fc.record({
  id: fc.nat(),
  filename: text,
  contentType: text,
  sizeBytes: fc.maxSafeNat(),
  uploadedAt: instant,
})
const openProgress = fc.record({
  status: fc.constantFrom('NO_RESPONSE', 'QUOTE_SENT'),
  reason: fc.option(text),
  meetingDate: fc.constant(null),
  contactMethod: fc.option(text),
  estimateType: fc.option(text),
})

const OF_TYPE: Readonly<Record<(typeof LEAD_COLUMNS)[number]['type'], Arbitrary<unknown>>> = {
  bigint: fc.maxSafeNat(),
  integer: fc.nat(),
  smallint: fc.nat({ max: 100 }),
  text,
  boolean: fc.boolean(),
  date: instant.map((at) => at.slice(0, 10)),
  timestamptz: instant,
  numeric: money,
  jsonb: fc.option(openProgress),
}
/** Fields that are never null, or take no other values. */
const OWN: Readonly<Record<string, Arbitrary<unknown>>> = {
  revision: fc.integer({ min: 1, max: LAST_REVISION }),
  source: text,
  action: fc.constantFrom(...OFFER_ACTIONS),
  viewed: fc.boolean(),
  status: fc.constantFrom(...Object.keys(STATUS_RULES)),
  attachments: fc.array(file, { maxLength: 3 }),
  createdAt: instant,
  modifiedAt: instant,
}
const anyFields = fc.record(
  Object.fromEntries(
    LEAD_COLUMNS.filter(({ heat }) => heat !== 'key').map(({ field, type }) => [
      field,
      OWN[field] ?? fc.option(OF_TYPE[type]),
    ]),
  ),
) as unknown as Arbitrary<Partial<Lead>>

describe('what is loaded in bulk', () => {
  it('reads back as it was, every field of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFields, { minLength: 1, maxLength: 5 }), async (all) => {
        const ids = await drawIds(all.length)
        const leads = ids.map((id, i) => makeLead(id, all[i]))
        await load(leads.map(finished))
        expect(await Promise.all(ids.map((id) => reader.find(companyId, id)))).toEqual(leads)
        for (const lead of leads) {
          const told = await listTimeline(
            db,
            { companyId, leadId: lead.id },
            { beforeRevision: LAST_REVISION + 1, limit: 9 },
          )
          const changes = JSON.parse(JSON.stringify(diffLeads(null, lead))) as unknown
          const { revision, modifiedAt: at } = lead
          expect(told).toEqual([{ revision, at, event: 'lead.created', actor: ACTOR, changes }])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('has a timeline row and a quiet outbox row for each revision, with the lead as it was then', async () => {
    const [id = 0] = await drawIds(1)
    const first = makeLead(id, { modifiedAt: T0, actionDueAt: T1 })
    const lost = { ...first, revision: 2, modifiedAt: T1, actionDueAt: null, status: 'LEAD_LOST' as const }
    const told = { write: { actor: ACTOR }, lead: lost, event: 'lead.status_changed', changes: diffLeads(first, lost) }
    await load([{ lead: lost, history: [...finished(first).history, told] }])
    const select = (columns: string, table: string) =>
      db.query({ text: `SELECT ${columns} FROM ${table} WHERE lead_id = $1 ORDER BY revision`, values: [id] })
    expect(await select('revision, at, action_due_at AS due', 'timeline')).toEqual([
      { revision: 1, at: T0, due: T1 },
      { revision: 2, at: T1, due: null },
    ])
    expect(await select('revision, event, at, stage, search, quiet', 'outbox')).toEqual([
      { revision: 1, event: 'lead.created', at: T0, stage: 'New', search: true, quiet: true },
      { revision: 2, event: 'lead.status_changed', at: T1, stage: 'Lost', search: false, quiet: true },
    ])
  })

  it('may be nothing, a lead without a history, or more than is written at once', async () => {
    await load([])
    const [bare = 0, ...ids] = await drawIds(401)
    await load([{ lead: makeLead(bare), history: [] }])
    const before = await counts()
    const notes = 'a long note '.repeat(1000)
    await load(ids.map((id) => finished(makeLead(id, { notes }))))
    expect(await counts()).toEqual(before.map((count) => (count ?? 0) + 400))
    expect(await reader.find(companyId, bare)).toEqual(makeLead(bare))
  })
})

describe('a load that fails', () => {
  /** Leads enough for several writes, the one at `odd` changed. */
  async function many(odd: number, overrides: Partial<Lead>): Promise<FinishedLead[]> {
    const notes = 'a long note '.repeat(1000)
    return (await drawIds(200)).map((id, i) => finished(makeLead(id, { notes, ...(i === odd ? overrides : {}) })))
  }

  async function expectNothingOf(loading: () => Promise<void>, error: object): Promise<void> {
    const before = await counts()
    await expect(loading()).rejects.toMatchObject(error)
    expect(await counts()).toEqual(before)
    const [id = 0] = await drawIds(1)
    await load([finished(makeLead(id))])
    expect(await reader.find(companyId, id)).toEqual(makeLead(id))
  }

  it.each([0, 100, 199])('leaves nothing when lead %i is there already, and the connection works on', async (odd) => {
    const [id = 0] = await drawIds(1)
    await load([finished(makeLead(id))])
    const leads = await many(odd, { id })
    await expectNothingOf(() => load(leads), { code: '23505' })
  })

  it('leaves nothing when PostgreSQL cannot hold a text', async () => {
    const leads = await many(150, { firstName: 'zero\0byte' })
    await expectNothingOf(() => load(leads), { code: '22021' })
  })

  it('leaves nothing when the company is not there', async () => {
    const leads = await many(60, { companyId: 1 })
    await expectNothingOf(() => load(leads), { code: '23503' })
  })

  it('leaves nothing when a history has a revision twice', async () => {
    const [{ lead, history } = finished(makeLead(0)), ...rest] = await many(0, {})
    await expectNothingOf(() => load([...rest, { lead, history: [...history, ...history] }]), { code: '23505' })
  })

  it('leaves nothing when the leads cannot be made to the end', async () => {
    const leads = await many(0, {})
    function* breaking() {
      yield* leads
      throw new Error('line 201 is no lead')
    }
    await expectNothingOf(() => load(breaking()), { message: 'line 201 is no lead' })
  })

  it('is refused as unavailable when the connection breaks under the rows', async () => {
    const leads = await many(0, {})
    const other = openDatabase({ connection: database.connection, poolMax: 2, onIdleError: () => undefined })
    const loading = () =>
      other.transaction(async (tx) => {
        // The rows come to a stop at the second table, until this transaction ends.
        await tx.query({ text: 'LOCK TABLE timeline IN EXCLUSIVE MODE' })
        const result = expect(load(leads)).rejects.toMatchObject(UNAVAILABLE)
        const text = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`
        while ((await other.query({ text })).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
        await result
        throw new Error('ended as expected')
      })
    await expectNothingOf(loading, { message: 'ended as expected' })
    await other.close()
  })

  it('is refused as unavailable when the connection is gone, and the next load has a new one', async () => {
    const leads = await many(0, {})
    const loading = () =>
      db.transaction(async (tx) => {
        await bulkLoad(tx, leads.slice(0, 100))
        await tx.query({ text: 'SELECT pg_terminate_backend(pg_backend_pid())' }).catch(() => undefined)
        await bulkLoad(tx, leads.slice(100))
      })
    await expectNothingOf(loading, UNAVAILABLE)
  })
})
