import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { type Client, clientOf, errorOf } from './client.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']
/** Every path with the methods that it has. */
const PATHS: readonly [path: string, allow: string][] = [
  ['/general-leads', 'GET, HEAD'],
  ['/general-leads/1', 'GET, HEAD'],
  ['/general-leads/1/status', 'PUT'],
  ['/general-leads/1/accept', 'POST'],
  ['/general-leads/1/decline', 'POST'],
  ['/general-leads/1/viewed', 'POST'],
  ['/general-leads/1/attachments', 'GET, HEAD, POST'],
  ['/general-leads/1/attachments/1', 'DELETE, GET, HEAD'],
  ['/referral-requests', 'POST'],
]

let server: TestServer
let company: TestCompany
let call: Client

async function start(limit: number): Promise<void> {
  server = await startServer({ RENOVATIONFIND_LIMITS: `5m:${limit}` })
  company = await server.company()
  call = clientOf(server, company)
}

afterEach(() => server.close())

describe('a method that a path does not have', () => {
  beforeEach(() => start(3000))

  it.each(PATHS)('is refused with 405 on %s, saying which ones it has', async (path, allow) => {
    for (const method of METHODS.filter((one) => !allow.split(', ').includes(one))) {
      const answer = await call(method, path)
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, allow])
      expect(errorOf(answer)).toBe(`This path has no ${method}; its methods are ${allow}.`)
    }
  })

  it('is refused whatever the body holds, and with a slash at the end of the path', async () => {
    const unread = [{ body: '{"broken' }, { body: '', headers: { 'content-type': 'nonsense' } }]
    for (const sent of unread) expect((await call('POST', '/general-leads/1/status', sent)).status).toBe(405)
    expect((await call('DELETE', '/general-leads/')).status).toBe(405)
  })

  it('is 401 without credentials and tells no methods', async () => {
    const answer = await clientOf(server, null)('DELETE', '/general-leads')
    expect([answer.status, answer.headers.get('allow')]).toEqual([401, null])
    errorOf(answer)
  })

  it('is 404 on a path that is none', async () => {
    const answer = await call('DELETE', '/general-leads/1/estimate')
    expect([answer.status, answer.headers.get('allow')]).toEqual([404, null])
  })
})

it('a refused method counts as one request against the limit of its token', async () => {
  await start(2)
  const statuses: number[] = []
  for (const method of ['DELETE', 'GET', 'GET', 'DELETE']) statuses.push((await call(method, '/general-leads')).status)
  expect(statuses).toEqual([405, 200, 429, 429])
})
