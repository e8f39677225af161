import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { type Client, clientOf } from '../client.ts'
import { ask } from './made-leads.ts'

let server: TestServer
let company: TestCompany
let call: Client
let first: number
let second: number

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
  call = clientOf(server, company)
  first = await make({ firstName: 'First', email: 'Same@Example.com', phone: '(416) 555-0101' })
  second = await make({ firstName: 'Second', email: 'other@example.com', mobilePhone: '+1 416.555.0101' })
  await make({ firstName: 'Third', phone: '416-555-0102' })
  await ask(call, 'DELETE', `/leads/${await make({ firstName: 'Gone', email: 'same@example.com' })}`)
  await server.offer(company.companyId, { email: 'same@example.com', phone: '4165550101' })
  await ask(clientOf(server, await server.company()), 'POST', '/leads', {
    firstName: 'Theirs',
    email: 'same@example.com',
  })
})
afterAll(() => server.close())

async function make(fields: Record<string, unknown>): Promise<number> {
  return (await ask(call, 'POST', '/leads', fields))['id'] as number
}

async function found(query: Record<string, string>): Promise<number[]> {
  const { leads } = (await ask(call, 'GET', `/leads/duplicates?${new URLSearchParams(query)}`)) as unknown as {
    leads: { id: number }[]
  }
  return leads.map(({ id }) => id)
}

describe('GET /v1/leads/duplicates', () => {
  it('finds by e-mail address in any letter case; no deleted lead, no unanswered offer, none of another company', async () => {
    expect(await found({ email: 'SAME@example.COM' })).toEqual([first])
  })

  it.each(['4165550101', '+1 (416) 555-0101', '001-416-555-0101', '+49 416 555 0101'])(
    'finds by the last ten digits of a phone: %s',
    async (phone) => {
      expect(await found({ phone })).toEqual([second, first])
    },
  )

  it('finds by either, and leaves one out', async () => {
    expect(await found({ email: 'other@example.com', phone: '416 555 0102' })).toHaveLength(2)
    expect(await found({ phone: '416 555 0101', except: String(second) })).toEqual([first])
  })

  it('finds nobody by nothing', async () => {
    for (const query of [{}, { phone: '555' }, { phone: '' }, { email: '' }, { email: '%' }]) {
      expect(await found(query as Record<string, string>)).toEqual([])
    }
  })
})
