import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { changesOf, newClient, type OnlineClient } from './client.ts'

let server: TestServer
let client: OnlineClient

beforeAll(async () => {
  server = await startServer()
  client = await newClient(server)
})
afterAll(() => server.close())

function since(instant: unknown, seconds = 0): Record<string, string> {
  return { 'if-unmodified-since': new Date(Date.parse(String(instant)) + seconds * 1000).toUTCString() }
}

describe('If-Unmodified-Since', () => {
  it('lets a write pass over the lead that was read', async () => {
    const { ID, LMOD } = await client.create()
    expect(await client.put(ID, { CITY: 'Calgary' }, since(LMOD))).toMatchObject({ status: 200 })
  })

  it('refuses one over a later change, which then stays as it is', async () => {
    const { ID, LMOD } = await client.create()
    const answer = await client.put(ID, { CITY: 'Calgary' }, since(LMOD, -1))
    expect(answer).toMatchObject({ status: 412, body: { Message: expect.stringContaining('changed since') } })
    expect(await changesOf(server, ID)).toBe(1)
  })

  it('is judged after the memory of a key: the same write again is answered as it was', async () => {
    const { ID, LMOD } = await client.create()
    const headers = { ...since(LMOD), 'idempotency-key': `once-${ID}` }
    await client.put(ID, { CITY: 'Calgary' }, headers)
    await client.put(ID, { CITY: 'Banff' })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await client.put(ID, { CITY: 'Jasper' })
    expect(await client.put(ID, { CITY: 'Calgary' }, headers)).toMatchObject({ status: 200, body: { CITY: 'Calgary' } })
    expect(await client.read(ID)).toMatchObject({ CITY: 'Jasper' })
    const late = await client.put(ID, { CITY: 'Calgary' }, { ...since(LMOD), 'idempotency-key': `late-${ID}` })
    expect(late.status).toBe(412)
  })

  it('must be an HTTP date, and of an unknown lead is not asked', async () => {
    const { ID } = await client.create()
    const wrong = await client.put(ID, { CITY: 'Calgary' }, { 'if-unmodified-since': '2026-03-01' })
    expect(wrong).toMatchObject({ status: 400, body: { Message: expect.stringContaining('If-Unmodified-Since') } })
    expect(await client.put(1, { CITY: 'Calgary' }, since('2000-01-01'))).toMatchObject({ status: 404 })
  })
})

it('every answer to known credentials, and no other, names the guards of writes', async () => {
  const { headers } = await client.get()
  expect(headers.get('x-write-guards')).toBe('idempotency-key, if-unmodified-since')
  const stranger = await fetch(`${server.baseUrl}/api/Leads`)
  expect([stranger.status, stranger.headers.get('x-write-guards')]).toEqual([401, null])
})
