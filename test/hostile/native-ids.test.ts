import { describe, expect, test } from 'vitest'
import { BROKEN, MALFORMED, UNKNOWN } from './bad-ids.ts'
import { type IdName, NATIVE_ENDPOINTS, type NativeEndpoint, type NativeIds } from './native-endpoints.ts'
import { changingNothing, makeNativeStage, problemFault, type Role } from './native-stage.ts'
import { faultsOf } from './stage.ts'

const stage = await makeNativeStage()
const { mine, theirs } = stage
const WITH_IDS = NATIVE_ENDPOINTS.filter(({ ids }) => ids.length > 0)
const UNUSED = '8888888888888'
const ABSENT: NativeIds = {
  lead: UNUSED,
  attachment: UNUSED,
  offer: UNUSED,
  user: UNUSED,
  invitation: UNUSED,
  token: '00000000-0000-4000-8000-000000000000',
  key: UNUSED,
  view: UNUSED,
  webhook: UNUSED,
  attempt: UNUSED,
  connection: UNUSED,
  conflict: UNUSED,
}

function callersOf({ access }: NativeEndpoint): Role[] {
  if (access === 'admin') return ['admin']
  if (access === 'settings') return ['admin', 'token']
  return access === 'member' ? ['admin', 'member'] : ['admin', 'member', 'token']
}

describe.each(WITH_IDS)('$name', (endpoint) => {
  test('answers what is another company’s exactly as what is not there, and changes nothing', async () => {
    const places = endpoint.ids.map((_, n) => endpoint.ids.slice(n))
    const attempts = callersOf(endpoint).flatMap((role) =>
      places.map((at) => ({ name: `${role} ${at.join()}`, role, at })),
    )
    const faults = await changingNothing(stage, () =>
      faultsOf(attempts, async ({ role, at }) => {
        const headers = stage.credentialsOf(role)
        const [foreign, absent] = await Promise.all(
          [theirs.ids, ABSENT].map((from) => stage.call(endpoint, { ids: swap(at, from), headers: only(headers) })),
        )
        if (foreign === undefined || foreign.text !== absent?.text) return `${foreign?.text} and not ${absent?.text}`
        return problemFault(foreign, [404])
      }),
    )
    expect(faults).toEqual([])
  })

  test('refuses every id that is none, and changes nothing', async () => {
    const attempts = endpoint.ids.flatMap((place) =>
      badIds(endpoint, place).map((id) => ({ name: `${place} ${id}`, place, id })),
    )
    const faults = await changingNothing(stage, () =>
      faultsOf(attempts, async ({ place, id }) => {
        const ids = { ...mine.ids, [place]: id }
        return problemFault(await stage.call(endpoint, { ids }), isLoose(endpoint, id) ? [400, 404, 405] : statuses(id))
      }),
    )
    expect(faults).toEqual([])
  })
})

/** My ids with those of another in some places. */
function swap(places: readonly IdName[], from: NativeIds): NativeIds {
  return { ...mine.ids, ...Object.fromEntries(places.map((place) => [place, from[place]])) }
}

/** The credentials of one role in place of those that a call has by itself. */
function only(headers: Readonly<Record<string, string | string[]>>): Record<string, string | string[]> {
  return { cookie: '', ...headers }
}

function badIds({ method }: NativeEndpoint, place: IdName): string[] {
  // Reading below an empty id is reading the list.
  const blank = method === 'GET' ? [] : ['', '.']
  const own = Number(mine.ids[place])
  return [...UNKNOWN.filter((id) => Number(id) !== own), ...MALFORMED, ...BROKEN, ...blank, '%20', '..', 'by-token']
}

/** A token's id is a text, and some ids end the path or make it another one. */
function isLoose({ ids }: NativeEndpoint, id: string): boolean {
  return ids.includes('token') || BROKEN.includes(id) || ['', '%20', '.', '..'].includes(id)
}

function statuses(id: string): number[] {
  return UNKNOWN.includes(id) ? [404] : [400]
}

