import { describe, expect, test } from 'vitest'
import { LEAD_SORTS } from '../../src/core/lead/lead-filter.ts'
import { NATIVE_ENDPOINTS } from './native-endpoints.ts'
import { changingNothing, makeNativeStage, oddFault, problemFault, type Role } from './native-stage.ts'
import { faultsOf } from './stage.ts'

const stage = await makeNativeStage()
const { mine } = stage
const READS = NATIVE_ENDPOINTS.filter(({ name, method }) => method === 'GET' && name !== 'GET /events')

const PARAMETERS = [
  'q',
  'id',
  'boardStage',
  'status',
  'source',
  'category',
  'assignee',
  'requiresAction',
  'createdFrom',
  'createdTo',
  'deleted',
  'sort',
  'cursor',
  'limit',
  'from',
  'to',
  'email',
  'phone',
  'except',
  'inline',
  'leadId',
  'state',
  'outcome',
  'event',
  'before',
  'x',
  '__proto__',
  'constructor',
  'toString',
  '',
  'a[]',
  '%',
  '%00',
  '{x}',
] as const
/** As they stand in a URL. */
const VALUES = [
  '',
  '0',
  '-1',
  '1e3',
  '1.5',
  '201',
  '9007199254740993',
  '99999999999999999999999999',
  'NaN',
  'null',
  'true',
  'me',
  'none',
  'newest',
  ',',
  ',,1',
  'a,b',
  '0000-01-01',
  '1900-01-01',
  '9999-12-31',
  '2026-02-30',
  '%',
  '%zz',
  '%00',
  'a%00b',
  '%FF%FE',
  '%ED%A0%80',
  '%F0%9F%98%80',
  '%E2%80%AE',
  '%27%20OR%201=1%20--',
  '%25',
  '_',
  '%5C',
  '%5C%25',
  '%25_%5C%27%22',
  '%28%5B%2A%2B%3F',
  '{x}',
  '__proto__',
  '[object%20Object]',
  'W10',
  'bnVsbA',
  'eyJhIjoxfQ',
  'x'.repeat(201),
  'x'.repeat(5000),
  'a%20'.repeat(100),
  '%2B'.repeat(60),
  '(((((((((('.repeat(20),
  '1-'.repeat(99),
] as const

/** Operations that read nothing of a query: a few are enough. */
const TAKING_NONE: readonly string[] = [
  'GET /session',
  'GET /users',
  'GET /invitations',
  'GET /invitations/by-token/{token}',
  'GET /company',
  'GET /tokens',
  'GET /api-keys',
  'GET /views',
  'GET /webhook-endpoints',
  'GET /webhook-endpoints/{id}',
  'GET /webhook-endpoints/{id}/attempts/{attemptId}',
  'GET /connections',
  'GET /connections/{id}',
  'GET /leads/{id}/links',
  'GET /lead-statuses',
  'GET /leads/{id}',
  'GET /leads/{id}/attachments',
]

describe.each(READS)('$name', (endpoint) => {
  const headers = stage.credentialsOf(stage.roleFor(endpoint))
  const path = endpoint.path(mine.ids)

  test('answers every value of every parameter, once and twice, in its own form', async () => {
    const names = TAKING_NONE.includes(endpoint.name) ? ['q', '__proto__', '%'] : PARAMETERS
    const queries = names.flatMap((name) => [
      ...VALUES.map((value) => `${name}=${value}`),
      ...['', '1', 'me', '2026-01-01'].map((value) => `${name}=${value}&${name}=${value}`),
    ])
    const odd = ['?', '&', '&&=&', '=', 'q', `${'q=a&'.repeat(400)}q=a`, `${'id=1&'.repeat(600)}id=2`, 'id='.repeat(90)]
    const faults = await changingNothing(stage, () =>
      faultsOf(
        [...queries, ...odd].map((name) => ({ name: name.slice(0, 60), query: name })),
        async ({ query }) => oddFault(await stage.send({ method: 'GET', path: `${path}?${query}`, headers })),
      ),
    )
    expect(faults).toEqual([])
  })
})

/** Parts in place of those of a good cursor. */
const PARTS: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'x',
  '\u0000',
  '\ud800',
  '__proto__',
  0,
  -1,
  1.5,
  1e300,
  9_007_199_254_740_992,
  '0000-01-01 00:00:00+00',
  '2026-02-31 00:00:00+00',
  '2026-03-01 24:00:00+00',
  '2026-03-01 00:00:60+00',
  '2026-03-01x00:00:00+00',
  '9999-12-31 23:59:59.999999+00',
  '294276-12-31 23:59:59+00',
  'infinity',
  'now',
  '1e5',
  '999999999999.99',
  '1900-01-01',
  '9999-12-31',
  'x'.repeat(1400),
  '😀'.repeat(300),
  [],
  {},
]

