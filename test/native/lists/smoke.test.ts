import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { clientOf } from '../client.ts'

let server: TestServer
beforeAll(async () => { server = await startServer() })
afterAll(() => server.close())
it('lists', async () => {
  const company = await server.company()
  const call = clientOf(server, company)
  const ids = []
  for (let i = 0; i < 5; i += 1) ids.push(await server.offer(company.companyId))
  await call('POST', `/leads/${ids[2]}/accept`)
  for (const p of ['/board?limit=2', '/board/Offered?limit=2', '/board/Nope', '/board?assignee=none', '/board?assignee=101', '/today', '/leads/duplicates?email=JORDAN@example.com', '/leads/duplicates?phone=%2B1%20403%20555%200142', '/leads/duplicates', '/board?cursor=x', '/today?x=1']) {
    const a = await call('GET', p)
    process.stderr.write(`${p} ${a.status} ${a.text.replace(/"customerCompany.*?"modifiedAt":"[^"]*"/g, '…')}\n`)
  }
  expect(1).toBe(1)
})
