import { describe, expect, test } from 'vitest'
import { BROKEN, MALFORMED, UNKNOWN } from './bad-ids.ts'
import { type Endpoint, LEAD_ENDPOINTS, type Target } from './endpoints.ts'
import { faultsOf, makeStage, refusalFault, targetOf, writingNothing } from './stage.ts'

const stage = await makeStage()

interface Attempt {
  readonly name: string
  readonly target: Target
  readonly statuses: readonly number[]
}

/** A bad id in each place of the path that takes one, the other place being right. */
function attempts(endpoint: Endpoint, ids: readonly string[], statuses: readonly number[]): Attempt[] {
  const right = targetOf(endpoint, stage.mine)
  const places: readonly (keyof Target)[] = endpoint.name.endsWith(' attachment') ? ['lead', 'attachment'] : ['lead']
  return places.flatMap((place) =>
    ids.map((id) => ({ name: `${place} ${id.slice(0, 40)}`, target: { ...right, [place]: id }, statuses })),
  )
}

describe.each(LEAD_ENDPOINTS)('$face $name', (endpoint) => {
  test.each<[string, readonly string[], readonly number[]]>([
    ['a whole number of 64 bits that names nothing is 404', UNKNOWN, [404]],
    ['anything but a whole number of 64 bits is 400', MALFORMED, [400]],
    ['a path that cannot be decoded or matched is 400 or 404', BROKEN, [400, 404]],
  ])('%s, in its own form, and nothing is written', async (_, ids, statuses) => {
    const faults = await writingNothing(stage, () =>
      faultsOf(attempts(endpoint, ids, statuses), async ({ target, statuses }) =>
        refusalFault(endpoint.face, await stage.call(endpoint, { target }), statuses),
      ),
    )
    expect(faults).toEqual([])
  })
})

describe.each(LEAD_ENDPOINTS.filter(({ method }) => method !== 'GET'))('$face $name', (endpoint) => {
  test('an empty or blank id is refused and writes nothing', async () => {
    const faults = await writingNothing(stage, () =>
      faultsOf(attempts(endpoint, ['', '%20', '+', '%09'], [400, 404, 405]), async ({ target, statuses }) =>
        refusalFault(endpoint.face, await stage.call(endpoint, { target }), statuses),
      ),
    )
    expect(faults).toEqual([])
  })
})

test('the least whole number of 64 bits is one too: -2^63 is 404 like every other that names nothing', async () => {
  const attempts = LEAD_ENDPOINTS.map((endpoint) => ({ name: endpoint.name, endpoint }))
  const target = { lead: '-9223372036854775808', attachment: '-9223372036854775808' }
  const faults = await faultsOf(attempts, async ({ endpoint }) =>
    refusalFault(endpoint.face, await stage.call(endpoint, { target }), [404]),
  )
  expect(faults).toEqual([])
})

/** Our choice: these are the same number; ConstructionOnline's query values are trimmed as well. */
test.each([
  ['leading zeros', (id: string) => `00${id}`, ['GET lead', 'GET Leads?id']],
  ['blanks around it', (id: string) => `+${id}%20`, ['GET Leads?id']],
])('an id with %s names that lead and no other', async (_, spell, names) => {
  for (const endpoint of LEAD_ENDPOINTS.filter(({ name }) => names.includes(name))) {
    const { lead, attachment } = stage.mine.accepted
    const answer = await stage.call(endpoint, { target: { lead: spell(`${lead}`), attachment } })
    const plain = await stage.call(endpoint)
    expect([answer.status, answer.text]).toEqual([200, plain.text])
  }
})

test('PUT /api/Leads takes exactly one id, whatever else the query holds', async () => {
  const { lead } = stage.mine.accepted
  const queries = [
    '',
    '?',
    '?id',
    '?ID=',
    '?id[]=1',
    '?id[a]=1',
    `?id=${lead}&id=${lead}`,
    `?id=${lead}&ID=1`,
    '?&&=&id',
  ]
  const put = LEAD_ENDPOINTS.find(({ name }) => name === 'PUT Leads?id')
  if (put === undefined) throw new Error('PUT Leads is not in the table.')
  const faults = await writingNothing(stage, () =>
    faultsOf(
      queries.map((name) => ({ name })),
      async ({ name }) => refusalFault(put.face, await stage.call(put, { path: `/api/Leads${name}` }), [400]),
    ),
  )
  expect(faults).toEqual([])
})
