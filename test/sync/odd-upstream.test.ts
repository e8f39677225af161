import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { ANN, BOB, type FakeOnline, startFakeOnline } from './fake-online.ts'
import { openStage, poll, type SyncStage } from './sync-stage.ts'

const CREDENTIALS = { email: 'office@example.com', password: 'a long password', apiKey: 'key-of-the-account' }

let stage: SyncStage
let fake: FakeOnline

beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  fake = await startFakeOnline(ANN)
  await stage.connect({ baseUrl: fake.baseUrl, credentials: CREDENTIALS })
  await stage.settle()
  onTestFinished(async () => {
    await stage.native('DELETE', `/connections/${stage.connectionId}`)
    await stage.a.db.query({ text: 'UPDATE lead SET deleted_at = now()', values: [] })
    fake.letGo()
    await fake.close()
  })
})
afterAll(() => stage.close())

async function change(set: string): Promise<void> {
  await stage.a.db.query({ text: `UPDATE connection SET ${set} WHERE id = $1`, values: [stage.connectionId] })
}

describe('a value of the upstream that our rules do not let in', () => {
  it.each([
    ['LEAD_QUALITY', 'quality', 250],
    ['LEAD_OPENED_DATE', 'openedDate', 'yesterday'],
    ['EMAIL', 'email', 'none'],
  ])('is refused when it is chosen: %s', async (property, field, value) => {
    fake.leads.set('7', { ...ANN, [property]: value })
    await stage.settle()
    const before = await stage.linked(7)
    const [conflict] = await stage.conflicts(before['ID'])
    expect(conflict).toMatchObject({ field, kind: 'refused', theirs: String(value) })
    const answer = await stage.settleConflict(conflict?.id ?? 0, 'theirs')
    expect(answer).toMatchObject({ status: 400, body: { code: 'field.invalid', field } })
    expect(await stage.linked(7)).toEqual(before)
    expect(await stage.conflicts(before['ID'])).toHaveLength(1)
  })
})

describe('an id of the upstream', () => {
  it('that a creation is answered with and that is linked already is a conflict, and stops nothing else', async () => {
    const here = await stage.ours.create({ EMAIL: 'new@example.com' })
    await stage.settle()
    expect(await stage.conflicts(here['ID'])).toMatchObject([{ field: '*', kind: 'refused' }])
    expect((await stage.linked(7))['ID']).not.toBe(here['ID'])
    fake.leads.set('7', { ...ANN, CITY: 'Calgary' })
    await stage.settle()
    expect(await stage.linked(7)).toMatchObject({ CITY: 'Calgary' })
  })

  it('that was gone and is given to somebody else overwrites nobody', async () => {
    fake.leads.clear()
    await stage.settle()
    fake.leads.set('7', BOB)
    await stage.settle()
    const here = await stage.linked(7)
    expect(here).toMatchObject({ FIRSTNAME: 'Ann', EMAIL: 'ann@example.com' })
    expect((await stage.conflicts(here['ID'])).map(({ field }) => field)).toContain('email')
  })

  it('that is somebody else at another address overwrites nobody', async () => {
    const other = await startFakeOnline(BOB)
    onTestFinished(() => other.close())
    const path = `/connections/${stage.connectionId}`
    await stage.native('PATCH', path, { baseUrl: other.baseUrl, credentials: CREDENTIALS })
    await stage.settle()
    const here = await stage.linked(7)
    expect(here).toMatchObject({ FIRSTNAME: 'Ann', EMAIL: 'ann@example.com' })
    expect((await stage.conflicts(here['ID'])).map(({ field }) => field)).toContain('email')
    expect(other.leads.get('7')).toEqual(BOB)
  })
})

it('a property that the upstream shows only once it has a value is taken, and no conflict', async () => {
  fake.leads.set('7', { ...ANN, STATE: 'AB' })
  await stage.settle()
  const here = await stage.linked(7)
  expect(here).toMatchObject({ STATE: 'AB' })
  expect(await stage.conflicts(here['ID'])).toEqual([])
})

it('two installations with one account there make their leads under keys of their own', async () => {
  const both = await Promise.all([openStage(), openStage()])
  onTestFinished(async () => {
    await Promise.all(both.map((one) => one.close()))
  })
  for (const one of both) {
    await one.connect({ baseUrl: fake.baseUrl, credentials: CREDENTIALS })
    await one.ours.create({ EMAIL: 'new@example.com' })
    await one.settle()
  }
  expect(fake.keys).toHaveLength(2)
  expect(new Set(fake.keys).size).toBe(2)
})

it('an upstream whose times of change lie ahead of its clock gets what changed here', async () => {
  const here = await stage.linked(7)
  fake.leads.set('7', { ...ANN, LMOD: new Date(Date.now() + 3_600_000).toISOString(), LEAD_NOTES: 'second' })
  await stage.run()
  await stage.ours.put(here['ID'], { CITY: 'Jasper' })
  await stage.told()
  await stage.run()
  expect(fake.leads.get('7')).toMatchObject({ CITY: 'Jasper', LEAD_NOTES: 'second' })
})

describe('a lead that was made here by a process that was killed before it kept that', () => {
  it('is known by the next run, and a change of it meanwhile is no conflict', async () => {
    const here = await stage.linked(7)
    const values = [stage.connectionId]
    await stage.a.db.query({ text: 'DELETE FROM connection_lead WHERE connection_id = $1', values })
    await stage.ours.put(here['ID'], { CITY: 'Banff' })
    fake.leads.set('7', { ...ANN, LEAD_NOTES: 'second' })
    await stage.settle()
    expect(await stage.conflicts(here['ID'])).toEqual([])
    expect(await stage.linked(7)).toMatchObject({ ID: here['ID'], CITY: 'Banff', LEAD_NOTES: 'second' })
    expect(fake.leads.get('7')).toMatchObject({ CITY: 'Banff', LEAD_NOTES: 'second' })
  })
})

describe('a run that waits for its list', () => {
  beforeEach(async () => {
    fake.hold()
    const { begun } = fake.lists
    await stage.native('POST', `/connections/${stage.connectionId}/run`)
    await poll(async () => (fake.lists.begun > begun ? true : null), 'list asked for')
  })

  it('and whose lease ran out is not joined by another one of its own process', async () => {
    await change(`owned_until = now() - interval '1 second', next_run_at = now()`)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(fake.lists.most).toBe(1)
  })

  it('and that another process took over changes nothing any more', async () => {
    const last = (await stage.runs())[1]?.id ?? 0
    fake.leads.set('7', { ...ANN, CITY: 'Calgary' })
    await change(`owner = gen_random_uuid(), owned_until = now() + interval '1 minute'`)
    // Within which a process that holds it would have said so again.
    await new Promise((resolve) => setTimeout(resolve, 5500))
    fake.letGo()
    await stage.runAfter(last)
    expect(await stage.linked(7)).toMatchObject({ CITY: null })
    await change('owned_until = now()')
    await stage.settle()
    expect(await stage.linked(7)).toMatchObject({ CITY: 'Calgary' })
  })

  it.each([
    ['POST', '/run', undefined],
    ['PATCH', '', { credentials: CREDENTIALS }],
  ])('and fails does not delay the one that is wished for meanwhile: %s %s', async (method, path, body) => {
    const last = (await stage.runs())[0]?.id ?? 0
    await stage.native(method, `/connections/${stage.connectionId}${path}`, body)
    fake.letGo(401)
    expect((await stage.runAfter(last - 1)).error).toMatchObject({ code: 'unauthorised' })
    await poll(async () => ((await stage.runs())[0]?.error === null ? true : null), 'run that went well', 8)
  })
})
