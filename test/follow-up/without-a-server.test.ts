import { expect, it, vi } from 'vitest'
import { INSERT_TOTALS, insertCardsText, insertSearchText } from '../../src/store/pipeline/projection-rebuild.ts'
import { untilListed } from '../support/lists.ts'
import { anotherLook, dueIn, openDesk, toldDue, untilTold } from './desk.ts'

// Each waits for times to come, and for several servers.
vi.setConfig({ testTimeout: 120_000 })

it('what fell due while no clock went is told once by the next, days of it too', async () => {
  const { server, db, lead, another } = await openDesk()
  const leadIds = await Promise.all(Array.from({ length: 12 }, lead))
  await dueIn(db, leadIds, 3600)
  await untilListed(db)
  // Three days pass.
  for (const [table, id] of [
    ['lead', 'id'],
    ['lead_card', 'lead_id'],
  ]) {
    await db.query({
      text: `UPDATE ${table} SET action_due_at = date_trunc('milliseconds', now()) - (${id} % 72) * interval '1 hour' WHERE ${id} = ANY ($1)`,
      values: [leadIds],
    })
  }
  await db.query({ text: "UPDATE follow_up_clock SET looked_until = now() - interval '3 days', next_look_at = now()" })
  await another()
  const told = await untilTold(server.db, leadIds.length)
  expect(told.map(({ leadId }) => leadId).sort()).toEqual([...leadIds].sort())
})

it('a server that stops hands over to the next', async () => {
  const { db, lead, another } = await openDesk()
  const first = await another()
  const leadIds = await Promise.all(Array.from({ length: 10 }, lead))
  await Promise.all(leadIds.map((leadId, n) => dueIn(db, [leadId], n / 5)))
  const second = await another()
  await first.close()
  await another()
  await second.close()
  const told = await untilTold(db, leadIds.length)
  expect(told.map(({ leadId }) => leadId).sort()).toEqual([...leadIds].sort())
})

it('history says nothing, and what becomes due of it later does', async () => {
  const { db, lead } = await openDesk()
  const [past, later] = [await lead(), await lead()]
  await untilListed(db)
  await db.transaction(async (tx) => {
    await dueIn(tx, [past], -60)
    await dueIn(tx, [later], 2)
    await tx.query({ text: 'UPDATE outbox SET quiet = true' })
  })
  expect(await untilTold(db, 1)).toEqual([{ leadId: later, revision: 3 }])
  // A change that leaves the due time as it is says nothing, either.
  await db.query({ text: 'UPDATE lead SET revision = revision + 1 WHERE id = $1', values: [past] })
  await db.query({
    text: `INSERT INTO outbox (company_id, lead_id, revision, event, at)
      SELECT company_id, id, revision, 'lead.updated', now() FROM lead WHERE id = $1`,
    values: [past],
  })
  await anotherLook(db)
  expect(await toldDue(db)).toHaveLength(1)
})

it('lists that are made again from the leads say nothing again, and go on from there', async () => {
  const { db, lead, call } = await openDesk()
  const [past, later] = [await lead(), await lead()]
  await dueIn(db, [past], 0)
  await untilTold(db, 1)
  await dueIn(db, [later], 4)
  await untilListed(db)
  await db.transaction(async (tx) => {
    await tx.query({ text: 'TRUNCATE lead_card, lead_search, stage_total' })
    for (const text of [insertCardsText('true'), insertSearchText('true'), INSERT_TOTALS]) {
      await tx.query({ text })
    }
  })
  expect((await call('PATCH', `/leads/${past}`, { body: { notes: 'Called twice.' } })).status).toBe(200)
  expect(await untilTold(db, 2)).toEqual([
    { leadId: past, revision: 3 },
    { leadId: later, revision: 3 },
  ])
})
