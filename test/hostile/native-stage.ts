import { afterAll, expect } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type Headers, type HttpAnswer, type HttpRequest, send } from './http.ts'
import { NATIVE_ENDPOINTS, type NativeEndpoint, type NativeIds, sentBody, UPLOAD } from './native-endpoints.ts'
import { bearer } from './stage.ts'

/** Who calls: a user of each role by session, a program by token. */
export type Role = 'admin' | 'member' | 'operator' | 'token'

export interface NativeHolder {
  readonly company: TestCompany
  readonly ids: NativeIds
  /** The address of the company's form. */
  readonly slug: string
  readonly credentials: { readonly [R in Exclude<Role, 'operator'>]: Headers }
}

export class NativeStage {
  readonly server: TestServer
  readonly mine: NativeHolder
  readonly theirs: NativeHolder
  readonly #operator: Headers

  constructor(server: TestServer, mine: NativeHolder, theirs: NativeHolder, operator: Headers) {
    this.server = server
    this.mine = mine
    this.theirs = theirs
    this.#operator = operator
  }

  /** The headers of a caller; those of a session come with an Origin of this site. */
  credentialsOf(role: Role): Headers {
    return role === 'operator' ? this.#operator : this.mine.credentials[role]
  }

  /** The first role that may call an operation. */
  roleFor({ access }: Pick<NativeEndpoint, 'access'>): Role {
    return access === 'operator' ? 'operator' : 'admin'
  }

  send(request: HttpRequest): Promise<HttpAnswer> {
    return send(this.server.baseUrl, request)
  }

  /** Calls an operation on my own things as somebody who may, but for what is given. */
  call(
    endpoint: NativeEndpoint,
    { ids = this.mine.ids, headers, ...given }: Partial<HttpRequest> & { readonly ids?: NativeIds } = {},
  ): Promise<HttpAnswer> {
    const { body, headers: typed } = sentBody(endpoint)
    return this.send({
      method: endpoint.method,
      path: endpoint.path(ids),
      ...(body === undefined ? {} : { body }),
      ...given,
      headers: { ...typed, ...this.credentialsOf(this.roleFor(endpoint)), ...headers },
    })
  }

  /** Everything that a refused request must leave as it was, in one text; when somebody was seen last is left out. */
  async contents(): Promise<string> {
    const [row] = await this.server.db.query<{ contents: string }>({
      text: `SELECT concat_ws(' ', ${TABLES.map((table) => `(${hashOf(table)})`).join(', ')}) AS contents`,
      values: [],
    })
    if (row === undefined) throw new Error('The store gives no row.')
    return row.contents
  }

  async forgetFailedLogins(): Promise<void> {
    await this.server.db.query({ text: 'DELETE FROM auth_failure', values: [] })
  }
}

const TABLES = [
  'company',
  'app_user',
  'api_token',
  'api_key',
  'invitation',
  'saved_view',
  'app_session',
  'password_reset',
  'login_challenge',
  'recovery_code',
  'lead',
  'timeline',
  'attachment',
  'attachment_chunk',
  'idempotency',
  'webhook_endpoint',
  'webhook_secret',
  'connection',
  'connection_lead',
  'lead_conflict',
] as const

/** What the server itself writes as time goes by: uses of credentials, the relay's marks, and what senders and syncs do. */
const MOVING = [
  ...['last_seen_at', 'last_used_at', 'data', 'owner', 'owned_until', 'failing_since', 'windows', 'looked_at'],
  ...['changed_revision', 'dirty'],
  ...[
    'next_run_at',
    'rests_until',
    'last_run_at',
    'last_ok_at',
    'failures',
    'broken_until',
    'limited_until',
    'last_error',
  ],
]

function hashOf(table: (typeof TABLES)[number]): string {
  const row = `(to_jsonb(t) - '{${MOVING.join(',')}}'::text[])::text`
  return `SELECT '${table}=' || count(*) || ':' || coalesce(md5(string_agg(${row}, '|' ORDER BY ${row})), '') FROM ${table} t`
}

