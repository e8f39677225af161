import type { Access } from '../../src/api/native/access.ts'
import { BOUNDARY } from './endpoints.ts'

/** What the path of a request to the native API may name; each of one company. */
export interface NativeIds {
  /** An accepted lead with one file. */
  readonly lead: number | string
  readonly attachment: number | string
  /** An unanswered offer. */
  readonly offer: number | string
  /** A member, not an admin. */
  readonly user: number | string
  readonly invitation: number | string
  readonly token: string
  readonly key: number | string
  readonly view: number | string
  /** An endpoint that wants next to nothing, and one call to it. */
  readonly webhook: number | string
  readonly attempt: number | string
  /** Of an upstream account, paused; with a conflict about `lead` that waits. */
  readonly connection: number | string
  readonly conflict: number | string
}
export type IdName = keyof NativeIds

export interface NativeEndpoint {
  /** Method and path, as the OpenAPI document has them below /v1. */
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly access: Access
  /** The ids that its path names, in their order. */
  readonly ids: readonly IdName[]
  readonly path: (ids: NativeIds) => string
  /** A body that the operation understands; absent where it takes none. */
  readonly body?: Readonly<Record<string, unknown>>
}

function endpoint(
  name: string,
  access: Access,
  { ids = [], body }: { readonly ids?: readonly IdName[]; readonly body?: Readonly<Record<string, unknown>> } = {},
): NativeEndpoint {
  const [method = '', template = ''] = name.split(' ')
  const path = (values: NativeIds) => {
    const given = ids.map((id) => String(values[id]))
    return `/v1${template.replace(/\{\w+\}/g, () => given.shift() ?? UNKNOWN_LINK)}`
  }
  return { name, method: method as NativeEndpoint['method'], access, ids, path, ...(body && { body }) }
}

/** In the form of a token that a link carries, but of no link. */
export const UNKNOWN_LINK = 'A'.repeat(43)
const PASSWORD = 'a password that is long enough'
const LEAD = { ids: ['lead'] } as const
const OFFER = { ids: ['offer'] } as const
const FILE = { ids: ['lead', 'attachment'] } as const
const REPORT = {
  status: 'QUOTE_SENT',
  reason: 'Sent by mail',
  lostReason: null,
  meetingDate: null,
  jobAmount: null,
  startDate: null,
  completionDate: null,
}
const COMPANY = {
  name: 'A company',
  currency: 'CAD',
  timeZone: 'America/Toronto',
  offerAnswerHours: 24,
  followUpHours: { QUOTE_SENT: 24 },
  categories: ['Kitchen'],
  types: ['Repair'],
  stages: ['Later'],
  sources: ['Fair'],
  form: { enabled: true, title: 'Ask us', intro: 'Hello', thanks: 'Thank you', categories: ['Kitchen'], notify: true },
}

const WEBHOOK = { ids: ['webhook'] } as const
/** Leads nowhere. */
const WEBHOOK_SETTINGS = {
  url: 'https://hooks.invalid/in',
  events: ['lead.restored'],
  description: 'An endpoint',
  perSecond: 5,
}

/** Leads nowhere, and is paused. */
const CONNECTION = {
  baseUrl: 'https://upstream.invalid',
  name: 'An account',
  credentials: { email: 'a@example.com', password: PASSWORD, apiKey: 'a-key' },
  fieldRules: { '*': 'ask', notes: 'ours' },
  intervalSeconds: 300,
  limits: 'hour:500',
  pushNew: false,
  enabled: false,
}

