import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'

let server: TestServer
let company: TestCompany

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
})

afterAll(() => server.close())

async function statusOf(query: string): Promise<number> {
  const url = `${server.baseUrl}/rest-api-v1/general-leads?${query}`
  const response = await fetch(url, { headers: { authorization: `Bearer ${company.token}` } })
  await response.text()
  return response.status
}

/** A cursor as anybody can make one: its fingerprint is no secret. */
function forgedCursor(modifiedAt: string): string {
  const filters = { statuses: null, action: null, modifiedSince: '2026-01-01T00:00:00.000Z' }
  const fingerprint = createHash('sha256').update(JSON.stringify(filters)).digest('base64url').slice(0, 10)
  return Buffer.from(JSON.stringify([fingerprint, modifiedAt, 1])).toString('base64url')
}

describe('an instant that PostgreSQL does not know is never an internal fault', () => {
  it('modifiedSince whose zone moves it past the year 9999', async () => {
    expect(await statusOf('modifiedSince=9999-12-31T23:59:59-23:59')).toBeLessThan(500)
  })

  it.each(['0000-01-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z'])('a cursor that names %s', async (instant) => {
    expect(await statusOf(`modifiedSince=2026-01-01&cursor=${forgedCursor(instant)}`)).toBe(400)
  })
})