describe('an id of another company in a body or a query', () => {
  const lead = theirs.ids.lead
  const user = theirs.ids.user

  test.each<[string, string, unknown, number]>([
    ['PATCH', `/leads/${mine.ids.lead}`, { assigneeId: user }, 400],
    ['POST', '/leads', { firstName: 'Robin', assigneeId: user }, 400],
    ['POST', '/leads/assign', { ids: [mine.ids.lead], assigneeId: user }, 400],
    ['POST', '/leads/assign', { ids: [lead], assigneeId: null }, 200],
    ['PATCH', '/company', { id: theirs.company.companyId }, 400],
    ['PATCH', '/company', { companyId: theirs.company.companyId, name: 'x' }, 400],
    ['PATCH', '/company', { form: { slug: theirs.slug } }, 400],
    ['PATCH', `/users/${mine.ids.user}`, { companyId: theirs.company.companyId }, 400],
    ['PATCH', `/users/${mine.ids.user}`, { role: 'operator' }, 400],
    ['PATCH', `/users/${mine.ids.user}`, { email: 'other@example.com' }, 400],
    ['PATCH', `/users/${mine.ids.user}`, { password: 'a password that is long enough' }, 400],
    ['PATCH', '/me', { role: 'operator' }, 400],
    ['PATCH', '/me', { email: 'other@example.com' }, 400],
    ['PATCH', '/me', { password: 'a password that is long enough' }, 400],
    ['POST', '/invitations', { email: 'a@example.com', role: 'operator' }, 400],
    ['POST', '/invitations', { email: 'a@example.com', role: 'member', companyId: theirs.company.companyId }, 400],
    ['POST', '/tokens', { name: 'x', companyId: theirs.company.companyId }, 400],
    ['POST', '/api-keys', { name: 'x', companyId: theirs.company.companyId }, 400],
    ['POST', `/conflicts/${mine.ids.conflict}/settle`, { choice: 'ours', connectionId: theirs.ids.connection }, 400],
    ['PATCH', `/webhook-endpoints/${mine.ids.webhook}`, { companyId: theirs.company.companyId }, 400],
    ['POST', `/webhook-endpoints/${mine.ids.webhook}/replay`, { attemptIds: [theirs.ids.attempt] }, 400],
    ['PATCH', `/connections/${mine.ids.connection}`, { companyId: theirs.company.companyId }, 400],
    ['POST', '/views', { name: 'x', query: '', userId: user }, 400],
    ['POST', '/leads', { firstName: 'Robin', companyId: theirs.company.companyId }, 400],
    ['POST', '/leads', { firstName: 'Robin', id: lead }, 400],
    ['POST', '/leads', { firstName: 'Robin', status: 'COMPLETED' }, 400],
    ['PATCH', `/leads/${mine.ids.lead}`, { revision: 1 }, 400],
  ])('%s %s %j changes nothing', async (method, path, body, status) => {
    const headers = { ...stage.credentialsOf('admin'), 'content-type': 'application/json' }
    const sent = { method, path: `/v1${path}`, headers, body: JSON.stringify(body) }
    const answer = await changingNothing(stage, () => stage.send(sent))
    if (status >= 400) expect(problemFault(answer, [status])).toBe('')
    else expect([answer.status, answer.json]).toEqual([status, { changed: 0, missing: [lead] }])
  })

  test.each([
    `/leads?id=${lead}`,
    `/conflicts?leadId=${lead}`,
    `/webhook-endpoints/${mine.ids.webhook}/attempts?leadId=${lead}`,
    `/leads?assignee=${user}`,
    `/leads.csv?id=${lead}`,
    `/board?assignee=${user}`,
    `/statistics?assignee=${user}`,
    `/leads/duplicates?email=jordan@example.com&phone=403-555-0142&except=${mine.ids.lead}`,
  ])('GET %s shows nothing of it', async (path) => {
    const answer = await stage.send({ method: 'GET', path: `/v1${path}`, headers: stage.credentialsOf('token') })
    expect(answer.status).toBe(200)
    for (const id of [lead, theirs.ids.offer]) expect(answer.text).not.toMatch(new RegExp(`\\b${id}\\b`))
  })
})

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'COPY', 'SEARCH', 'PURGE']

test('no path takes another method than the documented ones, and none of them changes a thing', async () => {
  const paths = [...new Set(NATIVE_ENDPOINTS.map(({ path }) => path(mine.ids)))]
  const attempts = paths.flatMap((path) => {
    const known = NATIVE_ENDPOINTS.filter((one) => one.path(mine.ids) === path).map(({ method }) => String(method))
    return METHODS.filter((method) => !known.includes(method)).map((method) => ({
      name: `${method} ${path}`,
      method,
      path,
    }))
  })
  const headers = stage.credentialsOf('admin')
  const faults = await changingNothing(stage, () =>
    faultsOf(attempts, async ({ method, path }) => {
      const answer = await stage.send({ method, path, headers })
      const fault = problemFault(answer, [404, 405])
      return fault === '' && answer.status === 405 && answer.headers.allow === undefined ? 'no Allow' : fault
    }),
  )
  expect(faults).toEqual([])
})

test('a path below the prefix that is none is 404 with credentials, and tells nothing without', async () => {
  const rests = [
    '',
    '/',
    '//',
    '/..',
    '/%2e%2e/metrics',
    '/Leads',
    '/leads;a=b',
    '/leads/1/2/3',
    '/%00',
    '/:id',
    '/*',
    '/a%20b',
  ]
  const faults = await faultsOf(
    rests.map((name) => ({ name })),
    async ({ name }) => {
      const path = `/v1${name}`
      const known = await stage.send({ method: 'GET', path, headers: stage.credentialsOf('admin') })
      const stranger = await stage.send({ method: 'POST', path })
      return problemFault(known, [400, 404]) || problemFault(stranger, [400, 401, 404])
    },
  )
  expect(faults).toEqual([])
})
