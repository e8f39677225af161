import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { comparable, openStage, type SyncStage } from './sync-stage.ts'

let stage: SyncStage

beforeAll(async () => {
  stage = await openStage()
  await stage.connect()
})
beforeEach(() => stage.rules({ '*': 'ask' }))
afterAll(() => stage.close())

/** A lead on both sides, in step; gives its ids. */
async function pair() {
  const there = await stage.theirs.create({ LEAD_NOTES: 'first', LEAD_VALUE: 1000 })
  await stage.settle()
  const here = await stage.linked(there['ID'])
  return { here: here['ID'], there: there['ID'] }
}

describe('a field that both sides changed', () => {
  it('is a conflict with both values, and moves nothing until it is settled', async () => {
    const { here, there } = await pair()
    await stage.ours.put(here, { LEAD_NOTES: 'ours', CITY: 'Calgary' })
    await stage.theirs.put(there, { LEAD_NOTES: 'theirs', STATE: 'AB' })
    await stage.settle()
    expect(await stage.conflicts(here)).toMatchObject([
      { field: 'notes', kind: 'both-changed', base: 'first', ours: 'ours', theirs: 'theirs', detail: null },
    ])
    expect(await stage.ours.read(here)).toMatchObject({ LEAD_NOTES: 'ours', CITY: 'Calgary', STATE: 'AB' })
    expect(await stage.theirs.read(there)).toMatchObject({ LEAD_NOTES: 'theirs', CITY: 'Calgary', STATE: 'AB' })
  })

  it('takes the upstream value at the click, or sends ours', async () => {
    const { here, there } = await pair()
    await stage.ours.put(here, { LEAD_NOTES: 'ours', CITY: 'Calgary' })
    await stage.theirs.put(there, { LEAD_NOTES: 'theirs', CITY: 'Edmonton' })
    await stage.settle()
    const [city, notes] = [...(await stage.conflicts(here))].sort((a, b) => (a.field < b.field ? -1 : 1))
    expect(await stage.settleConflict(city?.id ?? 0, 'theirs')).toMatchObject({
      status: 200,
      body: { choice: 'theirs' },
    })
    expect(await stage.ours.read(here)).toMatchObject({ LEAD_NOTES: 'ours', CITY: 'Edmonton' })
    expect(await stage.settleConflict(notes?.id ?? 0, 'ours')).toMatchObject({ status: 200 })
    expect(await stage.settleConflict(notes?.id ?? 0, 'theirs')).toMatchObject({ status: 409 })
    await stage.settle()
    expect(await stage.conflicts(here)).toEqual([])
    expect(await stage.theirs.read(there)).toMatchObject({ LEAD_NOTES: 'ours', CITY: 'Edmonton' })
    expect(comparable(await stage.ours.read(here))).toEqual(comparable(await stage.theirs.read(there)))
  })

  it('is settled by itself when the sides come to agree', async () => {
    const { here, there } = await pair()
    await stage.ours.put(here, { LEAD_NOTES: 'ours' })
    await stage.theirs.put(there, { LEAD_NOTES: 'theirs' })
    await stage.settle()
    expect(await stage.conflicts(here)).toHaveLength(1)
    await stage.theirs.put(there, { LEAD_NOTES: 'ours' })
    await stage.settle()
    expect(await stage.conflicts(here)).toEqual([])
  })

  it('follows the rule of its field', async () => {
    await stage.rules({ '*': 'newest', notes: 'upstream', city: 'ours' })
    const { here, there } = await pair()
    await stage.theirs.put(there, { LEAD_NOTES: 'theirs', CITY: 'theirs', STATE: 'theirs' })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await stage.ours.put(here, { LEAD_NOTES: 'ours', CITY: 'ours', STATE: 'ours' })
    await stage.settle()
    expect(await stage.conflicts(here)).toEqual([])
    const expected = { LEAD_NOTES: 'theirs', CITY: 'ours', STATE: 'ours' }
    expect(await stage.ours.read(here)).toMatchObject(expected)
    expect(await stage.theirs.read(there)).toMatchObject(expected)
  })
})

describe('a status', () => {
  it('flows as far as the wire can tell it, and a finer one of ours is kept', async () => {
    const { here, there } = await pair()
    await stage.ours.sister('PUT', `${here}/status`, { status: 'QUOTE_SENT' })
    await stage.settle()
    expect(await stage.theirs.read(there)).toMatchObject({ LEAD_STATUS: 'Open' })
    await stage.theirs.put(there, { LEAD_STATUS: 'Closed - Lost' })
    await stage.settle()
    expect(await stage.ours.read(here)).toMatchObject({ LEAD_STATUS: 'Closed - Lost' })
    await stage.theirs.put(there, { LEAD_STATUS: 'Open' })
    await stage.settle()
    expect((await stage.native('GET', `/leads/${here}`)).body).toMatchObject({ status: 'QUOTE_SENT' })
  })

  it('is won on both sides with its amount', async () => {
    const { here, there } = await pair()
    await stage.ours.sister('PUT', `${here}/status`, { status: 'JOB_WON', jobAmount: 5000 })
    await stage.settle()
    expect(await stage.theirs.read(there)).toMatchObject({ LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 5000 })
    expect(await stage.conflicts(here)).toEqual([])
  })

  it('does not flow into a win that another amount stands against', async () => {
    const { here, there } = await pair()
    await stage.ours.put(here, { LEAD_VALUE: 2000 })
    await stage.theirs.put(there, { LEAD_STATUS: 'Closed - Won' })
    await stage.settle()
    expect((await stage.conflicts(here)).map(({ field }) => field).sort()).toEqual(['status', 'value'])
    const [conflict] = await stage.conflicts(here)
    await stage.settleConflict(conflict?.id ?? 0, 'theirs')
    await stage.settle()
    expect(await stage.conflicts(here)).toEqual([])
    expect(await stage.ours.read(here)).toMatchObject({ LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 1000 })
  })

  it('that the upstream refuses comes back as a conflict, and is sent once', async () => {
    await stage.rules({ '*': 'ours' })
    const { here, there } = await pair()
    await stage.theirs.put(there, { LEAD_STATUS: 'Closed - Won' })
    await stage.ours.put(here, { LEAD_STATUS: 'Closed - Lost', CITY: 'Calgary' })
    await stage.settle()
    const found = await stage.conflicts(here)
    expect(found).toMatchObject([{ field: 'status', kind: 'refused', ours: 'lost', theirs: 'won' }])
    expect(found[0]?.detail).toContain('Closed - Won')
    expect(await stage.theirs.read(there)).toMatchObject({ CITY: 'Calgary', LEAD_STATUS: 'Closed - Won' })
    expect((await stage.run()).calls).toBe(1)
    await stage.settleConflict(found[0]?.id ?? 0, 'theirs')
    await stage.settle()
    expect(comparable(await stage.ours.read(here))).toEqual(comparable(await stage.theirs.read(there)))
  })
})
