import { afterAll } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { type Answer, type Client, clientOf } from '../client.ts'

/** A server with two companies; each lead of a test is made for it. */
export class LeadStage {
  readonly server: TestServer
  readonly company: TestCompany
  readonly other: TestCompany
  readonly call: Client
  readonly asOther: Client
  readonly asNobody: Client

  constructor(server: TestServer, company: TestCompany, other: TestCompany) {
    this.server = server
    this.company = company
    this.other = other
    this.call = clientOf(server, company)
    this.asOther = clientOf(server, other)
    this.asNobody = clientOf(server, null)
  }

  /** A lead that was offered and not answered. */
  offered(fields: Record<string, unknown> = {}): Promise<number> {
    return this.server.offer(this.company.companyId, fields)
  }

  /** A lead that was offered and accepted; its revision is 2. */
  async accepted(fields: Record<string, unknown> = {}): Promise<number> {
    const id = await this.offered(fields)
    expectStatus(await this.call('POST', `/leads/${id}/accept`), 200)
    return id
  }

  /** An active user of a company; the first is the admin that came with it. */
  async userOf({ companyId }: TestCompany): Promise<number> {
    const [row] = await this.server.db.query<{ id: number }>({
      text: 'SELECT id FROM app_user WHERE company_id = $1 ORDER BY id LIMIT 1',
      values: [companyId],
    })
    return row?.id ?? -1
  }
}

export async function makeLeadStage(): Promise<LeadStage> {
  const server = await startServer()
  afterAll(() => server.close())
  return new LeadStage(server, await server.company(), await server.company())
}

export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`expected ${status}: ${answer.status} ${answer.text}`)
  return answer
}
