import { addCompany } from '../../src/app/credentials/add-company.ts'
import { issueToken } from '../../src/app/credentials/issue-token.ts'
import { revokeToken } from '../../src/app/credentials/revoke-token.ts'
import { offerLead } from '../../src/app/leads/offer-lead.ts'
import { startServer as compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { type Client, clientOf } from '../native/client.ts'
import { freePort } from '../support/child-server.ts'
import { freshDatabase } from '../support/database.ts'
import { startServer, type TestServer } from '../support/server.ts'

type Json = Record<string, unknown>

const SETTINGS = { SYNC_ALLOW_PRIVATE_ADDRESSES: 'true', SECRET_KEY: 'a key of at least 32 characters for tests' }

const NO_LIMITS = { RENOVATIONFIND_LIMITS: 'off', CONSTRUCTIONONLINE_LIMITS: 'off' }

/** Something that comes true by itself within 20 seconds: what a look shows when it does. */
export async function eventually<T>(look: () => Promise<T>, isThere: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const seen = await look()
    if (isThere(seen)) return seen
    if (tries === 100) throw new Error(`it did not come true: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** An installation that plays the upstream, and can be stopped and started again on its port and store. */
export interface Upstream {
  readonly baseUrl: string
  readonly token: string
  /** What a ConstructionOnline client of the same company signs in with. */
  readonly online: { readonly email: string; readonly password: string; readonly apiKey: string }
  /** Revokes the token and issues another one. */
  replaceToken(): Promise<string>
  /** The token of another company of the same installation. */
  strangerToken(): Promise<string>
  readonly call: Client
  /** Offers a lead; resolves to its id, as text. */
  offer(fields?: Json): Promise<string>
  /** The lead as the upstream's own office sees it. */
  lead(id: string): Promise<Json>
  /** Statements as its support would make them. */
  sql(text: string, values: readonly unknown[]): Promise<Json[]>
  stop(): Promise<void>
  start(settings?: Record<string, string>): Promise<void>
  close(): Promise<void>
}

export async function openUpstream(settings: Record<string, string> = {}): Promise<Upstream> {
  const database = await freshDatabase()
  const port = await freePort()
  const start = (more: Record<string, string>) => {
    const env = { PORT: String(port), LOG_LEVEL: 'error', ...NO_LIMITS, ...SETTINGS, ...more }
    return compose(readConfig(env, process.cwd()), database.connection, () => undefined)
  }
  let running: Awaited<ReturnType<typeof start>> | null = await start(settings)
  const alive = () => running ?? fail('The upstream is stopped.')
  const login = { email: 'office@elm.example', password: 'a long enough password' }
  const { company, token: first, apiKey } = await addCompany(alive().app, { name: 'Elm', ...login, tokenDays: 30 })
  let token = first
  const baseUrl = `http://127.0.0.1:${port}`
  const call: Client = (...wish) => clientOf({ baseUrl }, { token })(...wish)
  const stop = async () => {
    await running?.close()
    running = null
  }
  return {
    baseUrl,
    get token() {
      return token
    },
    online: { ...login, apiKey },
    async replaceToken() {
      const { app } = alive()
      const old = await app.db.query<{ id: string }>({ text: 'SELECT id FROM api_token', values: [] })
      token = (await issueToken(app, { companyId: company.id, name: 'another', days: 30 })).token
      for (const { id } of old) await revokeToken(app, company.id, id)
      return token
    },
    async strangerToken() {
      const other = { name: 'Oak', email: 'office@oak.example', password: 'a long enough password', tokenDays: 30 }
      return (await addCompany(alive().app, other)).token
    },
    call,
    async offer(fields = {}) {
      const homeowner = { firstName: 'Jordan', lastName: 'Miller', email: 'jordan@example.com', category: 'Kitchen' }
      const lead = await offerLead(alive().app, { companyId: company.id, fields: { ...homeowner, ...fields } })
      return String(lead.id)
    },
    lead: async (id) => (await call('GET', `/leads/${id}`)).body,
    sql: (text, values) => alive().app.db.query<Json>({ text, values: [...values] }),
    stop,
    async start(more = {}) {
      running = await start({ ...settings, ...more })
    },
    async close() {
      await stop()
      await database.drop()
    },
  }
}

function fail(text: string): never {
  throw new Error(text)
}

/** Our installation with one connection. */
export interface Desk {
  readonly server: TestServer
  readonly companyId: number
  readonly token: string
  readonly call: Client
  readonly connectionId: number
  connection(): Promise<Json>
  /** Links a lead by its id there; resolves to ours. */
  link(upstreamId: string, accept?: boolean): Promise<number>
  lead(id: number): Promise<Json>
  /** Offers a lead here, as the operator would who was told its id there; resolves to ours. */
  offer(upstreamId: string, fields: Json): Promise<number>
  report(id: number, body: Json): Promise<void>
  /** Asks for a run and waits for its end. */
  run(): Promise<Json>
  openConflicts(): Promise<Json[]>
  close(): Promise<void>
}

interface Account {
  readonly kind: 'renovationfind' | 'constructiononline'
  readonly baseUrl: string
  readonly credentials: Json
}

export async function openDesk(account: Account, more: Json = {}): Promise<Desk> {
  const server = await startServer(SETTINGS)
  return { ...(await deskAt(server, account, more)), close: () => server.close() }
}

/** A server for several desks, each of a company of its own. */
export function openServer(): Promise<TestServer> {
  return startServer(SETTINGS)
}

/** A company with one connection; closing it takes the connection away. */
export async function deskAt(server: TestServer, account: Account, more: Json = {}): Promise<Desk> {
  const company = await server.company()
  const call = clientOf(server, company)
  const body = { ...account, limits: 'off', ...more }
  const connectionId = Number((await done(call('POST', '/connections', { body }), 201))['id'])
  const connection = () => done(call('GET', `/connections/${connectionId}`), 200)
  return {
    server,
    companyId: company.companyId,
    token: company.token,
    call,
    connectionId,
    connection,
    async link(upstreamId, accept = true) {
      const wish = { body: { upstreamId, accept } }
      return Number((await done(call('POST', `/connections/${connectionId}/leads`, wish), 201))['leadId'])
    },
    lead: (id) => done(call('GET', `/leads/${id}`), 200),
    async offer(upstreamId, fields) {
      const id = await server.offer(company.companyId, fields)
      const text = 'UPDATE lead SET source_reference = $2 WHERE id = $1'
      await server.db.query({ text, values: [id, upstreamId] })
      return id
    },
    async report(id, report) {
      await done(call('POST', `/leads/${id}/status`, { body: report }), 200)
    },
    async run() {
      const last = runOf(await connection()).id
      await done(call('POST', `/connections/${connectionId}/run`), 200)
      // The run and what it left behind are two rows, and may be read at two moments.
      const isOver = (seen: Json) => {
        const { id, startedAt } = runOf(seen)
        return id > last && Date.parse(String(seen['lastRunAt'])) >= Date.parse(startedAt)
      }
      return eventually(connection, isOver)
    },
    async openConflicts() {
      return (await done(call('GET', '/conflicts'), 200))['conflicts'] as Json[]
    },
    async close() {
      await done(call('DELETE', `/connections/${connectionId}`), 204)
    },
  }
}

function runOf(connection: Json): { id: number; startedAt: string } {
  const run = connection['lastRun'] as { id: number; startedAt: string } | null
  return run ?? { id: 0, startedAt: '' }
}

async function done(answer: ReturnType<Client>, status: number): Promise<Json> {
  const { status: got, body, text } = await answer
  if (got !== status) throw new Error(`${got} in place of ${status}: ${text}`)
  return body
}
