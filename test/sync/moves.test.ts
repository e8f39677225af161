import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { comparable, openStage, poll, type SyncStage } from './sync-stage.ts'

let stage: SyncStage

beforeAll(async () => {
  stage = await openStage()
  await stage.connect()
  await stage.settle()
})
afterAll(() => stage.close())

async function leadCounts(): Promise<readonly number[]> {
  const lists = [await stage.ours.get(), await stage.theirs.get()]
  return lists.map(({ body }) => (body as unknown[]).length)
}

describe('leads that are made', () => {
  it('come to be on the other side, whole and once', async () => {
    const here = await stage.ours.create({ EMAIL: 'here@example.com', LEAD_NOTES: 'From A', LEAD_VALUE: 12.5 })
    const there = await stage.theirs.create({ EMAIL: 'there@example.com', LEAD_STATUS: 'Inactive' })
    await stage.settle()
    expect(comparable(await stage.upstreamOf(here['ID']))).toEqual(comparable(here))
    expect(comparable(await stage.linked(there['ID']))).toEqual(comparable(there))
    const counts = await leadCounts()
    expect(counts[0]).toBe(counts[1])
  })

  it('wait here until they have what the upstream asks of a lead', async () => {
    const { body } = await stage.native('POST', '/leads', { firstName: 'Ann', lastName: 'Lee' })
    const { id } = body as { id: number }
    await stage.settle()
    await expect(stage.upstreamOf(id)).rejects.toThrow('not linked')
    await stage.native('PATCH', `/leads/${id}`, { email: 'ann@example.com' })
    await stage.settle()
    expect(await stage.upstreamOf(id)).toMatchObject({ FIRSTNAME: 'Ann', EMAIL: 'ann@example.com' })
  })

  it('are made once, though the answer was lost and the lead changed meanwhile', async () => {
    const before = await leadCounts()
    const here = await stage.ours.create({ EMAIL: 'lost@example.com' })
    await stage.told()
    stage.line.mode('mute-writes')
    expect((await stage.run()).error?.code).toBe('cut')
    stage.line.mode('open')
    await stage.ours.put(here['ID'], { CITY: 'Banff' })
    await stage.settle()
    expect(await stage.upstreamOf(here['ID'])).toMatchObject({ CITY: 'Banff' })
    expect(await leadCounts()).toEqual(before.map((count) => count + 1))
  })
})

describe('a lead that goes', () => {
  it('from the list is marked and kept, and is in step again when it comes back', async () => {
    const there = await stage.theirs.create({ EMAIL: 'gone@example.com' })
    await stage.settle()
    const here = await stage.linked(there['ID'])
    await bNative('DELETE', `/leads/${there['ID']}`)
    expect((await stage.run()).gone).toBe(1)
    const links = async () => (await stage.native('GET', `/leads/${here['ID']}/links`)).body
    expect(await links()).toMatchObject({ links: [{ goneAt: expect.any(String) }] })
    await stage.ours.put(here['ID'], { CITY: 'Jasper' })
    await stage.settle()
    expect(await stage.ours.read(here['ID'])).toMatchObject({ CITY: 'Jasper' })
    await bNative('POST', `/leads/${there['ID']}/restore`)
    await stage.settle()
    expect(await links()).toMatchObject({ links: [{ goneAt: null }] })
    expect(await stage.theirs.read(there['ID'])).toMatchObject({ CITY: 'Jasper' })
  })

  it('from here stops moving, and moves again when it is restored', async () => {
    const there = await stage.theirs.create({ EMAIL: 'away@example.com' })
    await stage.settle()
    const here = await stage.linked(there['ID'])
    await stage.native('DELETE', `/leads/${here['ID']}`)
    await stage.theirs.put(there['ID'], { CITY: 'Canmore' })
    await stage.settle()
    expect(await stage.theirs.read(there['ID'])).toMatchObject({ CITY: 'Canmore' })
    await stage.native('POST', `/leads/${here['ID']}/restore`)
    await stage.settle()
    expect(await stage.ours.read(here['ID'])).toMatchObject({ CITY: 'Canmore' })
  })
})

describe('a push whose answer is lost', () => {
  it('is known by the next look, and is no conflict with a later change', async () => {
    const there = await stage.theirs.create({ EMAIL: 'push@example.com' })
    await stage.settle()
    const here = await stage.linked(there['ID'])
    await stage.ours.put(here['ID'], { CITY: 'one' })
    await stage.told()
    stage.line.mode('mute-writes')
    await poll(async () => ((await stage.run()).error === null ? null : true), 'a push that failed')
    stage.line.mode('open')
    expect(await stage.theirs.read(there['ID'])).toMatchObject({ CITY: 'one' })
    await stage.ours.put(here['ID'], { CITY: 'two' })
    await stage.settle()
    expect(await stage.conflicts(here['ID'])).toEqual([])
    expect(await stage.theirs.read(there['ID'])).toMatchObject({ CITY: 'two' })
  })
})

async function bNative(method: string, path: string): Promise<void> {
  const headers = { authorization: `Bearer ${stage.upstream.token}` }
  const answer = await fetch(`${stage.b.baseUrl}/v1${path}`, { method, headers })
  expect(answer.ok, `${method} ${path} ${answer.status}`).toBe(true)
}
