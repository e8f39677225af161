import type { Credentials } from './requests.ts'
import { type Shape, targetAt } from './shape.ts'

/** One request of a kind that clients make; between them they send every statement that a request can lead to. */
export interface PathRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

const OFFERED_KIND = 0
const WORKED_KINDS = [8, 9, 13] as const

/** Requests on the leads of the first company, which is the largest, in an order in which each can be met. */
export function requestPath(shape: Shape): PathRequest[] {
  const id = (cycle: number, kind: number) => targetAt(shape, cycle, 0, kind).leadId
  const last = shape.cycles - 1
  const [offered, offeredToo] = [id(last, OFFERED_KIND), id(0, OFFERED_KIND)]
  const [worked, other, third] = WORKED_KINDS.map((kind) => id(last, kind))
  return [
    ...renovationFind(worked ?? 0, offered),
    ...constructionOnline(worked ?? 0),
    ...LISTS.map((path) => ({ method: 'GET', path }) as const),
    ...steps(other ?? 0, third ?? 0, offeredToo),
  ]
}

function renovationFind(worked: number, offered: number): PathRequest[] {
  const leads = '/rest-api-v1/general-leads'
  return [
    { method: 'GET', path: `${leads}/${worked}` },
    { method: 'GET', path: `${leads}?limit=50` },
    { method: 'GET', path: `${leads}?limit=50&status=QUOTE_SENT` },
    { method: 'GET', path: `${leads}?limit=50&status=OTHER` },
    { method: 'GET', path: `${leads}?limit=50&action=NONE` },
    { method: 'GET', path: `${leads}?limit=50&modifiedSince=2020-01-01` },
    { method: 'PUT', path: `${leads}/${worked}/status`, body: { status: 'CONTACT_MADE', contactMethod: 'EMAIL' } },
    { method: 'POST', path: `${leads}/${offered}/viewed` },
    { method: 'POST', path: `${leads}/${offered}/accept` },
    {
      method: 'POST',
      path: '/rest-api-v1/referral-requests',
      body: { firstName: 'Ann', lastName: 'Lee', emailTo: 'ann.lee@example.com', phone: '403-555-0199' },
    },
  ]
}

const NEW_LEAD = { FIRSTNAME: 'Greg', LASTNAME: 'Smith', DISPLAY_NAME: 'Greg Smith', EMAIL: 'greg@example.com' }

function constructionOnline(worked: number): PathRequest[] {
  return [
    { method: 'GET', path: `/api/Leads?id=${worked}` },
    { method: 'GET', path: '/api/Leads?skip=100&take=50' },
    { method: 'GET', path: '/api/Leads?fromDate=2026-01-01&skip=0&take=50' },
    { method: 'PUT', path: `/api/Leads?id=${worked}`, body: { LEAD_QUALITY: 70, LEAD_VALUE: 12_500 } },
    { method: 'PUT', path: `/api/Leads?id=${worked}`, body: { LEAD_NOTES: 'Asked for a call after five.' } },
    { method: 'POST', path: '/api/Leads', body: NEW_LEAD },
  ]
}

const LISTS: readonly string[] = [
  '/v1/leads',
  '/v1/leads?sort=oldest',
  '/v1/leads?sort=changed',
  '/v1/leads?sort=name',
  '/v1/leads?sort=amount',
  '/v1/leads?sort=next-action',
  '/v1/leads?boardStage=Contacting,Estimate',
  '/v1/leads?status=OTHER',
  '/v1/leads?source=portal',
  '/v1/leads?source=constructiononline&status=QUOTE_SENT',
  '/v1/leads?category=Deck%20and%20fence',
  '/v1/leads?assignee=none',
  '/v1/leads?requiresAction=true',
  '/v1/leads?createdFrom=2026-01-01&createdTo=2026-01-31',
  '/v1/leads?deleted=true',
  '/v1/leads?q=kaur',
  '/v1/leads?q=kaur4711',
  '/v1/leads?q=403-555-0142',
  '/v1/leads?q=kaur&sort=name&boardStage=Won',
  '/v1/leads/duplicates?email=hannah.kaur1@example.com&phone=4035550142',
  '/v1/board',
  '/v1/board?assignee=none',
  '/v1/board/Contacting',
  '/v1/today',
  '/v1/statistics',
]

/** The work on leads through the portal's API. */
function steps(worked: number, other: number, offered: number): PathRequest[] {
  const lead = `/v1/leads/${worked}`
  return [
    { method: 'GET', path: lead },
    { method: 'GET', path: `${lead}/timeline` },
    { method: 'GET', path: `${lead}/attachments` },
    { method: 'POST', path: '/v1/leads', body: { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' } },
    { method: 'PATCH', path: lead, body: { notes: 'The gate is on the left.' } },
    { method: 'POST', path: `${lead}/status`, body: { status: 'JOB_LOST', reason: 'Chose another contractor.' } },
    { method: 'POST', path: `/v1/leads/${offered}/decline`, body: { reason: 'Outside of the area that we serve.' } },
    { method: 'POST', path: '/v1/leads/assign', body: { ids: [worked, other], assigneeId: null } },
    { method: 'DELETE', path: lead },
    { method: 'POST', path: `${lead}/restore` },
  ]
}

/** Sends one and gives its status and what it said. */
export async function send(
  baseUrl: string,
  { token, email, password, apiKey }: Credentials,
  { method, path, body }: PathRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  const basic = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
  const signature: Record<string, string> = path.startsWith('/api/')
    ? { authorization: basic, apikey: apiKey }
    : { authorization: `Bearer ${token}` }
  const answer = await fetch(baseUrl + path, {
    method,
    headers: { ...signature, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, text: await answer.text() }
}
