import { describe, expect, test } from 'vitest'
import { ENDPOINTS, type Face } from './endpoints.ts'
import type { HttpAnswer } from './http.ts'
import { credentialsFor, faultsOf, makeStage, refusalFault, targetOf, writingNothing } from './stage.ts'

const stage = await makeStage()
const { mine } = stage
const PREFIXES: Readonly<Record<Face, string>> = { renovationfind: '/rest-api-v1', constructiononline: '/api' }
const ORIGIN = { origin: 'https://evil.example' }

/** Every method that Node's parser knows besides CONNECT, which names no path. */
const METHODS = [
  'GET',
  'PUT',
  'POST',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'QUERY',
  'PROPFIND',
  'MKCOL',
  'COPY',
  'SEARCH',
  'PURGE',
  'M-SEARCH',
]

function routesOf(path: string): readonly string[] {
  const pathOnly = (text: string) => text.split('?', 1)[0]
  const at = ENDPOINTS.filter((endpoint) => pathOnly(endpoint.path(targetOf(endpoint, mine))) === pathOnly(path))
  return at.map(({ method }) => method)
}

describe.each(ENDPOINTS)('$face $name', (endpoint) => {
  const { face } = endpoint
  const path = endpoint.path(targetOf(endpoint, mine))
  const headers = credentialsFor(face, mine.company)

  test('its path takes no other method than the documented ones, and none of them writes', async () => {
    const others = METHODS.filter((method) => !routesOf(path).includes(method)).map((name) => ({ name }))
    const faults = await writingNothing(stage, () =>
      faultsOf(others, async ({ name }) => {
        const answer = await stage.send({ method: name, path, headers })
        // Node's QUERY is one with a body: without a Content-Type it is refused before any path is looked at.
        const fault = refusalFault(face, answer, name === 'QUERY' ? [400, 404, 405] : [404, 405])
        return fault === '' && answer.status === 405 && answer.headers.allow === undefined ? '405 without Allow' : fault
      }),
    )
    expect(faults).toEqual([])
  })

  test('HEAD is GET without a body, or refused without one, and writes nothing', async () => {
    const get = routesOf(path).includes('GET') ? await stage.send({ method: 'GET', path, headers }) : null
    const head = await writingNothing(stage, () => stage.send({ method: 'HEAD', path, headers }))
    expect(head.text).toBe('')
    expect([get?.status ?? 404, 404, 405]).toContain(head.status)
    if (head.status === 200) expect(head.headers['content-type']).toBe(get?.headers['content-type'])
  })

  test('a page of another origin is given no leave, neither ahead nor in the answer', async () => {
    const asked = {
      ...ORIGIN,
      'access-control-request-method': endpoint.method,
      'access-control-request-headers': 'authorization',
    }
    const ahead = await stage.send({ method: 'OPTIONS', path, headers: asked })
    const bare = await stage.send({ method: 'HEAD', path, headers: ORIGIN })
    const answer = await stage.send({ method: 'GET', path, headers: { ...headers, ...ORIGIN } })
    expect([ahead.status, bare.status]).toEqual([401, 401])
    expect(refusalFault(face, ahead, [401])).toBe('')
    for (const { headers: answered } of [ahead, bare, answer]) {
      expect(Object.keys(answered).filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })

  test('a header or parameter that names another method changes nothing', async () => {
    const overriding = {
      ...headers,
      'x-http-method-override': 'DELETE',
      'x-method-override': 'DELETE',
      'x-original-url': '/metrics',
    }
    const get = await writingNothing(stage, () => stage.send({ method: 'GET', path, headers: overriding }))
    const plain = await stage.send({ method: 'GET', path, headers })
    expect([get.status, get.text]).toEqual([plain.status, plain.text])
  })
})

describe.each(Object.entries(PREFIXES) as [Face, string][])(
  'a path below the prefix of %s that is none',
  (face, prefix) => {
    const others = [
      '',
      '/',
      '//',
      '/..',
      '/../',
      '/%2e%2e/metrics',
      '/general-leads/1/2/3/4',
      '/leads/1',
      '/.git/config',
      '/%00',
      '/docs',
      '/a%20b',
      '/\\',
      '/*',
      '/:id',
      '/general-leads;a=b',
      '/Leads;a=b',
      '/GENERAL-LEADS',
      `/${'a'.repeat(10_000)}`,
    ]
    const urls = others.map((rest) => ({ name: `${prefix}${rest}` }))

    test('is 404 in its own form with credentials, and tells nothing without', async () => {
      const faults = await faultsOf(urls, async ({ name }) => {
        const judged: [HttpAnswer, number[]][] = [
          [await stage.send({ method: 'GET', path: name, headers: credentialsFor(face, mine.company) }), [400, 404]],
          [await stage.send({ method: 'POST', path: name }), [400, 401]],
        ]
        return (
          judged.map(([answer, statuses]) => refusalFault(face, answer, statuses)).find((fault) => fault !== '') ?? ''
        )
      })
      expect(faults).toEqual([])
    })
  },
)

test('a path beside the prefixes is neither face, and tells nothing', async () => {
  const paths = [
    '/rest-api-v10/general-leads',
    '/rest-api-v1x',
    '/apix/Leads',
    '/v1',
    '/REST-API-V1/general-leads',
    '/%61pi/Leads',
    '//api/Leads',
    '/rest-api-v1%2Fgeneral-leads',
    '/..%2f..%2fetc/passwd',
    '/%',
    '/a%ZZ',
  ]
  for (const path of paths) {
    const answer = await stage.send({ method: 'GET', path, headers: credentialsFor('renovationfind', mine.company) })
    expect([
      path,
      answer.status < 500,
      /^application\/(problem\+)?json/.test(answer.headers['content-type'] ?? ''),
    ]).toEqual([path, true, true])
    expect(answer.text).not.toContain(`${mine.accepted.lead}`)
  }
})
