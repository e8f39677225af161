export type Face = 'renovationfind' | 'constructiononline'

/** What the path of a request names. */
export interface Target {
  readonly lead: number | string
  readonly attachment: number | string
}

/** One operation with a request that succeeds when its credentials and its target are right. */
export interface Endpoint {
  readonly name: string
  readonly face: Face
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: (target: Target) => string
  /** What must be there: an unanswered offer, an accepted lead (with its file where the path has one), or nothing. */
  readonly needs: 'offer' | 'accepted' | 'nothing'
  readonly success: number
  /** Whether a request that succeeds changes the store. */
  readonly writes: boolean
  readonly body?: string
  readonly type?: string
  /** Whether the body is read as JSON, and so can be wrong. */
  readonly readsJson?: true
}

const JSON_TYPE = 'application/json'
export const BOUNDARY = 'x-boundary'
const FILE = [
  `--${BOUNDARY}`,
  'Content-Disposition: form-data; name="file"; filename="plan.txt"',
  '',
  'Measure twice',
  `--${BOUNDARY}--`,
  '',
].join('\r\n')
export const REPORT = { status: 'QUOTE_SENT', reason: 'Sent by mail' }
export const REFERRAL = { firstName: 'John', lastName: 'Doe', emailTo: 'john@example.com', phone: '555 123 4567' }
export const NEW_LEAD = { FIRSTNAME: 'Greg', LASTNAME: 'Smith', DISPLAY_NAME: 'Greg Smith', EMAIL: 'greg@example.com' }

function vendor(
  name: string,
  path: Endpoint['path'],
  rest: Omit<Endpoint, 'face' | 'name' | 'path' | 'method'>,
): Endpoint {
  const method = name.split(' ', 1)[0] as Endpoint['method']
  return { name, face: 'renovationfind', method, path: (target) => `/rest-api-v1${path(target)}`, ...rest }
}

function leads(name: string, query: Endpoint['path'], rest: Omit<Endpoint, 'face' | 'name' | 'path' | 'method'>) {
  const method = name.split(' ', 1)[0] as Endpoint['method']
  return {
    name,
    face: 'constructiononline',
    method,
    path: (target: Target) => `/api/Leads${query(target)}`,
    ...rest,
  } as const
}

const READ = { success: 200, writes: false } as const
const WRITE = { success: 200, writes: true } as const
const JSON_BODY = { type: JSON_TYPE, readsJson: true } as const

/** Every operation of both faces: a new one is one more line. */
export const ENDPOINTS: readonly Endpoint[] = [
  vendor('PUT status', ({ lead }) => `/general-leads/${lead}/status`, {
    needs: 'accepted',
    ...WRITE,
    ...JSON_BODY,
    body: JSON.stringify(REPORT),
  }),
  vendor('POST accept', ({ lead }) => `/general-leads/${lead}/accept`, { needs: 'offer', ...WRITE }),
  vendor('POST decline', ({ lead }) => `/general-leads/${lead}/decline`, {
    needs: 'offer',
    ...WRITE,
    ...JSON_BODY,
    body: '{"reason":"Too far"}',
  }),
  vendor('POST viewed', ({ lead }) => `/general-leads/${lead}/viewed`, { needs: 'offer', ...WRITE }),
  vendor('GET leads', () => '/general-leads', { needs: 'nothing', ...READ }),
  vendor('GET lead', ({ lead }) => `/general-leads/${lead}`, { needs: 'accepted', ...READ }),
  vendor('POST attachments', ({ lead }) => `/general-leads/${lead}/attachments`, {
    needs: 'accepted',
    success: 201,
    writes: true,
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    body: FILE,
  }),
  vendor('GET attachments', ({ lead }) => `/general-leads/${lead}/attachments`, { needs: 'accepted', ...READ }),
  vendor('GET attachment', ({ lead, attachment }) => `/general-leads/${lead}/attachments/${attachment}`, {
    needs: 'accepted',
    ...READ,
  }),
  vendor('DELETE attachment', ({ lead, attachment }) => `/general-leads/${lead}/attachments/${attachment}`, {
    needs: 'accepted',
    ...WRITE,
  }),
  vendor('POST referral-requests', () => '/referral-requests', {
    needs: 'nothing',
    success: 201,
    writes: true,
    ...JSON_BODY,
    body: JSON.stringify(REFERRAL),
  }),
  leads('GET Leads', () => '', { needs: 'nothing', ...READ }),
  leads('GET Leads?fromDate', () => '?fromDate=2020-01-01', { needs: 'nothing', ...READ }),
  leads('GET Leads?skip&take', () => '?skip=0&take=10', { needs: 'nothing', ...READ }),
  leads('GET Leads?fromDate&skip&take', () => '?fromDate=2020-01-01&skip=0&take=10', { needs: 'nothing', ...READ }),
  leads('GET Leads?id', ({ lead }) => `?id=${lead}`, { needs: 'accepted', ...READ }),
  leads('PUT Leads?id', ({ lead }) => `?id=${lead}`, {
    needs: 'accepted',
    ...WRITE,
    ...JSON_BODY,
    body: '{"CITY":"Banff"}',
  }),
  leads('PUT Leads?id as a form', ({ lead }) => `?id=${lead}`, {
    needs: 'accepted',
    ...WRITE,
    type: 'application/x-www-form-urlencoded',
    body: 'CITY=Banff',
  }),
  leads('POST Leads', () => '', { needs: 'nothing', ...WRITE, ...JSON_BODY, body: JSON.stringify(NEW_LEAD) }),
]

export const LEAD_ENDPOINTS = ENDPOINTS.filter(({ needs }) => needs !== 'nothing')
export const JSON_ENDPOINTS = ENDPOINTS.filter(({ readsJson }) => readsJson === true)
export const BODILESS_ENDPOINTS = ENDPOINTS.filter(({ method, body }) => method !== 'GET' && body === undefined)
