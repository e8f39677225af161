import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { portalFace } from '../../src/api/portal/face.ts'
import { startServer, type TestServer } from '../support/server.ts'

const PAGE = '<!doctype html><script nonce="__CSP_NONCE__" src="/assets/main-1.js"></script>'
const PAGES = [
  '/',
  '/board',
  '/leads?status=JOB_WON',
  '/leads/17',
  '/settings/tokens',
  '/settings/webhooks/301',
  '/sign-in',
  '/invitation/a.b-c',
]

let folder: string
let portal: FastifyInstance
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadwright-portal-'))
  await mkdir(path.join(folder, 'assets'))
  await writeFile(path.join(folder, 'index.html'), PAGE)
  await writeFile(path.join(folder, '.stamp'), 'inside')
  await writeFile(path.join(folder, 'color-scheme.js'), 'scheme()')
  await writeFile(path.join(folder, 'assets', 'main-1.js'), 'main()')
  portal = Fastify()
  await portal.register(portalFace, { folder })
  server = await startServer()
})

afterAll(async () => {
  await portal.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a built portal', () => {
  test.each(PAGES)('answers %s with its page under a policy without inline scripts', async (url) => {
    const answer = await portal.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['cache-control']).toContain('no-cache')
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
    for (const part of ["script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
      expect(policy).toContain(part)
    }
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
  })

  test('puts a new nonce into each page, the one that its policy names', async () => {
    const nonces = []
    for (const _ of ['first', 'second']) {
      const answer = await portal.inject('/')
      const [, nonce = ''] = /nonce="([^"]+)"/.exec(answer.body) ?? []
      expect(String(answer.headers['content-security-policy'])).toContain(`'nonce-${nonce}'`)
      nonces.push(nonce)
    }
    expect(new Set(nonces).size).toBe(2)
    expect(nonces.every((nonce) => nonce.length > 20 && !nonce.includes('CSP'))).toBe(true)
  })

  test('lets a browser keep files named by their content for ever, and asks about the others', async () => {
    const asset = await portal.inject('/assets/main-1.js')
    expect([asset.statusCode, asset.body]).toEqual([200, 'main()'])
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const named = await portal.inject('/color-scheme.js')
    expect([named.statusCode, named.headers['cache-control']]).toEqual([200, 'public, max-age=0'])
  })

  test.each([
    '/assets/other.js',
    '/assets/../.stamp',
    '/assets/..%2f.stamp',
    '/assets/%2e%2e/index.html',
    '/assets/',
    '/.stamp',
    '/icons/../.stamp',
    '/index.html',
    '/nowhere',
  ])('has nothing at %s', async (url) => {
    const answer = await portal.inject(url)
    expect([403, 404]).toContain(answer.statusCode)
    expect(answer.body).not.toContain('inside')
  })
})

test('while the portal is not built its pages say so, in plain text', async () => {
  const bare = Fastify()
  await bare.register(portalFace, { folder: path.join(folder, 'missing') })
  const page = await bare.inject('/')
  expect([page.statusCode, page.headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8'])
  expect(page.body).toContain('npm start')
  expect((await bare.inject('/assets/main-1.js')).statusCode).toBe(404)
  await bare.close()
})

test('paths of the APIs never get the page, whatever a browser accepts', async () => {
  const headers = { accept: 'text/html' }
  for (const url of ['/v1/leads', '/v1/nowhere', '/api/nowhere', '/rest-api-v1/nowhere', '/healthz', '/openapi.json']) {
    const response = await fetch(`${server.baseUrl}${url}`, { headers })
    await response.text()
    expect([url, /json/.test(response.headers.get('content-type') ?? '')]).toEqual([url, true])
  }
})

test('an address that nobody knows gets the page, which says so, in a browser; a program gets the error', async () => {
  const visit = await fetch(`${server.baseUrl}/no/such/page`, { headers: { accept: 'text/html,*/*;q=0.8' } })
  expect([visit.status, visit.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect(visit.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(await visit.text()).toContain('<div id="root">')
  for (const init of [{ headers: { accept: '*/*' } }, { method: 'POST', headers: { accept: 'text/html' } }]) {
    const answer = await fetch(`${server.baseUrl}/no/such/page`, init)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('problem+json')])
    expect(await answer.json()).toMatchObject({ code: 'request.not-found' })
  }
})
