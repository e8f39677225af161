import { onTestFinished } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { type Client, clientOf } from '../native/client.ts'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { addEndpoint, type EndpointOptions, SECRET_KEY } from './endpoints.ts'
import { type Receiver, startReceiver } from './receiver.ts'

export const WEBHOOK_SETTINGS = {
  SECRET_KEY,
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
  WEBHOOK_RETRY_SCHEDULE: '0,0.3,0.3,0.3,0.3,0.3',
}

/** A server that may send to loopback, and quickly tries again. */
export function startSender(settings: Record<string, string> = {}): Promise<TestServer> {
  return startServer({ ...WEBHOOK_SETTINGS, ...settings })
}

export interface Office {
  readonly company: TestCompany
  readonly call: Client
  readonly receiver: Receiver
  readonly endpointId: number
  readonly secret: string
}

/** A company with one endpoint at a receiver of its own. */
export async function openOffice(server: TestServer, options: EndpointOptions = {}): Promise<Office> {
  const company = await server.company()
  const receiver = await startReceiver()
  onTestFinished(() => receiver.close())
  const endpoint = await addEndpoint(server.db, company.companyId, receiver.url, options)
  return { company, call: clientOf(server, company), receiver, ...endpoint }
}

export async function makeLead({ call }: Pick<Office, 'call'>, fields: Record<string, unknown> = {}): Promise<number> {
  const made = await call('POST', '/leads', { body: { firstName: 'Ada', phone: '4035550100', ...fields } })
  return Number(made.body['id'])
}

export interface Logged {
  readonly leadId: number
  readonly event: string
  readonly attempt: number
  readonly outcome: string
  readonly status: number | null
  readonly answer: string | null
  readonly error: string | null
}

export function readLog(db: Database, companyId: number): Promise<Logged[]> {
  return db.query<Logged>({
    text: `SELECT lead_id AS "leadId", event, attempt, outcome, status, answer, error FROM webhook_attempt
      WHERE company_id = $1 ORDER BY id`,
    values: [companyId],
  })
}

/** Waits until something holds of the store. */
export async function untilTrue(holds: () => Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('it does not come to be so')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

export async function countQueued(db: Database, companyId: number): Promise<number> {
  const [row] = await db.query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM webhook_delivery WHERE company_id = $1',
    values: [companyId],
  })
  return row?.n ?? -1
}
