import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.close())

it('the API page does not send its own files to https, which this server does not speak', async () => {
  const response = await fetch(`${server.baseUrl}/docs`)
  await response.text()
  expect(response.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
})
