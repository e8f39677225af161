import { describe, expect, test } from 'vitest'
import { BAD_BODIES, OTHER_TYPES } from './bad-bodies.ts'
import { NATIVE_ENDPOINTS, sentBody } from './native-endpoints.ts'
import { changingNothing, makeNativeStage, oddFault, problemFault } from './native-stage.ts'
import { faultsOf } from './stage.ts'

const stage = await makeNativeStage()
const WITH_BODY = NATIVE_ENDPOINTS.filter(({ body }) => body !== undefined)
const BODILESS = NATIVE_ENDPOINTS.filter(({ method, body }) => method !== 'GET' && body === undefined)
/** One body for all faces is read by one reader: what takes longest to send is sent to one operation only. */
const BYTES_MAX = 2_000_000

describe.each(WITH_BODY)('$name', (endpoint) => {
  test('refuses every body that is none of its own, and changes nothing', async () => {
    const isFirst = endpoint.name === 'POST /leads'
    const bodies = BAD_BODIES.filter(({ body }) => isFirst || body.length < BYTES_MAX)
    const faults = await changingNothing(stage, () =>
      faultsOf(bodies, async ({ body, headers = {}, statuses = [400] }) =>
        problemFault(await stage.call(endpoint, { body, headers }), statuses),
      ),
    )
    expect(faults).toEqual([])
  })

  test('refuses its own body under another Content-Type, and changes nothing', async () => {
    const types = [...OTHER_TYPES, '', 'application/json-patch', 'text/json; application/json']
    const faults = await changingNothing(stage, () =>
      faultsOf(
        types.map((name) => ({ name: name.slice(0, 40), type: name })),
        async ({ type }) => problemFault(await stage.call(endpoint, { headers: { 'content-type': type } }), [415]),
      ),
    )
    expect(faults).toEqual([])
  })

  test('refuses its own body with one field more, and changes nothing', async () => {
    const names = [
      'x',
      'id',
      'companyId',
      'company_id',
      'isAdmin',
      'toString',
      'hasOwnProperty',
      'NAME',
      'name ',
      '{x}',
    ]
    const others = names.filter((name) => endpoint.body?.[name] === undefined).map((name) => ({ name }))
    const faults = await changingNothing(stage, () =>
      faultsOf(others, async ({ name }) => {
        const body = JSON.stringify({ [name]: 1, ...endpoint.body })
        return problemFault(await stage.call(endpoint, { body }), [400])
      }),
    )
    expect(faults).toEqual([])
  })

  test('answers a field of any other value with a refusal of its own form, if not with success', async () => {
    const changes = variants(endpoint.body ?? {})
    const faults = await faultsOf(changes, async ({ body }) => {
      await stage.forgetFailedLogins()
      return oddFault(await stage.call(endpoint, { body }))
    })
    expect(faults).toEqual([])
  })
})

/** Values in JSON of every kind that a field may be sent as. */
const VALUES = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '0.1',
  '1e308',
  '9007199254740993',
  '99999999999999999999999999',
  '""',
  '" "',
  '"\\u0000"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u202e\\u2028\\ufeff"',
  '"__proto__"',
  '"constructor"',
  '"<script>alert(1)</script>"',
  '"\' OR 1=1 --"',
  '"a\\r\\nBcc: b@example.com"',
  '"{status}{0}%s%n"',
  '"NaN"',
  '"0000-00-00"',
  '"9999-12-31"',
  '"275760-09-13T00:00:00Z"',
  `"${'x'.repeat(100_000)}"`,
  `"${'\u{1f600}'.repeat(50_000)}"`,
  `"${'a@'.repeat(20_000)}"`,
  `"${' '.repeat(100_000)}x"`,
  `"${'<p '.repeat(30_000)}"`,
  '[]',
  '[null]',
  '[[[[]]]]',
  '["x","x"]',
  '[1,1,-1,1.5]',
  `[${'1,'.repeat(99_999)}1]`,
  `[${'"",'.repeat(9_999)}""]`,
  '{}',
  '{"a":1}',
  '{"toString":null}',
  '{"length":1e9}',
] as const

/** The body with each of its values, and of those of its parts, once as each of the odd ones. */
function variants(body: Readonly<Record<string, unknown>>): { name: string; body: string }[] {
  return placesOf(body).flatMap((place) =>
    VALUES.map((value) => ({
      name: `${place.join('.')} ${value.slice(0, 30)}`,
      body: JSON.stringify(withMark(body, place)).replace(`"${MARK}"`, () => value),
    })),
  )
}

const MARK = 'the value of this place'

function placesOf(body: Readonly<Record<string, unknown>>): string[][] {
  return Object.entries(body).flatMap(([name, value]) =>
    isPart(value) ? [[name], ...placesOf(value).map((rest) => [name, ...rest])] : [[name]],
  )
}

function withMark(body: Readonly<Record<string, unknown>>, [name = '', ...rest]: readonly string[]): unknown {
  const part = body[name]
  return { ...body, [name]: rest.length > 0 && isPart(part) ? withMark(part, rest) : MARK }
}

function isPart(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

describe.each(BODILESS)('$name', (endpoint) => {
  test('answers in its own form whatever body comes along', async () => {
    const bodies = BAD_BODIES.filter(({ body }) => body.length < BYTES_MAX)
    const { body: _, headers: typed } = sentBody(endpoint)
    // Not the session that the other calls of this file need.
    const path = endpoint.path(stage.theirs.ids)
    const method = endpoint.name === 'DELETE /session' ? 'POST' : endpoint.method
    const faults = await faultsOf(bodies, async ({ body, headers = {} }) =>
      oddFault(await stage.call(endpoint, { method, path, body, headers: { ...typed, ...headers } })),
    )
    expect(faults).toEqual([])
  })
})

test('nothing that was sent has put a property on all objects', () => {
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
})
