import { listedRevision } from '../support/lists.ts'
import type { TestCompany, TestServer } from '../support/server.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The parsed JSON of the answer. */
  readonly body: unknown
}

export type LeadRecord = Readonly<Record<string, string | number | null>>

export const GREG = {
  FIRSTNAME: 'Greg',
  LASTNAME: 'Smith',
  DISPLAY_NAME: 'Greg Smith',
  EMAIL: 'greg@example.com',
} as const

export function basic(user: string, password: string, encoding: BufferEncoding = 'utf8'): string {
  return `Basic ${Buffer.from(`${user}:${password}`, encoding).toString('base64')}`
}

export function credentialsOf({ email, password, apiKey }: TestCompany): Record<string, string> {
  return { authorization: basic(email, password), apikey: apiKey }
}

/** A client of the ConstructionOnline API with one company's credentials. */
export class OnlineClient {
  readonly #server: TestServer
  readonly company: TestCompany

  constructor(server: TestServer, company: TestCompany) {
    this.#server = server
    this.company = company
  }

  /** Sends a request to `/api` + `path`; a body that is not text or bytes goes out as JSON. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const init: RequestInit = { method, headers: { ...credentialsOf(this.company), ...headers } }
    if (body !== undefined) {
      init.body =
        typeof body === 'string' || body instanceof Uint8Array
          ? (body as NonNullable<RequestInit['body']>)
          : JSON.stringify(body)
    }
    const response = await fetch(`${this.#server.baseUrl}/api${path}`, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }

  get(query = '', headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', `/Leads${query}`, undefined, headers)
  }

  post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', '/Leads', body, headers)
  }

  put(id: unknown, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('PUT', `/Leads?id=${id}`, body, headers)
  }

  /** Creates a lead; resolves to its record. */
  async create(properties: Readonly<Record<string, unknown>> = {}): Promise<LeadRecord> {
    return this.#expectRecord(await this.post({ ...GREG, ...properties }))
  }

  /** The record of a lead as GET shows it. */
  async read(id: unknown): Promise<LeadRecord> {
    return this.#expectRecord(await this.get(`?id=${id}`))
  }

  /** A call to the sister API with the company's token. */
  async sister(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.company.token}`, 'content-type': 'application/json' }
    const init: RequestInit = { method, headers, body: JSON.stringify(body ?? {}) }
    const response = await fetch(`${this.#server.baseUrl}/rest-api-v1/general-leads/${path}`, init)
    return { status: response.status, headers: response.headers, body: await response.json() }
  }

  #expectRecord({ status, body }: Answer): LeadRecord {
    if (status !== 200) throw new Error(`expected a record, got ${status} ${JSON.stringify(body)}`)
    return body as LeadRecord
  }
}

export async function newClient(server: TestServer): Promise<OnlineClient> {
  return new OnlineClient(server, await server.company())
}

/** How often a lead was changed: rows of its timeline, its revision and the one in lists, which must be the same. */
export async function changesOf(server: TestServer, id: unknown): Promise<number> {
  const listed = await listedRevision(server.db, id)
  const [row] = await server.db.query<{ timeline: number; revision: number }>({
    text: `SELECT (SELECT count(*)::int FROM timeline WHERE lead_id = $1) AS timeline,
                  (SELECT revision FROM lead WHERE id = $1) AS revision`,
    values: [id],
  })
  if (row === undefined || row.timeline !== listed || row.timeline !== row.revision) {
    throw new Error(`timeline, lists and revision differ: ${JSON.stringify({ ...row, listed })}`)
  }
  return row.revision
}

export async function leadCount(server: TestServer): Promise<number> {
  const [row] = await server.db.query<{ count: number }>({ text: 'SELECT count(*)::int AS count FROM lead' })
  return row?.count ?? 0
}
