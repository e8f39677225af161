import { LOST_REASONS } from '../../src/core/lead/status-rules.ts'
import type { SeededRandom } from '../../src/lib/seeded-random.ts'

/** What signs the requests of one company. */
export interface Credentials {
  readonly companyId: number
  readonly email: string
  readonly password: string
  readonly token: string
  readonly apiKey: string
}

export const REQUEST_KINDS = [
  'renovationfind-status',
  'renovationfind-get',
  'renovationfind-newest',
  'renovationfind-by-status',
  'renovationfind-by-rare-status',
  'renovationfind-changes',
  'constructiononline-create',
  'constructiononline-update',
  'constructiononline-status',
  'constructiononline-get',
  'constructiononline-page',
  'native-newest',
  'native-changed',
  'native-by-name',
  'native-by-amount',
  'native-filtered',
  'native-search-common',
  'native-search-rare',
  'native-search-phone',
  'native-board',
  'native-column',
  'native-today',
  'native-statistics',
  'native-timeline',
  'directus-patch',
] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

/** One request without its lead: a write has a body, a read has none. A create ignores the lead. */
export interface Draft {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT'
  readonly path: (leadId: number) => string
  readonly body: string
  /** Tells from a 200's JSON whether the request did what it should. */
  readonly holds: (answer: unknown, leadId: number) => boolean
}

export function isWrite(kind: RequestKind): boolean {
  return (
    kind === 'renovationfind-status' ||
    kind === 'constructiononline-create' ||
    kind === 'constructiononline-update' ||
    kind === 'constructiononline-status' ||
    kind === 'directus-patch'
  )
}

/** A request of a kind with believable content, drawn anew each time. */
export function drawRequest(kind: RequestKind, random: SeededRandom): Draft {
  switch (kind) {
    case 'renovationfind-status':
      return statusReport(random)
    case 'renovationfind-get':
      return read(
        (id) => `/rest-api-v1/general-leads/${id}`,
        (answer, id) => member(answer, 'data', 'id') === id,
      )
    case 'renovationfind-newest':
      return read(() => '/rest-api-v1/general-leads?limit=50', isFullPage('data'))
    case 'renovationfind-by-status':
      return read(() => '/rest-api-v1/general-leads?limit=50&status=QUOTE_SENT&action=ACCEPTED', isFullPage('data'))
    case 'renovationfind-by-rare-status':
      return read(() => '/rest-api-v1/general-leads?limit=50&status=OTHER', isPage('data'))
    case 'renovationfind-changes':
      return read(() => '/rest-api-v1/general-leads?limit=50&modifiedSince=2025-06-01', isFullPage('data'))
    case 'constructiononline-update':
      return propertyUpdate(random)
    case 'constructiononline-create':
      return creation(random)
    case 'constructiononline-status':
      return outcomeUpdate(random)
    case 'constructiononline-get':
      return read(
        (id) => `/api/Leads?id=${id}`,
        (answer, id) => member(answer, 'ID') === id,
      )
    case 'constructiononline-page':
      return read(
        () => '/api/Leads?skip=0&take=50',
        (answer) => Array.isArray(answer) && answer.length > 0,
      )
    case 'directus-patch':
      return itemPatch(random)
    default:
      return drawNativeRead(kind, random)
  }
}

type NativeKind = Extract<RequestKind, `native-${string}`>

/** Reads of the portal. */
function drawNativeRead(kind: NativeKind, random: SeededRandom): Draft {
  const list = (query: string, holds = isFullPage('leads')) => read(() => `/v1/leads?limit=50&${query}`, holds)
  switch (kind) {
    case 'native-newest':
      return list('sort=newest')
    case 'native-changed':
      return list('sort=changed')
    case 'native-by-name':
      return list('sort=name')
    case 'native-by-amount':
      return list('sort=amount')
    case 'native-filtered':
      return list('status=QUOTE_SENT,JOB_PENDING_DECISION&source=constructiononline', isPage('leads'))
    case 'native-search-common':
      return list('q=kaur', isPage('leads'))
    case 'native-search-rare':
      return list(`q=kaur${random.integer(0, 9972)}`, isPage('leads'))
    case 'native-search-phone':
      return list(`q=403-${random.integer(100, 999)}-${random.integer(1000, 9999)}`, isPage('leads'))
    case 'native-board':
      return read(() => '/v1/board', isFullPage('columns'))
    case 'native-column':
      return read(() => '/v1/board/Contacting', isFullPage('leads'))
    case 'native-today':
      return read(() => '/v1/today', isObject)
    case 'native-statistics':
      return read(() => '/v1/statistics', isObject)
    case 'native-timeline':
      return read((id) => `/v1/leads/${id}/timeline`, isFullPage('entries'))
  }
}

