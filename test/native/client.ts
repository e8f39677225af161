import type { TestCompany, TestServer } from '../support/server.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The parsed JSON, or an empty object when the answer was something else. */
  readonly body: Record<string, unknown>
  readonly text: string
}

export interface Call {
  /** Sent as JSON; a text or bytes are sent as they are, a form as multipart. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Client = (method: string, path: string, call?: Call) => Promise<Answer>

/** Speaks the native API with a company's token; null sends no credentials. */
export function clientOf(server: Pick<TestServer, 'baseUrl'>, company: Pick<TestCompany, 'token'> | null): Client {
  return async (method, path, { body, headers = {} } = {}) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData
    const sent: Record<string, string> = company === null ? {} : { authorization: `Bearer ${company.token}` }
    if (body !== undefined && !(body instanceof FormData)) sent['content-type'] = 'application/json'
    const response = await fetch(`${server.baseUrl}/v1${path}`, {
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

/** Code and field of a refusal in the form of RFC 9457; throws when the answer is none. */
export function problemOf({ status, headers, body, text }: Answer): { status: number; code: unknown; field: unknown } {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json')
  if (!isProblem || body['status'] !== status || typeof body['detail'] !== 'string') {
    throw new Error(`not a problem of this API: ${status} ${text}`)
  }
  return { status, code: body['code'], field: body['field'] }
}

/** How many rows tell of the lead. */
export async function countHistory(server: TestServer, leadId: number): Promise<number> {
  const [row] = await server.db.query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM timeline WHERE lead_id = $1',
    values: [leadId],
  })
  return row?.n ?? -1
}
