import { describe, expect, test } from 'vitest'
import { currentSigningKey } from '../../src/app/credentials/signing-key.ts'
import { makeStamp } from '../../src/lib/stamp.ts'
import { BAD_BODIES, OTHER_TYPES } from './bad-bodies.ts'
import type { HttpAnswer } from './http.ts'
import { changingNothing, makeNativeStage, oddFault, problemFault } from './native-stage.ts'
import { faultsOf } from './stage.ts'

const stage = await makeNativeStage()
const { server, mine, theirs } = stage
const path = `/forms/${mine.slug}`
const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

async function stampOf(slug: string, secondsAgo = 60): Promise<string> {
  const { secret } = await currentSigningKey(server.db)
  return makeStamp({ secret, purpose: 'lead form', subject: slug }, Date.now() - secondsAgo * 1000)
}

const stamp = await stampOf(mine.slug)
const OTHER_STAMPS = {
  'the stamp of another form': await stampOf(theirs.slug),
  'a stamp of tomorrow': await stampOf(mine.slug, -86_400),
  'a stamp of long ago': await stampOf(mine.slug, 200_000),
  'a stamp that was changed': `0${stamp.slice(1)}`,
  'a stamp cut short': stamp.slice(0, -1),
}
const GOOD = { firstName: 'Robin', email: 'robin@example.com', message: 'A roof', stamp }

/** What is wrong with an answer to a browser: "" when it is a page of the form that nothing can run in. */
function pageFault({ status, headers, text }: HttpAnswer): string {
  if (status >= 500) return `${status} ${text.slice(0, 200)}`
  if (status === 303) return 'taken'
  if (headers['content-type'] !== 'text/html; charset=utf-8') return `type ${headers['content-type']}`
  if (!String(headers['content-security-policy']).includes("default-src 'none'")) return 'no policy'
  if (headers['x-content-type-options'] !== 'nosniff') return 'no nosniff'
  return /<(script|img)/i.test(text) ? 'markup of the client’s own' : ''
}

const ODD = [
  'null',
  '1',
  'true',
  '[]',
  '{}',
  '"\\u0000"',
  '"\\ud800"',
  '"<script>alert(1)</script>"',
  '"\\u202e"',
  '"a\\r\\nBcc: b@example.com"',
  `"${'x'.repeat(100_000)}"`,
  `"${'a@'.repeat(20_000)}"`,
  `"${' '.repeat(100_000)}x"`,
  '["Robin"]',
  '{"toString":null}',
]

describe('what a program sends', () => {
  test('is refused when it is no submission, and makes no lead', async () => {
    const bodies = BAD_BODIES.filter(({ body }) => body.length < 2_000_000 && body.length > 0)
    const faults = await changingNothing(stage, () =>
      faultsOf(bodies, async ({ body, headers = {}, statuses = [400] }) =>
        problemFault(await stage.send({ method: 'POST', path, body, headers: { ...JSON_TYPE, ...headers } }), [
          ...statuses,
          400,
        ]),
      ),
    )
    expect(faults).toEqual([])
  })

  test('is refused under another type', async () => {
    const others = OTHER_TYPES.filter((type) => !/^application\/(json|x-www-form-urlencoded)/.test(type))
    const faults = await changingNothing(stage, () =>
      faultsOf(
        others.map((name) => ({ name })),
        async ({ name }) => {
          const headers = { 'content-type': name, accept: 'application/json' }
          return problemFault(await stage.send({ method: 'POST', path, body: JSON.stringify(GOOD), headers }), [415])
        },
      ),
    )
    expect(faults).toEqual([])
  })

  test.each([
    'firstName',
    'lastName',
    'email',
    'phone',
    'address',
    'city',
    'zip',
    'category',
    'message',
    'stamp',
    'homepage',
  ])('is refused in its own form for an odd %s, if not taken', async (name) => {
    const faults = await faultsOf(
      ODD.map((value) => ({ name: value.slice(0, 30), value })),
      async ({ value }) => {
        await stage.forgetFailedLogins()
        const body = JSON.stringify({ ...GOOD, [name]: 'its value' }).replace('"its value"', () => value)
        return oddFault(await stage.send({ method: 'POST', path, headers: JSON_TYPE, body }))
      },
    )
    expect(faults).toEqual([])
  })
})

describe('what a page sends', () => {
  const value = encodeURIComponent('"><script>alert(1)</script><img src=x onerror=alert(1)>')
  const bodies: Record<string, string> = {
    nothing: '',
    'markup everywhere': ['firstName', 'email', 'phone', 'message', 'category', 'stamp']
      .map((n) => `${n}=${value}`)
      .join('&'),
    'a NUL': `firstName=a%00b&email=a@example.com&stamp=${stamp}`,
    'bytes that are no UTF-8': 'firstName=%FF%FE&email=%C0%80',
    'half an escape': `firstName=%&email=%zz&stamp=${stamp}`,
    'names of all objects': '__proto__=1&constructor=2&toString=3',
    '100,000 names': 'a&'.repeat(100_000),
    'the same name 10,000 times': 'firstName=a&'.repeat(10_000),
    'a long name': `${'a'.repeat(900_000)}=1`,
    'no stamp': 'firstName=Robin&email=a@example.com',
    ...Object.fromEntries(
      Object.entries(OTHER_STAMPS).map(([name, other]) => [name, `firstName=Robin&email=a@example.com&stamp=${other}`]),
    ),
  }

  test('is shown again as text, and makes no lead', async () => {
    const attempts = Object.entries(bodies).map(([name, body]) => ({ name, body }))
    const faults = await changingNothing(stage, () =>
      faultsOf(attempts, async ({ body }) =>
        pageFault(await stage.send({ method: 'POST', path, headers: FORM_TYPE, body })),
      ),
    )
    expect(faults).toEqual([])
  })
})

test('an address that is none is a page of its own, or a problem for a program', async () => {
  const names = [
    '',
    'x',
    '..',
    '%00',
    '%2e%2e%2fetc',
    "'%20OR%201=1",
    '__proto__',
    'x'.repeat(5000),
    theirs.slug.slice(1),
    '%FF',
    '*',
  ]
  const faults = await faultsOf(
    names.map((name) => ({ name: name.slice(0, 40), slug: name })),
    async ({ slug }) => {
      const judged: string[] = []
      for (const rest of ['', '/thanks', '/embed.js']) {
        const program = await stage.send({
          method: 'GET',
          path: `/forms/${slug}${rest}`,
          headers: { accept: 'application/json' },
        })
        judged.push(problemFault(program, [400, 404]))
      }
      return judged.find((fault) => fault !== '') ?? ''
    },
  )
  expect(faults).toEqual([])
})

test('no method but the documented ones is taken', async () => {
  const attempts = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PURGE'].map((name) => ({ name }))
  const faults = await changingNothing(stage, () =>
    faultsOf(attempts, async ({ name }) =>
      problemFault(await stage.send({ method: name, path, headers: { accept: 'application/json' } }), [404, 405]),
    ),
  )
  expect(faults).toEqual([])
})
