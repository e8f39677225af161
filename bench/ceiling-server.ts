// The HTTP ceiling: the whole server, but leads and counts are in memory and nothing is written. Only credentials are
// looked up in the store, as often as the real server does. Started by the measuring programs with its settings.
import { makeApp } from '../src/app/make-app.ts'
import { readConfig } from '../src/config.ts'
import type { Lead } from '../src/core/lead/lead.ts'
import type { WindowState } from '../src/core/rate-windows.ts'
import { buildServer } from '../src/server.ts'
import { type Database, openDatabase, type Statement } from '../src/store/database.ts'
import { LEAD_SELECT } from '../src/store/lead-columns.ts'
import type { LeadReader } from '../src/store/lead-reader.ts'
import { Batch, leadKey } from '../src/store/lead-writer/batch.ts'
import type { ChargeOutcome, Item, ItemOutcome, LeadWriter, WriteOutcome } from '../src/store/lead-writer/types.ts'

/** Decides as the writer does, with its own code, on a lead that is always the same but for its id. */
function makeMemoryWriter(clock: () => Date, template: Lead): LeadWriter {
  const rates = new Map<string, WindowState>()
  const take = async (item: Item): Promise<ItemOutcome> => {
    const leads = new Map<string, Lead>()
    if ('write' in item && item.write.target.kind === 'existing') {
      const { companyId, target } = item.write
      leads.set(leadKey(companyId, target.leadId), { ...template, companyId, id: target.leadId })
    }
    return new Batch({ rates, leads, answers: new Map(), freshIds: [] }, clock().toISOString()).take(item)
  }
  return {
    write: (write) => take({ write }) as Promise<WriteOutcome>,
    charge: (charge) => take({ charge }) as Promise<ChargeOutcome>,
    probe: async () => undefined,
    close: async () => undefined,
  }
}

/** Any look at the leads of the store would not be a ceiling, and fails. */
function withoutLeads(db: Database): Database {
  const check = (statement: Statement) => {
    if (!/\b(FROM|UPDATE|INTO) lead\b/.test(statement.text)) return statement
    throw new Error(`The ceiling has no answer to: ${statement.text}`)
  }
  return {
    ...db,
    query: async <Row>(statement: Statement): Promise<Row[]> => db.query<Row>(check(statement)),
    fields: async (statement) => db.fields(check(statement)),
  }
}

async function findTemplate(db: Database): Promise<Lead> {
  const [lead] = await db.query<Lead>({
    text: `SELECT ${LEAD_SELECT} FROM lead WHERE status = 'QUOTE_SENT' AND action = 'ACCEPTED' LIMIT 1`,
  })
  if (lead === undefined) throw new Error('The database has no leads.')
  return lead
}

const config = readConfig(process.env, process.cwd())
const db = openDatabase({
  connection: { connectionString: config.databaseUrl ?? '' },
  poolMax: config.poolMax,
  onIdleError: (error) => console.error(error),
})
const template = await findTemplate(db)
const clock = () => new Date()
const reader: LeadReader = { find: async (companyId, id) => ({ ...template, companyId, id }) }
const app = makeApp({ db: withoutLeads(db), writer: makeMemoryWriter(clock, template), reader, clock })
const server = await buildServer(config, app, () => true)
await server.listen({ host: config.host, port: config.port })
process.once('SIGTERM', () => process.exit(0))
