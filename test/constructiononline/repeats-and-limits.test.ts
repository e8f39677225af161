import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { changesOf, GREG, type LeadRecord, leadCount, newClient } from './client.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer({ CONSTRUCTIONONLINE_LIMITS: 'off' })
})
afterAll(() => server.close())

describe('an Idempotency-Key', () => {
  test('makes a repeated create give the first answer and no second lead', async () => {
    const online = await newClient(server)
    const headers = { 'idempotency-key': randomUUID() }
    const first = await online.post(GREG, headers)
    const count = await leadCount(server)
    await online.put((first.body as LeadRecord)['ID'], { CITY: 'Banff' })
    const second = await online.post(GREG, headers)
    expect([second.status, second.body]).toEqual([first.status, first.body])
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(await leadCount(server)).toBe(count)
  })

  test('makes simultaneous creates one lead', async () => {
    const online = await newClient(server)
    const headers = { 'idempotency-key': randomUUID() }
    const answers = await Promise.all(Array.from({ length: 16 }, () => online.post(GREG, headers)))
    expect(new Set(answers.map(({ body }) => (body as LeadRecord)['ID'])).size).toBe(1)
    expect((await online.get()).body).toHaveLength(1)
  })

  test('makes a repeated update give the first answer and no second change', async () => {
    const online = await newClient(server)
    const { ID } = await online.create()
    const headers = { 'idempotency-key': randomUUID() }
    const first = await online.put(ID, { CITY: 'Banff' }, headers)
    await online.put(ID, { CITY: 'Calgary' })
    expect((await online.put(ID, { CITY: 'Banff' }, headers)).body).toEqual(first.body)
    expect((await online.read(ID))['CITY']).toBe('Calgary')
    expect(await changesOf(server, ID)).toBe(3)
  })

  test('with another body, id or method is refused with 422', async () => {
    const online = await newClient(server)
    const { ID } = await online.create()
    const { ID: otherId } = await online.create()
    const headers = { 'idempotency-key': randomUUID() }
    await online.put(ID, { CITY: 'Banff' }, headers)
    for (const answer of [
      await online.put(ID, { CITY: 'Calgary' }, headers),
      await online.put(otherId, { CITY: 'Banff' }, headers),
      await online.post(GREG, headers),
    ]) {
      expect([answer.status, answer.body]).toEqual([
        422,
        { Message: 'This Idempotency-Key was already used with another request.' },
      ])
    }
    expect(await changesOf(server, otherId)).toBe(1)
  })

  test('belongs to one company', async () => {
    const [first, second] = [await newClient(server), await newClient(server)]
    const headers = { 'idempotency-key': randomUUID() }
    const ids = [await first.post(GREG, headers), await second.post(GREG, headers)]
    expect(new Set(ids.map(({ body }) => (body as LeadRecord)['ID'])).size).toBe(2)
  })

  test.each(['', 'a b', 'x'.repeat(256)])('%j is malformed: 400', async (key) => {
    const online = await newClient(server)
    expect((await online.post(GREG, { 'idempotency-key': key })).status).toBe(400)
  })
})

describe('rate windows', () => {
  const full = (limit: number, window: string) => ({
    Message: expect.stringMatching(
      new RegExp(`^The limit of ${limit} requests per ${window} is reached; try again in \\d+ seconds\\.$`),
    ),
  })

  test('let exactly the limit of calls pass, whatever they are, and then name window and wait', async () => {
    const limited = await startServer({ CONSTRUCTIONONLINE_LIMITS: 'hour:9,day:100' })
    try {
      const online = await newClient(limited)
      const { ID } = await online.create()
      const statuses = [
        await online.get(),
        await online.get(`?id=${ID}`),
        await online.get('?id=1'),
        await online.get('?skip=1'),
        await online.put(ID),
        await online.put(ID, '{broken'),
        await online.put(ID, { LEAD_STATUS: 'Closed - Won' }),
        await online.send('DELETE', '/Leads'),
      ].map(({ status }) => status)
      expect(statuses).toEqual([200, 200, 404, 400, 200, 400, 400, 405])
      for (const answer of [
        await online.get(),
        await online.put(ID, { CITY: 'Banff' }),
        await online.put(ID, '{broken'),
        await online.post(GREG),
        await online.send('DELETE', '/Leads'),
      ]) {
        expect([answer.status, answer.body]).toEqual([429, full(9, 'hour')])
        const wait = Number(answer.headers.get('retry-after'))
        expect(wait).toBeGreaterThan(3500)
        expect(wait).toBeLessThanOrEqual(3600)
      }
      expect(await changesOf(limited, ID)).toBe(1)
      expect(await leadCount(limited)).toBe(1)
      // Another company's key has windows of its own, and calls without credentials count for nobody.
      const other = await newClient(limited)
      await fetch(`${limited.baseUrl}/api/Leads`)
      expect((await other.get()).status).toBe(200)
    } finally {
      await limited.close()
    }
  })

  test('are exact under 32 simultaneous clients, and the fullest window is named', async () => {
    const limited = await startServer({ CONSTRUCTIONONLINE_LIMITS: 'hour:5,day:5' })
    try {
      const online = await newClient(limited)
      const answers = await Promise.all(
        Array.from({ length: 32 }, (_, index) => (index % 2 === 0 ? online.post(GREG) : online.get())),
      )
      const refused = answers.filter(({ status }) => status === 429)
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
      expect(refused).toHaveLength(27)
      for (const { body } of refused) expect(body).toEqual(full(5, 'day'))
      expect(await leadCount(limited)).toBe(
        answers.filter(({ status }, index) => status === 200 && index % 2 === 0).length,
      )
    } finally {
      await limited.close()
    }
  })
})
