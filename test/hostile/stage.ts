import { afterAll, expect } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import type { Endpoint, Face, Target } from './endpoints.ts'
import { BOUNDARY } from './endpoints.ts'
import { type Headers, type HttpAnswer, type HttpRequest, send } from './http.ts'

/** Everything that a refused request must leave as it was: row counts, and a hash of all leads. */
export type Rows = Readonly<Record<string, unknown>>

/** A server with two companies, each with an unanswered offer and an accepted lead that holds one file. */
export class HostileStage {
  readonly server: TestServer
  readonly mine: Holder
  readonly theirs: Holder

  constructor(server: TestServer, mine: Holder, theirs: Holder) {
    this.server = server
    this.mine = mine
    this.theirs = theirs
  }

  send(request: HttpRequest): Promise<HttpAnswer> {
    return send(this.server.baseUrl, request)
  }

  /** Calls an operation on my own targets with my credentials, but for what is given. */
  call(endpoint: Endpoint, { target, headers, ...given }: Partial<HttpRequest> & { target?: Target } = {}) {
    const { method, face, type, body } = endpoint
    const path = endpoint.path(target ?? targetOf(endpoint, this.mine))
    const typed: Headers = type === undefined ? {} : { 'content-type': type }
    return this.send({
      method,
      path,
      ...(body === undefined ? {} : { body }),
      ...given,
      headers: { ...credentialsFor(face, this.mine.company), ...typed, ...headers },
    })
  }

  async rows(companyId: number | null = null): Promise<Rows> {
    const [row] = await this.server.db.query<Rows>({
      text: `SELECT (SELECT count(*) FROM lead WHERE company_id = coalesce($1, company_id)) AS leads,
        (SELECT coalesce(sum(revision), 0) FROM lead WHERE company_id = coalesce($1, company_id)) AS revisions,
        (SELECT md5(string_agg(lead::text, '|' ORDER BY company_id, id)) FROM lead
          WHERE company_id = coalesce($1, company_id)) AS contents,
        (SELECT count(*) FROM timeline WHERE company_id = coalesce($1, company_id)) AS timeline,
        (SELECT count(*) FROM attachment WHERE company_id = coalesce($1, company_id)) AS attachments,
        (SELECT count(*) FROM attachment_chunk WHERE company_id = coalesce($1, company_id)) AS chunks,
        (SELECT count(*) FROM referral_request WHERE company_id = coalesce($1, company_id)) AS referrals,
        (SELECT count(*) FROM idempotency WHERE company_id = coalesce($1, company_id)) AS idempotency`,
      values: [companyId],
    })
    if (row === undefined) throw new Error('The store gives no row.')
    return row
  }

  /** Failed log-ins are throttled by address and by client; a table of bad credentials is both many times over. */
  async forgetFailedLogins(): Promise<void> {
    await this.server.db.query({ text: 'DELETE FROM auth_failure', values: [] })
  }

  /** A new lead of my company in the state that the endpoint needs. */
  async freshTarget(endpoint: Endpoint): Promise<Target> {
    const { companyId } = this.mine.company
    if (endpoint.needs === 'offer') return { lead: await this.server.offer(companyId), attachment: 0 }
    return acceptedLead(this.server, this.mine.company)
  }
}

/** A company and what it has. */
export interface Holder {
  readonly company: TestCompany
  readonly offered: Target
  readonly accepted: Target
}

export function targetOf({ needs }: Endpoint, { offered, accepted }: Holder): Target {
  return needs === 'offer' ? offered : accepted
}

export function credentialsFor(face: Face, company: TestCompany): Record<string, string> {
  return face === 'renovationfind' ? bearer(company.token) : basicWithKey(company)
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

export function basic(email: string, password: string): string {
  return `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
}

export function basicWithKey({ email, password, apiKey }: TestCompany): Record<string, string> {
  return { authorization: basic(email, password), apikey: apiKey }
}

/** The stage of a test file; its server starts while the file is loaded and stops after its last test. */
export async function makeStage(settings: Record<string, string> = {}): Promise<HostileStage> {
  const server = await startServer({ ATTACHMENT_MB_MAX: '1', ...settings })
  afterAll(() => server.close())
  return new HostileStage(server, await holder(server), await holder(server))
}

async function holder(server: TestServer): Promise<Holder> {
  const company = await server.company()
  const offered = { lead: await server.offer(company.companyId), attachment: 1 }
  return { company, offered, accepted: await acceptedLead(server, company) }
}

async function acceptedLead(server: TestServer, company: TestCompany): Promise<Target> {
  const lead = await server.offer(company.companyId)
  const path = `/rest-api-v1/general-leads/${lead}`
  const headers = bearer(company.token)
  await send(server.baseUrl, { method: 'POST', path: `${path}/accept`, headers })
  const body = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nA\r\n--${BOUNDARY}--\r\n`
  const type = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
  const request = { method: 'POST', path: `${path}/attachments`, headers: { ...headers, ...type }, body }
  const { json } = await send(server.baseUrl, request)
  const { data } = json as { data: { id: number }[] }
  return { lead, attachment: data[0]?.id ?? -1 }
}

/** Words that only a fault of our own would put into an error text. */
const LEAK = /undefined|\[object|node_modules|\.ts\b|\bat \w+ \(|syntax error at|pg_|SELECT |INSERT |ECONN|FST_ERR/

/** What is wrong with a refusal of this face: "" when it has one of the statuses and exactly the face's error form. */
export function refusalFault(
  face: Face,
  { status, headers, text, json }: HttpAnswer,
  statuses: readonly number[],
): string {
  const faults: string[] = []
  if (!statuses.includes(status)) faults.push(`${status} instead of ${statuses.join(' or ')}`)
  if (headers['content-type'] !== 'application/json; charset=utf-8') faults.push(`type ${headers['content-type']}`)
  const message = messageOf(face, json)
  if (message === null) faults.push(`not the error form: ${text.slice(0, 200)}`)
  else if (message.trim() === '' || LEAK.test(message)) faults.push(`a text that tells too much or nothing: ${message}`)
  const challenge = face === 'renovationfind' ? 'Bearer' : 'Basic'
  if (status === 401 && !headers['www-authenticate']?.startsWith(challenge)) faults.push('no challenge')
  return faults.join('; ')
}

/** The text of an error in exactly the face's form, else null. */
export function messageOf(face: Face, json: unknown): string | null {
  if (typeof json !== 'object' || json === null) return null
  const { success, error, Message, ...rest } = json as Record<string, unknown>
  if (Object.keys(rest).length > 0) return null
  if (face === 'renovationfind')
    return success === false && typeof error === 'string' && Message === undefined ? error : null
  return typeof Message === 'string' && success === undefined && error === undefined ? Message : null
}

/** Runs attempts one after the other and gives the faults of all, each under the name of its attempt. */
export async function faultsOf<T extends { readonly name: string }>(
  attempts: readonly T[],
  judge: (attempt: T) => Promise<string>,
): Promise<string[]> {
  const faults: string[] = []
  for (const attempt of attempts) {
    const fault = await judge(attempt)
    if (fault !== '') faults.push(`${attempt.name}: ${fault}`)
  }
  return faults
}

/** Runs work that must leave every row of the store as it is. */
export async function writingNothing<T>(stage: HostileStage, work: () => Promise<T>): Promise<T> {
  const before = await stage.rows()
  const result = await work()
  expect(await stage.rows()).toEqual(before)
  return result
}
