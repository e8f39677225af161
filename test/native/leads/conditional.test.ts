import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Answer, type Call, countHistory, problemOf } from '../client.ts'
import { expectStatus, makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()

/** Every write of one lead, each as it succeeds on a lead that is ready for it. */
const WRITES: readonly [name: string, ready: 'offered' | 'accepted', method: string, path: string, body?: unknown][] = [
  ['edit', 'accepted', 'PATCH', '', { city: 'Banff' }],
  ['delete', 'accepted', 'DELETE', ''],
  ['restore', 'accepted', 'POST', '/restore'],
  ['accept', 'offered', 'POST', '/accept'],
  ['decline', 'offered', 'POST', '/decline', { reason: 'Too far' }],
  ['status', 'accepted', 'POST', '/status', { status: 'QUOTE_SENT' }],
  ['viewed', 'offered', 'POST', '/viewed'],
]

function callOf(body: unknown, headers: Record<string, string>): Call {
  return body === undefined ? { headers } : { body, headers }
}

describe.each(WRITES)('If-Match on %s', (_, ready, method, path, body) => {
  const write = (id: number, ifMatch: string) =>
    stage.call(method, `/leads/${id}${path}`, callOf(body, { 'if-match': ifMatch }))

  it('lets the revision that is there through', async () => {
    for (const list of [(tag: string) => tag, () => '*', (tag: string) => `"x", ${tag}`]) {
      const id = await stage[ready]()
      const tag = (await stage.call('GET', `/leads/${id}`)).headers.get('etag') ?? ''
      expectStatus(await write(id, list(tag)), 200)
    }
  })

  it('answers 412 to another revision, with the lead as it is, and writes nothing', async () => {
    const id = await stage[ready]()
    const before = await stage.call('GET', `/leads/${id}`)
    for (const tag of ['"0"', '"99"', '"x"', '""', '"0", "99"']) {
      const answer = await write(id, tag)
      expect(problemOf(answer)).toMatchObject({ status: 412, code: 'lead.changed-meanwhile' })
      expect(answer.body['current']).toEqual({ ...before.body, requiresAction: expect.any(Boolean) })
    }
    expect((await stage.call('GET', `/leads/${id}`)).headers.get('etag')).toBe(before.headers.get('etag'))
  })

  it('refuses weak and malformed tags', async () => {
    const id = await stage[ready]()
    const tag = (await stage.call('GET', `/leads/${id}`)).headers.get('etag') ?? ''
    for (const bad of [`W/${tag}`, '2', `${tag} ${tag}`, `${tag},`, `${tag}, *`, "'2'", '"a b"']) {
      expect(problemOf(await write(id, bad))).toMatchObject({ status: 400, code: 'request.header-invalid' })
    }
  })
})

describe('two writers of one lead', () => {
  it('of any number with the same revision exactly one wins, and the others see its change', async () => {
    const id = await stage.accepted()
    const cities = Array.from({ length: 12 }, (_, n) => `City ${n}`)
    const answers = await Promise.all(
      cities.map((city) => stage.call('PATCH', `/leads/${id}`, callOf({ city }, { 'if-match': '"2"' }))),
    )
    const won = answers.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    for (const lost of answers.filter(({ status }) => status !== 200)) {
      expect(problemOf(lost)).toMatchObject({ status: 412 })
      expect(lost.body['current']).toMatchObject({ revision: 3, city: won[0]?.body['city'] })
    }
    expect(await countHistory(stage.server, id)).toBe(3)
  })

  it('names the assignee in `current`', async () => {
    const id = await stage.accepted()
    const user = await stage.userOf(stage.company)
    expectStatus(await stage.call('PATCH', `/leads/${id}`, { body: { assigneeId: user } }), 200)
    const answer = await stage.call('PATCH', `/leads/${id}`, callOf({ city: 'Banff' }, { 'if-match': '"2"' }))
    expect(answer.body['current']).toMatchObject({ assignee: { id: user, name: expect.stringMatching(/./) } })
  })

  it('a lead that is not there is not found, whatever was expected of it', async () => {
    const id = await stage.accepted()
    const call = callOf({ city: 'Banff' }, { 'if-match': '"0"' })
    expect(problemOf(await stage.asOther('PATCH', `/leads/${id}`, call)).status).toBe(404)
    expectStatus(await stage.call('DELETE', `/leads/${id}`), 200)
    expect(problemOf(await stage.call('PATCH', `/leads/${id}`, call)).status).toBe(404)
  })
})

describe.each(WRITES)('Idempotency-Key on %s', (_, ready, method, path, body) => {
  it('gives the stored answer again, whatever happened in between', async () => {
    const id = await stage[ready]()
    const key = { 'idempotency-key': randomUUID(), 'if-match': ready === 'offered' ? '"1"' : '"2"' }
    const write = () => stage.call(method, `/leads/${id}${path}`, callOf(body, key))
    const first = expectStatus(await write(), 200)
    expectStatus(await stage.call('POST', `/leads/${id}/restore`), 200)
    expectStatus(await stage.call('PATCH', `/leads/${id}`, { body: { notes: 'Meanwhile' } }), 200)
    const again = expectStatus(await write(), 200)
    expect([again.text, again.headers.get('etag')]).toEqual([first.text, first.headers.get('etag')])
    expect([first, again].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  })

  it('refuses a malformed key', async () => {
    const id = await stage[ready]()
    const answer = await stage.call(method, `/leads/${id}${path}`, callOf(body, { 'idempotency-key': 'a b' }))
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'idempotency.key-invalid' })
  })
})

describe('Idempotency-Key', () => {
  it('makes one lead of many same creates at once, and refuses another body', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const create = (firstName: string): Promise<Answer> =>
      stage.call('POST', '/leads', { body: { firstName, assigneeId: null }, headers })
    const answers = await Promise.all(Array.from({ length: 8 }, () => create('Ann')))
    for (const answer of answers) expectStatus(answer, 201)
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1)
    expect(problemOf(await create('Bob'))).toMatchObject({ status: 422, code: 'idempotency.key-reused' })
  })

  it('keeps the assignee, by name, in the stored answer', async () => {
    const user = await stage.userOf(stage.company)
    const headers = { 'idempotency-key': randomUUID() }
    const create = () => stage.call('POST', '/leads', { body: { firstName: 'Ann', assigneeId: user }, headers })
    const [first, again] = [await create(), await create()]
    expect(again.text).toBe(first.text)
    expect(again.body).toMatchObject({ assignee: { id: user, name: expect.stringMatching(/./) } })
  })
})
