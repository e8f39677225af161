import { randomBytes } from 'node:crypto'
import { addCompany } from '../../src/app/credentials/add-company.ts'
import { addUser } from '../../src/app/credentials/add-user.ts'
import { offerLead } from '../../src/app/leads/offer-lead.ts'
import { startServer as compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import type { EditableField } from '../../src/core/lead/properties.ts'
import type { Database } from '../../src/store/database.ts'
import { freshDatabase } from './database.ts'

export interface TestCompany {
  readonly companyId: number
  readonly email: string
  readonly password: string
  readonly token: string
  readonly apiKey: string
}

export interface TestServer {
  readonly baseUrl: string
  readonly db: Database
  /** A new company with an admin user, a token and a key. */
  company(): Promise<TestCompany>
  /** A new operator, who belongs to no company. */
  operator(): Promise<Pick<TestCompany, 'email' | 'password'>>
  /** Offers a lead to the company; resolves to its id. */
  offer(companyId: number, fields?: Partial<Record<EditableField | 'projectDetailsHtml', unknown>>): Promise<number>
  close(): Promise<void>
}

/** A real server on a free loopback port over a fresh database. `settings` are environment variables. */
export async function startServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const database = await freshDatabase()
  const env = {
    PORT: '0',
    LOG_LEVEL: 'error',
    CONSTRUCTIONONLINE_LIMITS: 'off',
    RENOVATIONFIND_LIMITS: 'off',
    // Whatever machine this is: what two lanes do at once is to be seen in every test.
    WRITER_LANES: '2',
    ...settings,
  }
  const running = await compose(readConfig(env, process.cwd()), database.connection, () => undefined)
  const { app } = running
  return {
    baseUrl: running.baseUrl,
    db: app.db,
    async company() {
      const unique = randomBytes(6).toString('hex')
      const email = `office-${unique}@example.com`
      const password = `long enough ${unique}`
      const made = await addCompany(app, { name: `Company ${unique}`, email, password, tokenDays: 30 })
      return { companyId: made.company.id, email, password, token: made.token, apiKey: made.apiKey }
    },
    async operator() {
      const unique = randomBytes(6).toString('hex')
      const login = { email: `operator-${unique}@example.com`, password: `long enough ${unique}` }
      await addUser(app, { companyId: null, role: 'operator', name: `Operator ${unique}`, ...login })
      return login
    },
    async offer(companyId, fields = {}) {
      const lead = await offerLead(app, { companyId, fields: { ...HOMEOWNER, ...fields } })
      return lead.id
    },
    async close() {
      await running.close()
      await database.drop()
    },
  }
}

const HOMEOWNER = {
  firstName: 'Jordan',
  lastName: 'Miller',
  email: 'jordan@example.com',
  phone: '403-555-0142',
  address: '12 Elm Street',
  city: 'Calgary',
  state: 'AB',
  zip: 'T2P 1A1',
  category: 'Kitchen renovation',
  originalDescription: 'New cabinets and an island.',
}
