import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: string[]
  readonly security?: unknown
  readonly responses: Record<string, unknown>
  readonly requestBody?: { readonly content: Record<string, { schema: Record<string, unknown> }> }
}

async function operations(): Promise<Map<string, Operation>> {
  const response = await fetch(`${server.baseUrl}/openapi.json`)
  const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, Operation>> }
  expect(document.openapi).toMatch(/^3\.1/)
  const found = new Map<string, Operation>()
  for (const [path, methods] of Object.entries(document.paths)) {
    if (!path.startsWith('/rest-api-v1')) continue
    for (const [method, operation] of Object.entries(methods)) found.set(`${method} ${path.slice(12)}`, operation)
  }
  return found
}

describe('the OpenAPI document of the RenovationFind face', () => {
  it('has exactly its operations, each described, with credentials and the errors of all', async () => {
    const found = await operations()
    expect([...found.keys()].sort()).toEqual([
      'delete /general-leads/{id}/attachments/{attachmentId}',
      'get /general-leads',
      'get /general-leads/{id}',
      'get /general-leads/{id}/attachments',
      'get /general-leads/{id}/attachments/{attachmentId}',
      'post /general-leads/{id}/accept',
      'post /general-leads/{id}/attachments',
      'post /general-leads/{id}/decline',
      'post /general-leads/{id}/viewed',
      'post /referral-requests',
      'put /general-leads/{id}/status',
    ])
    for (const [name, { summary, description, tags, security, responses }] of found) {
      expect(summary, name).toMatch(/\S/)
      expect(description, name).toMatch(/\((documented|our choice)/)
      expect(tags, name).toEqual(['RenovationFind'])
      expect(security, name).toEqual([{ renovationFindToken: [] }])
      expect(Object.keys(responses), name).toEqual(expect.arrayContaining(['400', '401', '429', '503']))
    }
  })

  it('carries the status rules as if/then, and the upload as multipart', async () => {
    const found = await operations()
    const status = found.get('put /general-leads/{id}/status')?.requestBody?.content['application/json']?.schema
    expect(status?.['allOf']).toHaveLength(15)
    expect(JSON.stringify(status)).toContain('"then"')
    const upload = found.get('post /general-leads/{id}/attachments')?.requestBody?.content
    expect(Object.keys(upload ?? {})).toEqual(['multipart/form-data'])
  })
})
