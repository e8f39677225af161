import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sweep } from '../../../src/jobs/house-keeping.ts'
import type { Browser } from '../accounts/browser.ts'
import { openStage, type Stage, type StagedCompany } from '../accounts/stage.ts'
import { type Answer, clientOf, problemOf } from '../client.ts'

const HOUR = 3_600_000
const stage: Stage = await openStage()
let company: StagedCompany
let admin: Browser
let headers: Record<string, string>

beforeEach(async () => {
  company = await stage.company()
  admin = await stage.signIn(company)
  headers = { 'idempotency-key': randomUUID() }
})
afterAll(() => stage.close())

const issue = (name = 'Desk', by = admin, keyed = headers) =>
  by.call('POST', '/tokens', { body: { name }, headers: keyed })

async function tokenNames(): Promise<unknown[]> {
  const { body } = await admin.call('GET', '/tokens')
  return (body['tokens'] as Record<string, unknown>[]).map(({ name }) => name).sort()
}

function expectReplay(again: Answer, first: Answer): void {
  expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([
    first.status,
    first.text,
    'true',
  ])
  for (const name of ['content-type', 'etag']) expect(again.headers.get(name)).toBe(first.headers.get(name))
}

describe('a write sent again with its Idempotency-Key', () => {
  test('that issued a token shows the same token, and issues no other', async () => {
    const first = await issue()
    expect(first.status).toBe(201)
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expectReplay(await issue(), first)
    expectReplay(await issue(), first)
    expect(await tokenNames()).toEqual(['Desk', 'First'])
    const program = clientOf(stage, { token: String(first.body['token']) })
    expect((await program('GET', '/company')).status).toBe(200)
  })

  test('shows what was answered then, also by another server and with its ETag, whatever happened since', async () => {
    const change = { body: { name: 'Elm & Sons' }, headers }
    const first = await admin.call('PATCH', '/company', change)
    await admin.call('PATCH', '/company', { body: { name: 'Oak Homes' } })
    const elsewhere = clientOf({ baseUrl: await stage.otherServer() }, company)
    const again = await elsewhere('PATCH', '/company', change)
    expectReplay(again, first)
    expect(first.headers.get('etag')).toMatch(/^"/)
    expect((await admin.call('GET', '/company')).body['name']).toBe('Oak Homes')
  })

  test('that deleted something says so again', async () => {
    const { body } = await issue('Lost', admin, {})
    const path = `/tokens/${body['id']}`
    expect((await admin.call('DELETE', path, { headers })).status).toBe(204)
    const again = await admin.call('DELETE', path, { headers })
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([204, '', 'true'])
  })

  test.each([' ', 'two words', 'x'.repeat(256)])('is refused under the key %j', async (word) => {
    const refused = await issue('Desk', admin, { 'idempotency-key': word })
    expect(problemOf(refused)).toMatchObject({ status: 400, code: 'idempotency.key-invalid' })
    expect(await tokenNames()).toEqual(['First'])
  })
})

describe('a key', () => {
  test('that was used is refused with another body, path or method', async () => {
    await issue()
    const others = [
      await issue('Other'),
      await admin.call('POST', '/api-keys', { body: { name: 'Desk' }, headers }),
      await clientOf(stage, company)('POST', '/leads', { body: { firstName: 'Ann' }, headers }),
    ]
    for (const other of others) expect(problemOf(other)).toMatchObject({ status: 422, code: 'idempotency.key-reused' })
    expect(await tokenNames()).toEqual(['Desk', 'First'])
  })

  test('that a lead was written with is refused elsewhere', async () => {
    const made = await clientOf(stage, company)('POST', '/leads', { body: { firstName: 'Ann' }, headers })
    expect(made.status).toBe(201)
    expect(problemOf(await issue())).toMatchObject({ status: 422, code: 'idempotency.key-reused' })
  })

  test('of another company is another key', async () => {
    const other = await stage.signIn(await stage.company())
    const [first, second] = [await issue(), await issue('Desk', other)]
    expect([first.status, second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 201, null])
    expect(first.body['token']).not.toBe(second.body['token'])
  })

  test('of a saved view is its user’s own; an operator’s is of the operator', async () => {
    const view = { body: { name: 'Mine', query: '?q=a' }, headers }
    const colleague = await stage.signIn(await stage.user(company.companyId, 'member'))
    const [first, other] = [await admin.call('POST', '/views', view), await colleague.call('POST', '/views', view)]
    expect([first.status, other.status]).toEqual([201, 201])
    expect(other.headers.get('idempotency-replayed')).toBeNull()
    expectReplay(await colleague.call('POST', '/views', view), other)
    const operators = [await stage.user(null, 'operator'), await stage.user(null, 'operator')]
    const [one, two] = await Promise.all(operators.map((login) => stage.signIn(login)))
    const input = { name: 'Ash', email: `office-${randomUUID()}@ash.example`, password: 'long enough for all' }
    const add = (by: Browser | undefined) => by?.call('POST', '/operator/companies', { body: input, headers })
    const added = await add(one)
    const again = await add(one)
    expect(added?.status).toBe(201)
    expect([again?.status, again?.text]).toEqual([201, added?.text])
    expect((await add(two))?.body).toMatchObject({ field: 'email' })
  })

  test('of a refused request can be used for the corrected one', async () => {
    expect(problemOf(await issue(' '))).toMatchObject({ status: 400, field: 'name' })
    expect((await issue()).status).toBe(201)
  })

  test('shows nothing to those who may not do it any more', async () => {
    await issue()
    const member = await stage.signIn(await stage.user(company.companyId, 'member'))
    expect(problemOf(await issue('Desk', member))).toMatchObject({ status: 403 })
    const stranger = await fetch(`${stage.baseUrl}/v1/tokens`, { method: 'POST', headers, body: '{"name":"Desk"}' })
    expect([stranger.status, await stranger.text()]).toEqual([401, expect.not.stringContaining('eyJ')])
  })
})

test('what is kept shows no secret, of the answer or of the request', async () => {
  const operator = await stage.signIn(await stage.user(null, 'operator'))
  const input = { name: 'Fir', email: 'office@fir.example', password: 'a password for the firs' }
  const { body } = await operator.call('POST', '/operator/companies', { body: input, headers })
  const token = await issue()
  const url = 'https://receiver.example/hook'
  const endpoint = await admin.call('POST', '/webhook-endpoints', { body: { url }, headers: key() })
  const rows = await stage.app.db.query<{ row: string }>({
    text: "SELECT row::text || coalesce(encode(sealed, 'escape'), '') || encode(request_hash, 'hex') AS row FROM idempotency AS row",
  })
  const kept = rows.map(({ row }) => row).join('\n')
  expect(rows.length).toBeGreaterThanOrEqual(3)
  const secrets = [body['token'], body['apiKey'], token.body['token'], endpoint.body['secret'], input.password]
  for (const secret of secrets) {
    expect(secret).toEqual(expect.any(String))
    expect(kept).not.toContain(secret)
    expect(kept).not.toContain(Buffer.from(String(secret)).toString('hex'))
  }
  const hashes = await stage.app.db.query({
    text: 'SELECT 1 FROM idempotency WHERE sealed IS NOT NULL AND (length(request_hash) > 0 OR body <> $1)',
    values: [''],
  })
  expect(hashes).toEqual([])
})

test('house-keeping forgets kept answers after their time, and no sooner', async () => {
  const first = await issue()
  stage.pass(24 * HOUR)
  await sweep(stage.app)
  admin = await stage.signIn(company)
  expectReplay(await issue(), first)
  stage.pass(25 * HOUR)
  await sweep(stage.app)
  admin = await stage.signIn(company)
  const later = await issue()
  expect([later.status, later.headers.get('idempotency-replayed')]).toEqual([201, null])
  expect(later.body['token']).not.toBe(first.body['token'])
})

function key(): Record<string, string> {
  return { 'idempotency-key': randomUUID() }
}