interface Forged {
  readonly name: string
  readonly cursor: string
}

/** A cursor with other parts behind its mark, which anybody can keep. */
function forgeries(good: string): Forged[] {
  const [mark, ...parts] = JSON.parse(Buffer.from(good, 'base64url').toString('utf8')) as unknown[]
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const swapped = parts.flatMap((_, at) =>
    PARTS.map((part) => ({
      name: `part ${at} ${JSON.stringify(part).slice(0, 40)}`,
      cursor: encode([mark, ...parts.with(at, part)]),
    })),
  )
  const others = {
    'no parts': encode([mark]),
    'one part less': encode([mark, ...parts.slice(0, -1)]),
    'one part more': encode([mark, ...parts, 1]),
    'no mark': encode(parts),
    'another mark': encode(['AAAAAAAAAA', ...parts]),
    'an object': encode({ mark, parts }),
    padding: `${good}=`,
    'half of it': good.slice(0, good.length / 2),
    twice: good + good,
    'raw JSON': encodeURIComponent(JSON.stringify([mark, ...parts])),
    'half a letter': Buffer.from(Buffer.from(good, 'base64url').subarray(0, -1)).toString('base64url'),
  }
  return [...swapped, ...Object.entries(others).map(([name, cursor]) => ({ name, cursor }))]
}

async function forgedFaults(path: string, role: Role): Promise<string[]> {
  const headers = stage.credentialsOf(role)
  const first = await stage.send({ method: 'GET', path, headers })
  const cursor = /"(?:nextCursor|cursor)":"([\w-]+)"/.exec(first.text)?.[1]
  if (cursor === undefined) return [`${path} has no second page: ${first.status} ${first.text.slice(0, 300)}`]
  const joint = path.includes('?') ? '&' : '?'
  const good = await stage.send({ method: 'GET', path: `${path}${joint}cursor=${cursor}`, headers })
  if (good.status !== 200) return [`${path} refuses its own cursor: ${good.text}`]
  return faultsOf(forgeries(cursor), async (forged) =>
    oddFault(await stage.send({ method: 'GET', path: `${path}${joint}cursor=${forged.cursor}`, headers })),
  )
}

describe('a forged cursor', () => {
  test.each(LEAD_SORTS)('of the leads in the order %s is refused, or leads to some place', async (sort) => {
    expect(await forgedFaults(`/v1/leads?limit=1&sort=${sort}`, 'token')).toEqual([])
  })

  test('of a column of the board', async () => {
    await stage.server.offer(mine.company.companyId)
    await stage.server.offer(mine.company.companyId)
    const { json } = await stage.send({ method: 'GET', path: '/v1/leads', headers: stage.credentialsOf('token') })
    const { leads } = json as { leads: { boardStage: string }[] }
    const column = encodeURIComponent(leads[0]?.boardStage ?? '')
    expect(await forgedFaults(`/v1/board/${column}?limit=1`, 'token')).toEqual([])
  })

  test('of a timeline', async () => {
    expect(await forgedFaults(`/v1/leads/${mine.ids.lead}/timeline?limit=1`, 'token')).toEqual([])
  })

  test('of the calls to a webhook endpoint', async () => {
    expect(await forgedFaults(`/v1/webhook-endpoints/${mine.ids.webhook}/attempts?limit=1`, 'token')).toEqual([])
  })

  test('of an operator’s companies', async () => {
    await stage.server.db.query({
      text: `INSERT INTO company (name, created_at) SELECT 'Company ' || n, now() FROM generate_series(1, 60) n`,
      values: [],
    })
    expect(await forgedFaults('/v1/operator/companies', 'operator')).toEqual([])
  })
})

test('the stage of a board’s column is one of the list', async () => {
  const names = ['', '%20', 'new', 'Deleted', '__proto__', '%00', '%FF', '..', "'%20OR%201=1", 'x'.repeat(5000)]
  const faults = await faultsOf(
    names.map((name) => ({ name: name.slice(0, 40), stage: name })),
    async ({ stage: name }) => {
      const path = `/v1/board/${name}`
      const answer = await stage.send({ method: 'GET', path, headers: stage.credentialsOf('token') })
      return name === '' ? oddFault(answer) : problemFault(answer, [400, 404])
    },
  )
  expect(faults).toEqual([])
})
