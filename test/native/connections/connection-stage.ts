import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { type Browser, openBrowser, signIn } from '../accounts/browser.ts'
import { type Client, clientOf } from '../client.ts'

/** Where nobody listens: a connection may lead there without anybody being called. */
export const NOWHERE = 'http://127.0.0.1:1'
export const TOKEN = 'token-of-the-upstream-account-7f3a'
export const ONLINE = {
  email: 'office@elm.example',
  password: ' a secret pass ',
  apiKey: 'key-of-the-account-0123-9c1d',
}
const SETTINGS = { SYNC_ALLOW_PRIVATE_ADDRESSES: 'true', SECRET_KEY: 'a key of at least 32 characters for tests' }

export interface ConnectionStage {
  readonly server: TestServer
  readonly company: TestCompany
  readonly call: Client
  /** Of another company. */
  readonly other: Client
  readonly stranger: Client
  /** A member of the company, signed in. */
  readonly member: Browser
}

export async function openConnectionStage(settings: Record<string, string> = {}): Promise<ConnectionStage> {
  const server = await startServer({ ...SETTINGS, ...settings })
  const company = await server.company()
  return {
    server,
    company,
    call: clientOf(server, company),
    other: clientOf(server, await server.company()),
    stranger: clientOf(server, null),
    member: await memberOf(server, company),
  }
}

/** Somebody who was invited as a member and has joined. */
async function memberOf(server: TestServer, company: TestCompany): Promise<Browser> {
  const admin = await signIn(server.baseUrl, company)
  const email = `member-${company.companyId}@example.com`
  const { body } = await admin.call('POST', '/invitations', { body: { email, role: 'member' } })
  const member = openBrowser(server.baseUrl)
  const token = String(body['link']).split('/').at(-1)
  const joined = { name: 'A member', password: company.password }
  await member.call('POST', `/invitations/by-token/${token}`, { body: joined })
  return member
}

/** The body of a connection that looks nowhere by itself. */
export function order(kind: 'renovationfind' | 'constructiononline', more: Record<string, unknown> = {}) {
  const credentials = kind === 'renovationfind' ? { token: TOKEN } : ONLINE
  return { kind, baseUrl: NOWHERE, credentials, enabled: false, ...more }
}

/** Adds a connection; gives its id. */
export async function added(call: Client, more: Record<string, unknown> = {}): Promise<number> {
  const { status, body, text } = await call('POST', '/connections', { body: order('constructiononline', more) })
  if (status !== 201) throw new Error(`refused: ${status} ${text}`)
  return Number(body['id'])
}

/** What an engine leaves behind when a look finds that both sides changed one field. */
export async function conflicting(
  { server, company }: Pick<ConnectionStage, 'server' | 'company'>,
  connectionId: number,
  { leadId, field = 'city', ours = 'Calgary', theirs = 'Banff' }: Record<string, unknown> & { leadId: number },
): Promise<number> {
  const { companyId } = company
  await server.db.query({
    text: `INSERT INTO connection_lead (company_id, connection_id, lead_id, upstream_id, base, theirs, theirs_at,
        seen_at, agreed_at)
      VALUES ($1, $2, $3, $4, $5, $6, now(), now(), now()) ON CONFLICT DO NOTHING`,
    values: [companyId, connectionId, leadId, String(900 + leadId), json({ city: 'Canmore' }), json({ city: theirs })],
  })
  const [row] = await server.db.query<{ id: number }>({
    text: `INSERT INTO lead_conflict (company_id, connection_id, lead_id, field, kind, base, ours, ours_at, theirs,
        theirs_at, opened_at)
      VALUES ($1, $2, $3, $4, 'both-changed', '"Canmore"', $5, now(), $6, now(), now()) RETURNING id`,
    values: [companyId, connectionId, leadId, field, json(ours), json(theirs)],
  })
  return row?.id ?? -1
}

function json(value: unknown): string {
  return JSON.stringify(value)
}

/** A lead of the company that was offered and accepted. */
export async function acceptedLead({ server, company, call }: ConnectionStage): Promise<number> {
  const leadId = await server.offer(company.companyId)
  await call('POST', `/leads/${leadId}/accept`)
  return leadId
}
