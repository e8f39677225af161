import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

async function counts(): Promise<string[]> {
  const text = await (await fetch(`${server.baseUrl}/metrics`)).text()
  return [...text.matchAll(/^leadwright_http_request_seconds_count(\{.*\} \d+)$/gm)].map(([, series]) => series ?? '')
}

it('/metrics has one series for each method, route and status, whatever ids and paths were asked for', async () => {
  const company = await server.company()
  const leadId = await server.offer(company.companyId)
  const call = async (method: string, path: string, token = company.token) => {
    const answer = await fetch(`${server.baseUrl}${path}`, { method, headers: { authorization: `Bearer ${token}` } })
    await answer.arrayBuffer()
  }
  await call('GET', `/rest-api-v1/general-leads/${leadId}`)
  await call('GET', `/rest-api-v1/general-leads/${leadId}`)
  await call('GET', '/rest-api-v1/general-leads/1')
  await call('GET', `/rest-api-v1/general-leads/${leadId}`, 'wrong')
  await call('POST', `/rest-api-v1/general-leads/${leadId}/accept`)
  await call('DELETE', `/rest-api-v1/general-leads/${leadId}`)
  await call('GET', '/nothing/at/all')
  await call('GET', '/nothing/else')
  const route = '/rest-api-v1/general-leads/:id'
  await expect
    .poll(counts)
    .toEqual(
      expect.arrayContaining([
        `{method="GET",route="${route}",status="200"} 2`,
        `{method="GET",route="${route}",status="404"} 1`,
        `{method="GET",route="${route}",status="401"} 1`,
        `{method="POST",route="${route}/accept",status="200"} 1`,
        `{method="DELETE",route="${route}",status="405"} 1`,
        '{method="GET",route="none",status="404"} 2',
      ]),
    )
})
