import { afterEach, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Call, clientOf, errorOf } from './client.ts'

let server: TestServer

afterEach(() => server.close())

describe('the limit of a token', () => {
  it('counts each request exactly once, whatever becomes of it, and then answers 429', async () => {
    server = await startServer({ RENOVATIONFIND_LIMITS: '5m:13' })
    const company = await server.company()
    const call = clientOf(server, company)
    const leadId = await server.offer(company.companyId)
    const lead = `/general-leads/${leadId}`
    const form = new FormData()
    form.append('file', new Blob(['Measure twice']), 'a.txt')
    const referral = { firstName: 'John', lastName: 'Doe', phone: '5551234567' }
    const requests: [status: number, method: string, path: string, call?: Call][] = [
      [200, 'GET', '/general-leads'],
      [400, 'GET', '/general-leads?limit=0'],
      [200, 'GET', lead],
      [409, 'POST', `${lead}/attachments`, { body: form }],
      [400, 'POST', `${lead}/decline`, { body: { reason: '' } }],
      [200, 'POST', `${lead}/accept`],
      [201, 'POST', `${lead}/attachments`, { body: form }],
      [415, 'POST', `${lead}/attachments`, { body: {} }],
      [404, 'DELETE', `${lead}/attachments/7`],
      [200, 'GET', `${lead}/attachments`],
      [201, 'POST', '/referral-requests', { body: referral }],
      [200, 'POST', '/referral-requests', { body: referral }],
      [400, 'PUT', `${lead}/status`, { body: { status: 'WON' } }],
    ]
    for (const [status, method, path, sent] of requests) expect((await call(method, path, sent)).status).toBe(status)
    const refused: typeof requests = [
      [429, 'GET', '/general-leads'],
      [429, 'POST', `${lead}/attachments`, { body: form }],
      [429, 'POST', '/referral-requests?skipDuplicates=false', { body: referral }],
      [429, 'PUT', `${lead}/status`, { body: { status: 'QUOTE_SENT' } }],
    ]
    for (const [status, method, path, sent] of refused) {
      const answer = await call(method, path, sent)
      expect(answer.status).toBe(status)
      errorOf(answer)
      const wait = Number(answer.headers.get('retry-after'))
      expect(wait).toBeGreaterThan(200)
      expect(wait).toBeLessThanOrEqual(300)
    }
    const [row] = await server.db.query<{ requests: number; files: number }>({
      text: 'SELECT (SELECT count(*) FROM referral_request) AS requests, (SELECT count(*) FROM attachment) AS files',
    })
    expect(row).toEqual({ requests: 1, files: 1 })
  })
})
