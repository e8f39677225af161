import { afterAll, describe, expect, test } from 'vitest'
import { problemOf } from '../client.ts'
import { acceptedLead, added, conflicting, openConnectionStage } from './connection-stage.ts'

const stage = await openConnectionStage()
const { server, call, other, stranger, member } = stage
afterAll(() => server.close())
const connection = await added(call, { name: 'Head office' })

async function open(leadId: number) {
  const { body } = await call('GET', `/conflicts?leadId=${leadId}`)
  return body as { conflicts: { id: number; field: string }[]; openCount: number; nextCursor: string | null }
}

describe('a conflict', () => {
  test('is listed with both values, their times and the lead', async () => {
    const leadId = await acceptedLead(stage)
    const id = await conflicting(stage, connection, { leadId })
    const { conflicts } = await open(leadId)
    expect(conflicts).toMatchObject([
      {
        id,
        leadId,
        leadName: 'Jordan Miller',
        connectionId: connection,
        connectionName: 'Head office',
        connectionKind: 'constructiononline',
        field: 'city',
        kind: 'both-changed',
        base: 'Canmore',
        ours: 'Calgary',
        theirs: 'Banff',
        settledAt: null,
        choice: null,
      },
    ])
  })

  test('is settled for their side by a member: the lead takes the value, and says who did it', async () => {
    const leadId = await acceptedLead(stage)
    const id = await conflicting(stage, connection, { leadId })
    const settled = await member.call('POST', `/conflicts/${id}/settle`, { body: { choice: 'theirs' } })
    expect([settled.status, settled.body]).toMatchObject([200, { id, choice: 'theirs', settledBy: 'A member' }])
    expect((await call('GET', `/leads/${leadId}`)).body).toMatchObject({ city: 'Banff' })
    expect((await open(leadId)).conflicts).toEqual([])
    const again = await call('POST', `/conflicts/${id}/settle`, { body: { choice: 'ours' } })
    expect(problemOf(again)).toMatchObject({ status: 409, code: 'conflict.settled' })
    const history = await call('GET', `/conflicts?state=settled&leadId=${leadId}`)
    expect(history.body).toMatchObject({ conflicts: [{ id, choice: 'theirs' }] })
  })

  test('is settled for our side: the lead stays, and has something to tell', async () => {
    const leadId = await acceptedLead(stage)
    const id = await conflicting(stage, connection, { leadId })
    expect((await call('POST', `/conflicts/${id}/settle`, { body: { choice: 'ours' } })).status).toBe(200)
    expect((await call('GET', `/leads/${leadId}`)).body).toMatchObject({ city: 'Calgary' })
    expect((await call('GET', `/leads/${leadId}/links`)).body).toMatchObject({ links: [{ pending: true }] })
  })

  test('tells nothing of a customer who may not be seen', async () => {
    const leadId = await server.offer(stage.company.companyId)
    await conflicting(stage, connection, { leadId, ours: 'Calgary', theirs: 'Banff' })
    const { conflicts } = await open(leadId)
    expect(conflicts).toMatchObject([{ leadName: 'Kitchen renovation', base: null, ours: null, theirs: null }])
  })

  test.each([
    [{}, 'field.required'],
    [{ choice: 'mine' }, 'field.invalid'],
    [{ choice: 1 }, 'field.invalid'],
    [{ choice: 'ours', leadId: 1 }, 'field.unknown'],
  ])('is not settled by %j', async (body, code) => {
    const id = await conflicting(stage, connection, { leadId: await acceptedLead(stage) })
    expect(problemOf(await call('POST', `/conflicts/${id}/settle`, { body }))).toMatchObject({ status: 400, code })
  })
})

test('all conflicts of a company come page by page, with their number', async () => {
  const before = (await call('GET', '/conflicts?limit=1')).body['openCount'] as number
  for (let i = 0; i < 4; i += 1) await conflicting(stage, connection, { leadId: await acceptedLead(stage) })
  const first = (await call('GET', '/conflicts?limit=3')).body
  const second = (await call('GET', `/conflicts?limit=3&cursor=${first['nextCursor']}`)).body
  const ids = [first, second].flatMap((page) => (page['conflicts'] as { id: number }[]).map(({ id }) => id))
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a))
  expect(ids.length).toBeGreaterThanOrEqual(4)
  expect(first['openCount']).toBe(before + 4)
  const settled = await call('GET', `/conflicts?state=settled&cursor=${first['nextCursor']}`)
  expect(problemOf(settled)).toMatchObject({ status: 400, code: 'request.parameter-invalid' })
})

test('the links of a lead are those of its company', async () => {
  const leadId = await acceptedLead(stage)
  await conflicting(stage, connection, { leadId })
  const { body } = await member.call('GET', `/leads/${leadId}/links`)
  const link = { connectionId: connection, connectionName: 'Head office', connectionKind: 'constructiononline' }
  expect(body).toMatchObject({ links: [{ ...link, upstreamId: String(900 + leadId), goneAt: null, enabled: false }] })
  expect(problemOf(await other('GET', `/leads/${leadId}/links`))).toMatchObject({ status: 404 })
  expect(problemOf(await stranger('GET', `/leads/${leadId}/links`))).toMatchObject({ status: 401 })
})

test('conflicts are closed to strangers, and those of another company are not there', async () => {
  const id = await conflicting(stage, connection, { leadId: await acceptedLead(stage) })
  const body = { choice: 'ours' }
  expect(problemOf(await stranger('GET', '/conflicts'))).toMatchObject({ status: 401 })
  expect(problemOf(await stranger('POST', `/conflicts/${id}/settle`, { body }))).toMatchObject({ status: 401 })
  expect((await other('GET', '/conflicts')).body).toEqual({ conflicts: [], nextCursor: null, openCount: 0 })
  expect(problemOf(await other('POST', `/conflicts/${id}/settle`, { body }))).toMatchObject({ status: 404 })
  expect(problemOf(await call('POST', '/conflicts/x/settle', { body }))).toMatchObject({ code: 'request.id-invalid' })
})
