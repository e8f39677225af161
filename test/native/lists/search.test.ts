import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { type Client, clientOf, problemOf } from '../client.ts'
import { ask } from './made-leads.ts'
import { pageOf } from './model.ts'

let server: TestServer
let company: TestCompany
let call: Client
/** Ids of the leads by a short name. */
const ids: Record<string, number> = {}

const LEADS: Readonly<Record<string, Record<string, unknown>>> = {
  ann: {
    firstName: 'Ann-Marie',
    lastName: 'Müller',
    email: 'ann.mueller@Example.org',
    phone: '(416) 555-0101',
    address: '12-34 Elm Street',
    city: 'Toronto',
    zip: 'M5V 2T6',
  },
  bob: { displayName: 'Bob Ngo', mobilePhone: '+1 647.555.0199', city: 'Montréal', customerCompany: '50% Off_Homes' },
  carl: { firstName: 'Carl', phone: '4165550177 ext. 9', email: 'carl@homes.example', zip: '12345-6789' },
  yu: { displayName: '山田 太郎', address: 'улица Ленина 5', city: 'Québec' },
  jo: { displayName: 'Jo Li', email: 'jo@example.net', phone: '+49 30 1234567' },
}

beforeAll(async () => {
  server = await startServer()
  company = await server.company()
  call = clientOf(server, company)
  for (const [name, fields] of Object.entries(LEADS)) {
    ids[name] = (await ask(call, 'POST', '/leads', fields))['id'] as number
  }
  ids['offer'] = await server.offer(company.companyId, { firstName: 'Zelda', phone: '416-555-0102', city: 'Ottawa' })
})
afterAll(() => server.close())

async function found(q: string): Promise<string[]> {
  const { leads, total } = await pageOf(call, `sort=oldest&q=${encodeURIComponent(q)}`)
  expect(total).toBe(leads.length)
  return leads.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? '?')
}

describe('GET /v1/leads?q=', () => {
  it.each([
    'müller',
    'MÜLLER',
    'marie',
    'mueller@example.org',
    'example.org',
    'Elm Street',
    'street elm',
    '12-34',
    'toronto',
    'm5v 2t6',
    'an',
    'a',
  ])('finds by any part of name, address or e-mail: %s', async (q) => {
    expect(await found(q)).toContain('ann')
  })

  it.each([
    '(416) 555-0101',
    '416 555 0101',
    '416-555-0101',
    '416.555.0101',
    '4165550101',
    '+1 416 555 0101',
    '+14165550101',
    '1-416-555-0101',
    '001 416 555 0101',
    '555-0101',
    '5550101',
    '(416)555 0101',
    '416 555 0101 müller',
  ])('finds a phone in the notation %s', async (q) => {
    expect(await found(q)).toEqual(['ann'])
  })

  it.each([
    ['12-34 Elm Street, Toronto', 'ann'],
    ['Müller, Ann-Marie', 'ann'],
    ['4165550177 ext. 9', 'carl'],
    ['416-555-0177 x9', 'carl'],
    ['Ann-Marie & Müller', 'ann'],
    ['ann marie müller 12-34 elm street toronto m5v nowhere', 'ann'],
  ])('finds what stands on the screen: %s', async (q, name) => {
    expect(await found(q)).toEqual([name])
  })

  it('finds mobile and foreign phones', async () => {
    expect(await found('647-555-0199')).toEqual(['bob'])
    expect(await found('6475550199')).toEqual(['bob'])
    expect(await found('+49 30 1234567')).toEqual(['jo'])
    expect(await found('416.555')).toEqual(['ann', 'carl'])
    expect(await found('(416)')).toEqual(['ann', 'carl'])
  })

  it('wants every word', async () => {
    expect(await found('ann toronto')).toEqual(['ann'])
    expect(await found('ann montréal')).toEqual([])
    expect(await found('   ')).toEqual(['ann', 'bob', 'carl', 'yu', 'jo', 'offer'])
  })

  it('takes short words as the beginning of a word', async () => {
    expect(await found('jo')).toEqual(['jo'])
    expect(await found('ng')).toEqual(['bob'])
    expect(await found('go')).toEqual([])
    expect(await found('l')).toEqual(['jo'])
  })

  it.each(['山田', '山', '太郎', 'ленин', 'УЛИЦА', 'ле', 'л', 'québec', 'qu', 'ébe'])(
    'finds in any script: %s',
    async (q) => {
      expect(await found(q)).toEqual(['yu'])
    },
  )

  it.each(['田', '郎', 'енин5', 'é'])('finds in any script what stands there, and nothing else: %s', async (q) => {
    expect(await found(q)).toEqual([])
  })

  it('takes every character as itself', async () => {
    expect(await found('50%')).toEqual(['bob'])
    expect(await found('f_h')).toEqual(['bob'])
    expect(await found('f%h')).toEqual([])
    expect(await found('%%%')).toEqual([])
    expect(await found('___')).toEqual([])
    expect(await found('\\\\\\')).toEqual([])
    expect(await found("' OR 1=1 --")).toEqual([])
    expect(await found('12345-6789')).toEqual(['carl'])
  })

  it('finds a lead by its id', async () => {
    expect(await found(String(ids['carl']))).toEqual(['carl'])
    expect(await found(`#${ids['offer']}`)).toEqual(['offer'])
    expect(await found('99999999999999')).toEqual([])
  })

  it('does not find the customer of an offer before it is accepted', async () => {
    for (const q of ['zelda', '416-555-0102', 'ottawa']) expect(await found(q)).toEqual([])
    const id = await server.offer(company.companyId, { firstName: 'Yolanda' })
    expect((await pageOf(call, 'q=yolanda')).leads).toEqual([])
    await ask(call, 'POST', `/leads/${id}/accept`)
    expect((await pageOf(call, 'q=yolanda')).leads).toMatchObject([{ id, name: 'Yolanda Miller' }])
    await ask(call, 'PATCH', `/leads/${id}`, { displayName: 'Xenia' })
    expect((await pageOf(call, 'q=xenia')).leads).toMatchObject([{ id, name: 'Xenia' }])
    await ask(call, 'DELETE', `/leads/${id}`)
    expect((await pageOf(call, 'q=xenia')).leads).toEqual([])
    expect((await pageOf(call, 'q=xenia&deleted=true')).leads).toMatchObject([{ id }])
  })

  it('works together with filters and orders', async () => {
    const { leads } = await pageOf(call, 'q=416&sort=name&boardStage=New&limit=1')
    expect(leads).toMatchObject([{ id: ids['ann'] }])
  })

  it.each([
    ['x'.repeat(201), 'at most 200 characters'],
    ['\u0000', 'character'],
  ])('refuses %s', async (q, rule) => {
    const answer = await call('GET', `/leads?q=${encodeURIComponent(q)}`)
    expect(problemOf(answer)).toEqual({ status: 400, code: 'request.parameter-invalid', field: 'q' })
    expect(answer.body['detail']).toContain(rule)
  })
})
