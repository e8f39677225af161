import { describe, expect, test } from 'vitest'
import { BAD_BODIES, OTHER_TYPES } from './bad-bodies.ts'
import { BODILESS_ENDPOINTS, ENDPOINTS, type Endpoint, JSON_ENDPOINTS } from './endpoints.ts'
import type { HttpAnswer } from './http.ts'
import { faultsOf, makeStage, refusalFault, writingNothing } from './stage.ts'

const stage = await makeStage()

function bodyOf({ body = '' }: Endpoint): string {
  return body
}

describe.each(JSON_ENDPOINTS)('$face $name', (endpoint) => {
  const { face } = endpoint

  test('refuses every body that is none of its own, in its own form, and writes nothing', async () => {
    const bad = BAD_BODIES.filter((each) => each.face === undefined || each.face === face)
    const faults = await writingNothing(stage, () =>
      faultsOf(bad, async ({ body, headers = {}, statuses = [400] }) =>
        refusalFault(face, await stage.call(endpoint, { body, headers }), statuses),
      ),
    )
    expect(faults).toEqual([])
  })

  test('refuses its own body cut off after each character', async () => {
    const whole = bodyOf(endpoint)
    const cuts = Array.from({ length: whole.length - 1 }, (_, n) => ({ name: whole.slice(0, n + 1) }))
    const faults = await writingNothing(stage, () =>
      faultsOf(cuts, async ({ name }) => refusalFault(face, await stage.call(endpoint, { body: name }), [400])),
    )
    expect(faults).toEqual([])
  })

  test('is not led astray by a Content-Type', async () => {
    const judge = (answer: HttpAnswer): string => {
      if (face === 'renovationfind') return refusalFault(face, answer, [415])
      return answer.status === 200 ? '' : `${answer.status} ${answer.text}`
    }
    const faults = await faultsOf(
      OTHER_TYPES.map((name) => ({ name: name.slice(0, 40), type: name })),
      async ({ type }) => judge(await stage.call(endpoint, { headers: { 'content-type': type } })),
    )
    expect(faults).toEqual([])
  })

  test.each<[string, (body: string) => string | Uint8Array, Record<string, string>]>([
    ['with a byte order mark', (body) => `\ufeff${body}`, {}],
    ['between blanks', (body) => ` \r\n${body}\t\n`, {}],
    ['of exactly 1,000,000 bytes', (body) => body.padEnd(1_000_000), {}],
    ['with escapes in a name', (body) => body.replace(/"(\w)/, (_, letter: string) => `"${escaped(letter)}`), {}],
  ])('takes its own body %s', async (_, dress, headers) => {
    const target = await stage.freshTarget(endpoint)
    const path = `${endpoint.path(target)}${endpoint.name.includes('referral') ? '?skipDuplicates=false' : ''}`
    const answer = await stage.call(endpoint, { path, body: dress(bodyOf(endpoint)), headers })
    expect([answer.status, answer.text]).toEqual([endpoint.success, expect.any(String)])
  })
})

/** A letter as JSON may also write it. */
function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

describe.each(BODILESS_ENDPOINTS)('$face $name', (endpoint) => {
  test('takes no notice of what a body says, and answers in its own form', async () => {
    const faults = await faultsOf(BAD_BODIES, async ({ body, headers = {} }) => {
      const target = endpoint.name.startsWith('DELETE') ? { lead: stage.mine.accepted.lead, attachment: 1 } : undefined
      const answer = await stage.call(endpoint, { body, headers, ...(target === undefined ? {} : { target }) })
      if (answer.status === 200) return (answer.json as { success: unknown }).success === true ? '' : answer.text
      return refusalFault(endpoint.face, answer, [400, 404, 409, 413, 415])
    })
    expect(faults).toEqual([])
  })
})

describe.each(ENDPOINTS.filter(({ method }) => method === 'GET'))('$face $name', (endpoint) => {
  test('answers as ever when a body comes along', async () => {
    const plain = await stage.call(endpoint)
    const bodies = BAD_BODIES.filter(({ body }) => body.length < 1000)
    const faults = await faultsOf(bodies, async ({ body }) => {
      const answer = await stage.call(endpoint, { body })
      return answer.status === 200 && answer.text === plain.text ? '' : `${answer.status} ${answer.text}`
    })
    expect(faults).toEqual([])
  })
})

describe('ConstructionOnline’s PUT without a body', () => {
  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['blanks', ' \r\n '],
    ['a byte order mark', '\ufeff'],
    ['an empty object', '{}'],
  ])('%s changes nothing and answers the record', async (_, body) => {
    const put = ENDPOINTS.find(({ name }) => name === 'PUT Leads?id')
    if (put === undefined) throw new Error('PUT Leads is not in the table.')
    const answer = await writingNothing(stage, () => stage.call(put, { body }))
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining({ ID: stage.mine.accepted.lead })])
  })
})

test('nothing that was sent has put a property on all objects', () => {
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
})