/** Runs work that must leave everything as it is. */
export async function changingNothing<T>(stage: NativeStage, work: () => Promise<T>): Promise<T> {
  const before = await stage.contents()
  const result = await work()
  expect(await stage.contents()).toBe(before)
  return result
}

/** The stage of a test file; its server starts while the file is loaded and stops after its last test. */
export async function makeNativeStage(): Promise<NativeStage> {
  const settings = { ATTACHMENT_MB_MAX: '1', SECRET_KEY: 'a key of at least 32 characters for tests' }
  const server = await startServer(settings)
  afterAll(() => server.close())
  const operator = await signIn(server, await server.operator())
  return new NativeStage(server, await holder(server), await holder(server), operator)
}

/** Signs in and gives the headers of a browser that did. */
export async function signIn(
  { baseUrl }: TestServer,
  { email, password }: Pick<TestCompany, 'email' | 'password'>,
): Promise<Headers> {
  const headers = { 'content-type': 'application/json', origin: baseUrl }
  const body = JSON.stringify({ email, password })
  return sessionOf(baseUrl, await send(baseUrl, { method: 'POST', path: '/v1/session', headers, body }))
}

function sessionOf(baseUrl: string, { status, headers, text }: HttpAnswer): Headers {
  const [cookie] = headers['set-cookie'] ?? []
  if (cookie === undefined) throw new Error(`No session: ${status} ${text}`)
  return { origin: baseUrl, cookie: cookie.split(';', 1)[0] ?? '' }
}

async function holder(server: TestServer): Promise<NativeHolder> {
  const company = await server.company()
  const { baseUrl } = server
  const admin = await signIn(server, company)
  const json = { ...admin, 'content-type': 'application/json' }
  const ask = async (method: string, path: string, body?: unknown) => {
    const sent = body === undefined ? { headers: admin } : { headers: json, body: JSON.stringify(body) }
    const answer = await send(baseUrl, { method, path: `/v1${path}`, ...sent })
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer
  }
  const invite = async (name: string) => {
    const email = `${name}-${company.companyId}@example.com`
    return (await ask('POST', '/invitations', { email, role: 'member' })).json as {
      invitation: { id: number }
      link: string
    }
  }
  const link = (await invite('member')).link.split('/').at(-1)
  const joined = await send(baseUrl, {
    method: 'POST',
    path: `/v1/invitations/by-token/${link}`,
    headers: { 'content-type': 'application/json', origin: baseUrl },
    body: JSON.stringify({ name: 'A member', password: company.password }),
  })
  const { form } = (await ask('PATCH', '/company', { form: { enabled: true } })).json as { form: { slug: string } }
  const { apiKeys } = (await ask('GET', '/api-keys')).json as { apiKeys: { id: number }[] }
  const upload = { name: UPLOAD } as NativeEndpoint
  const lead = await server.offer(company.companyId)
  await ask('POST', `/leads/${lead}/accept`)
  const file = sentBody(upload)
  const sent = { method: 'POST', path: `/v1/leads/${lead}/attachments`, ...file }
  const hook = NATIVE_ENDPOINTS.find(({ name }) => name === 'POST /webhook-endpoints')
  const webhook = ((await ask('POST', '/webhook-endpoints', hook?.body)).json as { id: number }).id
  const online = NATIVE_ENDPOINTS.find(({ name }) => name === 'POST /connections')
  const connection = ((await ask('POST', '/connections', online?.body)).json as { id: number }).id
  const held = (await send(baseUrl, { ...sent, headers: { ...file.headers, ...admin } })).json as {
    attachments: { id: number }[]
  }
  return {
    company,
    slug: form.slug,
    credentials: { admin, member: sessionOf(baseUrl, joined), token: bearer(company.token) },
    ids: {
      lead,
      attachment: held.attachments[0]?.id ?? -1,
      offer: await server.offer(company.companyId),
      user: (joined.json as { user: { id: number } }).user.id,
      invitation: (await invite('open')).invitation.id,
      token: ((await ask('POST', '/tokens', { name: 'Another' })).json as { id: string }).id,
      key: apiKeys[0]?.id ?? -1,
      view: ((await ask('POST', '/views', { name: 'Mine', query: 'status=NEW' })).json as { id: number }).id,
      webhook,
      attempt: await attemptOf(server, [company.companyId, webhook, lead]),
      connection,
      conflict: await conflictOf(server, [company.companyId, connection, lead]),
    },
  }
}