/** Every operation of the native API: a new one is one more line. */
export const NATIVE_ENDPOINTS: readonly NativeEndpoint[] = [
  endpoint('POST /session', 'visitor', { body: { email: 'nobody@example.com', password: PASSWORD } }),
  endpoint('POST /session/two-factor', 'visitor', { body: { challenge: UNKNOWN_LINK, code: '123456' } }),
  endpoint('GET /session', 'person'),
  endpoint('DELETE /session', 'person'),
  endpoint('POST /password-resets', 'visitor', { body: { email: 'nobody@example.com' } }),
  endpoint('POST /password-resets/{token}', 'visitor', { body: { password: PASSWORD } }),
  endpoint('PATCH /me', 'person', { body: { name: 'A name', currentPassword: PASSWORD, password: PASSWORD } }),
  endpoint('POST /me/two-factor', 'person', { body: { password: PASSWORD } }),
  endpoint('POST /me/two-factor/confirm', 'person', { body: { code: '123456' } }),
  endpoint('DELETE /me/two-factor', 'person', { body: { password: PASSWORD } }),
  endpoint('GET /users', 'member'),
  endpoint('PATCH /users/{id}', 'admin', { ids: ['user'], body: { name: 'A name', role: 'member', active: true } }),
  endpoint('GET /invitations', 'admin'),
  endpoint('POST /invitations', 'admin', { body: { email: 'new@example.com', role: 'member' } }),
  endpoint('DELETE /invitations/{id}', 'admin', { ids: ['invitation'] }),
  endpoint('GET /invitations/by-token/{token}', 'visitor'),
  endpoint('POST /invitations/by-token/{token}', 'visitor', { body: { name: 'A name', password: PASSWORD } }),
  endpoint('GET /company', 'company'),
  endpoint('PATCH /company', 'settings', { body: COMPANY }),
  endpoint('POST /company/form/new-slug', 'settings'),
  endpoint('GET /tokens', 'admin'),
  endpoint('POST /tokens', 'admin', { body: { name: 'A token', days: 30 } }),
  endpoint('DELETE /tokens/{id}', 'admin', { ids: ['token'] }),
  endpoint('GET /api-keys', 'admin'),
  endpoint('POST /api-keys', 'admin', { body: { name: 'A key' } }),
  endpoint('DELETE /api-keys/{id}', 'admin', { ids: ['key'] }),
  endpoint('GET /views', 'member'),
  endpoint('POST /views', 'member', { body: { name: 'A view', query: 'status=NEW' } }),
  endpoint('DELETE /views/{id}', 'member', { ids: ['view'] }),
  endpoint('GET /webhook-endpoints', 'settings'),
  endpoint('POST /webhook-endpoints', 'settings', { body: WEBHOOK_SETTINGS }),
  endpoint('GET /webhook-endpoints/{id}', 'settings', WEBHOOK),
  endpoint('PATCH /webhook-endpoints/{id}', 'settings', { ...WEBHOOK, body: { ...WEBHOOK_SETTINGS, enabled: true } }),
  endpoint('DELETE /webhook-endpoints/{id}', 'settings', WEBHOOK),
  endpoint('POST /webhook-endpoints/{id}/rotate-secret', 'settings', WEBHOOK),
  endpoint('POST /webhook-endpoints/{id}/test', 'settings', WEBHOOK),
  endpoint('POST /webhook-endpoints/{id}/replay', 'settings', { ...WEBHOOK, body: { since: '2026-01-01T00:00:00Z' } }),
  endpoint('GET /webhook-endpoints/{id}/attempts', 'settings', WEBHOOK),
  endpoint('GET /webhook-endpoints/{id}/attempts/{attemptId}', 'settings', { ids: ['webhook', 'attempt'] }),
  endpoint('GET /connections', 'company'),
  endpoint('POST /connections', 'settings', { body: { kind: 'constructiononline', ...CONNECTION } }),
  endpoint('GET /connections/{id}', 'company', { ids: ['connection'] }),
  endpoint('PATCH /connections/{id}', 'settings', { ids: ['connection'], body: CONNECTION }),
  endpoint('DELETE /connections/{id}', 'settings', { ids: ['connection'] }),
  endpoint('POST /connections/{id}/run', 'settings', { ids: ['connection'] }),
  endpoint('GET /connections/{id}/runs', 'company', { ids: ['connection'] }),
  endpoint('POST /connections/{id}/leads', 'company', {
    ids: ['connection'],
    body: { upstreamId: '7', accept: false },
  }),
  endpoint('GET /conflicts', 'company'),
  endpoint('POST /conflicts/{id}/settle', 'company', { ids: ['conflict'], body: { choice: 'ours' } }),
  endpoint('GET /operator/companies', 'operator'),
  endpoint('POST /operator/companies', 'operator', {
    body: { name: 'A company', email: 'first@example.com', password: PASSWORD },
  }),
  endpoint('POST /operator/offers', 'operator', { body: { companyId: 1, lead: { firstName: 'A', lastName: 'B' } } }),
  endpoint('GET /leads', 'company'),
  endpoint('GET /leads.csv', 'company'),
  endpoint('GET /leads/duplicates', 'company'),
  endpoint('GET /board', 'company'),
  endpoint('GET /board/{boardStage}', 'company'),
  endpoint('GET /today', 'company'),
  endpoint('GET /statistics', 'company'),
  endpoint('GET /lead-statuses', 'company'),
  endpoint('GET /events', 'company'),
  endpoint('GET /health', 'settings'),
  endpoint('POST /leads', 'company', { body: { firstName: 'Robin', email: 'r@example.com', assigneeId: null } }),
  endpoint('POST /leads/assign', 'company', { body: { ids: [1], assigneeId: null } }),
  endpoint('GET /leads/{id}', 'company', LEAD),
  endpoint('PATCH /leads/{id}', 'company', {
    ...LEAD,
    body: { city: 'Banff', value: 1, nextActionDate: '2026-03-01', projectDetailsHtml: '<p>x</p>', assigneeId: null },
  }),
  endpoint('DELETE /leads/{id}', 'company', LEAD),
  endpoint('POST /leads/{id}/restore', 'company', LEAD),
  endpoint('POST /leads/{id}/accept', 'company', OFFER),
  endpoint('POST /leads/{id}/decline', 'company', { ...OFFER, body: { reason: 'Too far' } }),
  endpoint('POST /leads/{id}/viewed', 'company', OFFER),
  endpoint('POST /leads/{id}/status', 'company', { ...LEAD, body: REPORT }),
  endpoint('GET /leads/{id}/timeline', 'company', LEAD),
  endpoint('GET /leads/{id}/links', 'company', LEAD),
  endpoint('GET /leads/{id}/attachments', 'company', LEAD),
  endpoint('POST /leads/{id}/attachments', 'company', LEAD),
  endpoint('GET /leads/{id}/attachments/{attachmentId}', 'company', FILE),
  endpoint('DELETE /leads/{id}/attachments/{attachmentId}', 'company', FILE),
]

export const UPLOAD = 'POST /leads/{id}/attachments'
const UPLOAD_BODY = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nA\r\n--${BOUNDARY}--\r\n`

/** The body that an operation is sent with when it is to succeed, and its headers. */
export function sentBody({ name, body }: NativeEndpoint): { body?: string; headers: Record<string, string> } {
  if (name === UPLOAD) {
    return { body: UPLOAD_BODY, headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } }
  }
  if (body === undefined) return { headers: {} }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}
