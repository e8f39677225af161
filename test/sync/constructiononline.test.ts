import { describe, expect, it } from 'vitest'
import { comparable, syncStage } from './sync-stage.ts'

describe('keeping in step with a ConstructionOnline account', () => {
  it('takes the whole list in at first, and nothing twice', async () => {
    const stage = await syncStage()
    const first = await stage.theirs.create({ LEAD_VALUE: '40000', ZIP: 'T2P 1A1', LEAD_QUALITY: '3' })
    const won = await stage.theirs.create({ LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 1200.5, EMAIL: 'w@example.com' })
    await stage.connect()
    await stage.settle()
    expect(comparable(await stage.linked(first['ID']))).toEqual(comparable(first))
    expect(comparable(await stage.linked(won['ID']))).toEqual(comparable(won))
    const { body } = await stage.ours.get()
    expect(body).toHaveLength(2)
  })

  it('lets a change of either side flow to the other, and sends nothing back', async () => {
    const stage = await syncStage()
    const there = await stage.theirs.create({ LEAD_NOTES: 'Calls after six' })
    await stage.connect()
    await stage.settle()
    const here = await stage.linked(there['ID'])
    await stage.ours.put(here['ID'], { PHONE: '403-555-0100', LEAD_NOTES: null })
    await stage.theirs.put(there['ID'], { CITY: 'Calgary', LEAD_VALUE: '100' })
    await stage.settle()
    const expected = { PHONE: '403-555-0100', LEAD_NOTES: null, CITY: 'Calgary', LEAD_VALUE: 100 }
    const [a, b] = [await stage.linked(there['ID']), await stage.theirs.read(there['ID'])]
    expect(a).toMatchObject(expected)
    expect(comparable(a)).toEqual(comparable(b))
    const revisions = async () => [
      ...(await stage.a.db.query({ text: 'SELECT id, revision FROM lead' })),
      ...(await stage.b.db.query({ text: 'SELECT id, revision FROM lead' })),
    ]
    const before = await revisions()
    await stage.run()
    await stage.run()
    expect(await revisions()).toEqual(before)
    expect(await stage.conflicts()).toEqual([])
  })
})