function read(path: Draft['path'], holds: Draft['holds']): Draft {
  return { method: 'GET', path, body: '', holds }
}

const REASONS = [
  'Called in the morning, no answer yet.',
  'Homeowner would like to see samples before deciding.',
  'Left a message and sent an e-mail with our references.',
  'Asked for a second quote with quartz counters.',
  'Meeting at the house went well; the quote follows this week.',
] as const

/** Open and lost statuses only: after a win a further report is refused. */
function statusReport(random: SeededRandom): Draft {
  const body = random.pick([
    { status: 'HOMEOWNER_CONTACTED' },
    { status: 'MEETUP_SCHEDULED', meetingScheduledDate: `2026-0${random.integer(1, 9)}-${random.integer(10, 28)}` },
    { status: 'QUOTE_SENT' },
    { status: 'JOB_PENDING_DECISION' },
    { status: 'REACHED_OUT_TO_HOMEOWNER', contactMethod: random.pick(['PHONE_CALL', 'TEXT', 'EMAIL']) },
    { status: 'CONTACT_MADE', contactMethod: 'PHONE_CALL' },
    { status: 'ESTIMATE_PROVIDED', estimateType: 'EMAILED_ESTIMATE' },
    { status: 'LEAD_LOST', lostReason: random.pick(LOST_REASONS) },
  ])
  const { status } = body
  return {
    method: 'PUT',
    path: (id) => `/rest-api-v1/general-leads/${id}/status`,
    body: JSON.stringify({ ...body, reason: random.pick(REASONS) }),
    holds: (answer, id) => member(answer, 'data', 'id') === id && member(answer, 'data', 'postLeadStatus') === status,
  }
}

/** The two properties of the documented sample, as texts; drawn so widely that a repetition is no issue. */
function propertyUpdate(random: SeededRandom): Draft {
  const value = random.integer(1_000, 900_000)
  const body = JSON.stringify({ LEAD_QUALITY: String(random.integer(0, 100)), LEAD_VALUE: String(value) })
  return {
    method: 'PUT',
    path: (id) => `/api/Leads?id=${id}`,
    body,
    holds: (answer, id) => member(answer, 'ID') === id && member(answer, 'LEAD_VALUE') === value,
  }
}

/** Every outcome but a win, after which a further report is refused. */
function outcomeUpdate(random: SeededRandom): Draft {
  const status = random.pick(['Open', 'Closed - Lost', 'Inactive'])
  return {
    method: 'PUT',
    path: (id) => `/api/Leads?id=${id}`,
    body: JSON.stringify({ LEAD_STATUS: status, LEAD_NOTES: random.pick(REASONS) }),
    holds: (answer, id) => member(answer, 'ID') === id && member(answer, 'LEAD_STATUS') === status,
  }
}

/** What a status report comes to on a table of one's own. */
function itemPatch(random: SeededRandom): Draft {
  const status = random.pick(['HOMEOWNER_CONTACTED', 'MEETUP_SCHEDULED', 'QUOTE_SENT', 'JOB_PENDING_DECISION'])
  return {
    method: 'PATCH',
    path: (id) => `/items/lead/${id}`,
    body: JSON.stringify({ status, reason: random.pick(REASONS) }),
    // Its answer reads the item again, which another request may have changed by then.
    holds: (answer, id) => Number(member(answer, 'data', 'id')) === id,
  }
}

function creation(random: SeededRandom): Draft {
  const number = random.integer(1, 999_999)
  const body = { FIRSTNAME: 'Greg', LASTNAME: `Smith ${number}`, EMAIL: `greg${number}@example.com`, CITY: 'Banff' }
  return {
    method: 'POST',
    path: () => '/api/Leads',
    body: JSON.stringify({ ...body, DISPLAY_NAME: `Greg Smith ${number}` }),
    holds: (answer) => member(answer, 'LASTNAME') === body.LASTNAME,
  }
}

function isPage(name: string): Draft['holds'] {
  return (answer) => Array.isArray(member(answer, name))
}

/** A page with something on it. */
function isFullPage(name: string): Draft['holds'] {
  return (answer) => (member(answer, name) as unknown[] | undefined)?.[0] !== undefined
}

function isObject(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null
}

function member(value: unknown, ...path: string[]): unknown {
  let at = value
  for (const name of path) at = (at as Record<string, unknown> | null | undefined)?.[name]
  return at
}