/** The last of two calls to an endpoint, as the log keeps them. */
async function attemptOf({ db }: TestServer, of: readonly [company: number, endpoint: number, lead: number]) {
  const rows = await db.query<{ id: number }>({
    text: `INSERT INTO webhook_attempt (company_id, endpoint_id, lead_id, at, message_id, revision, event, event_at,
        attempt, outcome, error, milliseconds)
      SELECT $1, $2, $3, now(), 'msg_' || n, n, 'lead.accepted', now(), 1, 'given-up', 'The name is not known.', 7
      FROM generate_series(1, 2) AS n RETURNING id`,
    values: of,
  })
  return rows.at(-1)?.id ?? -1
}

/** A conflict that waits, as a look at an upstream leaves it behind. */
async function conflictOf({ db }: TestServer, of: readonly [company: number, connection: number, lead: number]) {
  await db.query({
    text: `INSERT INTO connection_lead (company_id, connection_id, lead_id, upstream_id, theirs)
      VALUES ($1, $2, $3, '7', '{"city":"Banff"}')`,
    values: of,
  })
  const [row] = await db.query<{ id: number }>({
    text: `INSERT INTO lead_conflict (company_id, connection_id, lead_id, field, kind, ours, theirs, opened_at)
      VALUES ($1, $2, $3, 'city', 'both-changed', '"Calgary"', '"Banff"', now()) RETURNING id`,
    values: of,
  })
  return row?.id ?? -1
}

/** Words that only a fault of our own would put into an error text. */
const LEAK = /undefined|\[object|node_modules|\.ts\b|\bat \w+ \(|syntax error at|pg_|SELECT |INSERT |ECONN|FST_ERR/
const MEMBERS = ['type', 'title', 'status', 'detail', 'code', 'field', 'retryAfterSeconds', 'current', 'errors']

/** What is wrong with a refusal: "" when it has one of the statuses, and is a problem of RFC 9457 with a code. */
export function problemFault(
  { status, headers, text, json }: HttpAnswer,
  statuses: readonly number[],
  code?: string,
): string {
  if (!statuses.includes(status)) return `${status} instead of ${statuses.join(' or ')}: ${text.slice(0, 200)}`
  if (headers['content-type'] !== 'application/problem+json; charset=utf-8') return `type ${headers['content-type']}`
  if (typeof json !== 'object' || json === null) return `no JSON: ${text.slice(0, 200)}`
  const problem = json as Record<string, unknown>
  const extra = Object.keys(problem).filter((name) => !MEMBERS.includes(name))
  if (extra.length > 0) return `members ${extra.join()}`
  if (problem['status'] !== status || !/^[a-z-]+\.[a-z-]+$/.test(String(problem['code'])))
    return `not a problem: ${text}`
  if (code !== undefined && problem['code'] !== code) return `${String(problem['code'])} instead of ${code}`
  const detail = problem['detail']
  if (typeof detail !== 'string' || detail.trim() === '' || LEAK.test(detail)) return `a detail like ${String(detail)}`
  return headers['x-content-type-options'] === 'nosniff' ? '' : 'no nosniff'
}

/** What is wrong with an answer to something odd that may be right: a fault of the server, or a refusal out of form. */
export function oddFault(answer: HttpAnswer): string {
  return answer.status < 400 ? '' : problemFault(answer, [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429])
}
