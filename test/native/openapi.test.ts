import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

interface Part {
  readonly content?: Record<string, { schema: Record<string, unknown> }>
  readonly headers?: Record<string, unknown>
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: string[]
  readonly parameters?: { in: string; name: string }[]
  readonly responses: Record<string, Part>
}

async function operations(): Promise<Map<string, Operation>> {
  const response = await fetch(`${server.baseUrl}/openapi.json`)
  const document = (await response.json()) as { paths: Record<string, Record<string, Operation>> }
  const found = new Map<string, Operation>()
  for (const [path, methods] of Object.entries(document.paths)) {
    if (!path.startsWith('/v1/')) continue
    for (const [method, operation] of Object.entries(methods)) found.set(`${method} ${path.slice(3)}`, operation)
  }
  return found
}

const WRITES_OF_ONE_LEAD = [
  'patch /leads/{id}',
  'delete /leads/{id}',
  'post /leads/{id}/accept',
  'post /leads/{id}/decline',
  'post /leads/{id}/status',
  'post /leads/{id}/viewed',
  'post /leads/{id}/restore',
  'post /leads/{id}/attachments',
  'delete /leads/{id}/attachments/{attachmentId}',
]

describe('the OpenAPI document of the native face', () => {
  it('describes every operation, and its refusals as problem details', async () => {
    const found = await operations()
    expect([...found.keys()]).toEqual(
      expect.arrayContaining([...WRITES_OF_ONE_LEAD, 'get /lead-statuses', 'post /leads']),
    )
    for (const [name, { summary, description, tags, responses }] of found) {
      expect(summary, name).toMatch(/\S/)
      expect(description, name).toMatch(/\S/)
      expect(tags, name).toEqual(['Leadwright'])
      for (const [status, { content = {} }] of Object.entries(responses)) {
        if (Number(status) >= 400)
          expect(Object.keys(content), `${name} ${status}`).toEqual(['application/problem+json'])
      }
    }
  })

  it.each(WRITES_OF_ONE_LEAD)(
    'says of %s that it takes If-Match and an Idempotency-Key, and answers an ETag',
    async (name) => {
      const { parameters = [], responses } = (await operations()).get(name) ?? { responses: {} }
      const headers = parameters.filter((one) => one.in === 'header').map((one) => one.name)
      expect(headers.sort()).toEqual(['Idempotency-Key', 'If-Match'])
      const done = responses['200'] ?? responses['201']
      expect(Object.keys(done?.headers ?? {})).toEqual(['ETag'])
      const conflict = responses['412']?.content?.['application/problem+json']?.schema
      expect(conflict?.['properties']).toHaveProperty('current')
    },
  )
})
