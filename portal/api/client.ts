import { askToSignIn } from './session-gate.ts'
import type { Problem } from './types.ts'
import { isUnattended } from './unattended.ts'

/** A refusal of the server; `code` is one of docs/errors.md, `field` names the value at fault. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | null
  readonly retryAfterSeconds: number | null
  /** With 412: the record as it is now. */
  readonly current: unknown

  constructor({ status, code, detail, field, retryAfterSeconds, current }: Problem & { current?: unknown }) {
    super(detail)
    this.name = 'ApiProblem'
    this.status = status
    this.code = code
    this.field = field ?? null
    this.retryAfterSeconds = retryAfterSeconds ?? null
    this.current = current
  }
}

/** The server could not be reached at all. */
export class OfflineError extends Error {
  constructor(options?: ErrorOptions) {
    super('The server cannot be reached. Check the connection; nothing was lost.', options)
    this.name = 'OfflineError'
  }
}

export type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Sent as JSON; FormData goes as it is. */
  readonly body?: unknown
  /** Values that are null, undefined or '' are left out; a list repeats its word. */
  readonly query?: Readonly<Record<string, QueryValue>>
  /** The revision that the caller has seen: the server refuses with 412 when there is a newer one. */
  readonly ifMatch?: string | null
  /** Makes a repeated write answer what the first one did; see newKey. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
  /** For the log-in itself: a 401 is its answer and not the end of a session. */
  readonly signsIn?: boolean
}

export interface Answer<T> {
  readonly data: T
  /** For If-Match; null where the answer has none. */
  readonly etag: string | null
}

/** Calls the native API and gives the answer's body; throws an ApiProblem or an OfflineError. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  return (await callWithTag<T>(path, options)).data
}

/**
 * As `call`, with the answer's ETag. When the session has ended the user is asked to sign in again, and the call is
 * then sent once more, so that nothing typed is lost.
 */
export async function callWithTag<T>(path: string, options: CallOptions = {}): Promise<Answer<T>> {
  let response = await send(path, options)
  if (response.status === 401 && !options.signsIn && (await askToSignIn())) response = await send(path, options)
  if (!response.ok) throw new ApiProblem(await problemOf(response))
  const text = await response.text()
  return { data: (text === '' ? undefined : JSON.parse(text)) as T, etag: response.headers.get('etag') }
}

/** The address of a call, such as for a download or an image. */
export function apiUrl(path: string, query: CallOptions['query'] = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return `/v1${path}${text === '' ? '' : `?${text}`}`
}

/** A new Idempotency-Key: make it once for one intent and send it with each try. */
export function newKey(): string {
  return crypto.randomUUID()
}

/** The ETag of a revision, for If-Match with a lead from a list. */
export function tagOf(revision: number): string {
  return `"${revision}"`
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const { body, method = body === undefined ? 'GET' : 'POST', signal } = options
  const headers = new Headers({ accept: 'application/json' })
  if (options.ifMatch) headers.set('if-match', options.ifMatch)
  if (options.idempotencyKey) headers.set('idempotency-key', options.idempotencyKey)
  if (isUnattended()) headers.set('x-leadwright-unattended', 'true')
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (body instanceof FormData) init.body = body
  else if (body !== undefined) {
    headers.set('content-type', 'application/json')
    init.body = JSON.stringify(body)
  }
  if (signal) init.signal = signal
  try {
    return await fetch(apiUrl(path, options.query), init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new OfflineError({ cause: error })
  }
}

/** What the server says is wrong; a proxy in between may answer in its own words. */
export async function problemOf(response: Response): Promise<Problem> {
  const status = response.status
  const fallback: Problem = {
    type: 'about:blank',
    title: 'server.error',
    status,
    detail: `The server answered ${status}. Please try again in a moment.`,
    code: status >= 500 ? 'server.unavailable' : 'request.invalid',
  }
  try {
    const body = (await response.json()) as Partial<Problem>
    return { ...fallback, ...body, code: body.code ?? body.title ?? fallback.code, status }
  } catch {
    return fallback
  }
}
