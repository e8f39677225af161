export type Json = Readonly<Record<string, unknown>>
export type Caller = (method: string, path: string, body?: Json) => Promise<Json>

/** Calls /v1 with a company's token; rejects with what a refusal says. */
export function caller(baseUrl: string, token: string): Caller {
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${baseUrl}/v1${path}`, { method, headers, ...sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? {} : (JSON.parse(text) as Json)
  }
}

const WAIT_MS = 60_000
const STEP_MS = 200

/** Resolves once it is so; rejects when it takes too long. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MS
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('The demo did not come as far as it should.')
    await new Promise((resolve) => setTimeout(resolve, STEP_MS))
  }
}
