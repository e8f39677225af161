import { listedRevision } from '../support/lists.ts'
import type { TestCompany, TestServer } from '../support/server.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The parsed JSON, or an empty object when the answer was something else. */
  readonly body: Record<string, unknown>
  readonly text: string
}

export interface Call {
  /** Sent as JSON; a text or bytes are sent as they are. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Client = (method: string, path: string, call?: Call) => Promise<Answer>

/** Speaks RenovationFind's vendor API with a company's token; null sends no credentials. */
export function clientOf(server: TestServer, company: Pick<TestCompany, 'token'> | null): Client {
  return async (method, path, { body, headers = {} } = {}) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData
    const sent: Record<string, string> = company === null ? {} : { authorization: `Bearer ${company.token}` }
    if (body !== undefined && !(body instanceof FormData)) sent['content-type'] = 'application/json'
    const response = await fetch(`${server.baseUrl}/rest-api-v1${path}`, {
      method,
      headers: { ...sent, ...headers },
      ...(body === undefined ? {} : { body: isRaw ? (body as string | FormData) : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: parse(text), text }
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** The `data` object of a successful answer. */
export function dataOf(answer: Answer): Record<string, unknown> {
  return answer.body['data'] as Record<string, unknown>
}

/** The `data` array of a successful answer. */
export function listOf(answer: Answer): Record<string, unknown>[] {
  return answer.body['data'] as Record<string, unknown>[]
}

/** Timeline rows of a lead, and the revision of it that lists have come to show. */
export async function countHistory(server: TestServer, leadId: number): Promise<{ timeline: number; listed: number }> {
  const listed = await listedRevision(server.db, leadId)
  const [row] = await server.db.query<{ timeline: number }>({
    text: 'SELECT count(*) AS timeline FROM timeline WHERE lead_id = $1',
    values: [leadId],
  })
  return { timeline: row?.timeline ?? -1, listed }
}

/** The form in which this API refuses: nothing but `success: false` and one text. */
export function errorOf(answer: Answer): string {
  const { success, error, ...rest } = answer.body
  if (success !== false || typeof error !== 'string' || Object.keys(rest).length > 0) {
    throw new Error(`not an error of this API: ${answer.status} ${answer.text}`)
  }
  return error
}
