import { expect, it, vi } from 'vitest'
import { clientOf } from '../native/client.ts'
import { bearer, listen } from '../native/events/listener.ts'
import { untilListed } from '../support/lists.ts'
import { anotherLook, dueIn, openDesk, toldDue, untilTold } from './desk.ts'

// Each waits for times to come, and for several servers.
vi.setConfig({ testTimeout: 120_000 })

it('an offer that requires its answer at once says so once, right after it was made', async () => {
  const { server, db } = await openDesk()
  const company = await server.company()
  const stream = await listen(server, bearer(company))
  const leadId = await server.offer(company.companyId)
  const event = { leadId, revision: 1, event: 'lead.requires_action', boardStage: 'Offered', previousStage: 'Offered' }
  await stream.until(({ data }) => data['event'] === 'lead.requires_action')
  expect(stream.heard.map(({ data }) => data)).toEqual([
    { ...event, event: 'lead.offered', previousStage: null },
    event,
  ])
  await anotherLook(db)
  expect((await clientOf(server, company)('POST', `/leads/${leadId}/viewed`)).status).toBe(200)
  expect(await toldDue(db)).toEqual([{ leadId, revision: 1 }])
  stream.leave()
})

it('an offer whose time comes later says so then, with the revision that it has by then', async () => {
  const { server, db, company, call } = await openDesk()
  const leadId = await server.offer(company.companyId)
  await anotherLook(db)
  expect(await toldDue(db)).toEqual([])
  await dueIn(db, [leadId], 2)
  expect((await call('POST', `/leads/${leadId}/viewed`)).status).toBe(200)
  expect(await untilTold(db, 1)).toEqual([{ leadId, revision: 3 }])
})

it('each of many leads says so once, however many servers look', async () => {
  const { server, db, company, another } = await openDesk()
  await another()
  await another()
  const leadIds = await Promise.all(Array.from({ length: 120 }, () => server.offer(company.companyId)))
  await Promise.all(leadIds.map((leadId, n) => dueIn(db, [leadId], (n % 40) / 10)))
  const told = await untilTold(db, leadIds.length)
  expect(told.map(({ leadId }) => leadId).sort()).toEqual([...leadIds].sort())
})

it('a due time that is moved before it comes is not told; each that comes is', async () => {
  const { db, lead, report } = await openDesk()
  const [moved, twice] = [await lead(), await lead()]
  await dueIn(db, [moved, twice], 2)
  await report(moved, { status: 'QUOTE_SENT' })
  expect(await untilTold(db, 1)).toEqual([{ leadId: twice, revision: 3 }])
  await report(twice, { status: 'QUOTE_SENT' })
  await dueIn(db, [twice], 1)
  expect(await untilTold(db, 2)).toEqual([
    { leadId: twice, revision: 3 },
    { leadId: twice, revision: 5 },
  ])
})

it('a job that is won without its file says so at once, and no more once the file is there', async () => {
  const { db, lead, report, call } = await openDesk()
  const leadId = await lead()
  await report(leadId, {
    status: 'LEAD_WON',
    jobAmount: '1200.00',
    startDateTbd: true,
    completionDateTbd: true,
  })
  expect(await untilTold(db, 1)).toEqual([{ leadId, revision: 3 }])
  const form = new FormData()
  form.append('file', new Blob(['a contract'], { type: 'text/plain' }), 'contract.txt')
  expect((await call('POST', `/leads/${leadId}/attachments`, { body: form })).status).toBe(201)
  await anotherLook(db)
  expect(await toldDue(db)).toHaveLength(1)
})

it('a deleted lead requires nothing; restored it says what it has not said, once', async () => {
  const { db, lead, call } = await openDesk()
  const [told, untold] = [await lead(), await lead()]
  await dueIn(db, [told], 0)
  await untilTold(db, 1)
  await dueIn(db, [untold], 2)
  for (const leadId of [told, untold]) expect((await call('DELETE', `/leads/${leadId}`)).status).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  await anotherLook(db)
  expect(await toldDue(db)).toEqual([{ leadId: told, revision: 3 }])
  for (let round = 0; round < 2; round += 1) {
    for (const leadId of [told, untold]) {
      expect((await call('POST', `/leads/${leadId}/restore`)).status).toBe(200)
      await untilListed(db)
      expect((await call('DELETE', `/leads/${leadId}`)).status).toBe(200)
    }
  }
  await anotherLook(db)
  expect(await toldDue(db)).toEqual([
    { leadId: told, revision: 3 },
    { leadId: untold, revision: 5 },
  ])
})
