import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { clientOf } from '../native/client.ts'
import { addEndpoint } from './endpoints.ts'
import { startReceiver } from './receiver.ts'
import { makeLead, startSender } from './stage.ts'

/** A few more than a process sends to at a time. */
const ENDPOINTS = 520

it('endpoints that are told something all the time keep no other one from its turn', async () => {
  const server = await startSender()
  const receiver = await startReceiver()
  onTestFinished(async () => {
    await server.close()
    await receiver.close()
  })
  const company = await server.company()
  const call = clientOf(server, company)
  await Promise.all(Array.from({ length: ENDPOINTS }, () => addEndpoint(server.db, company.companyId, receiver.url)))
  const leadId = await makeLead({ call })
  const countTold = async () => {
    const [row] = await server.db.query<{ n: number }>({
      text: 'SELECT count(DISTINCT endpoint_id) AS n FROM webhook_attempt WHERE company_id = $1',
      values: [company.companyId],
    })
    return row?.n
  }
  const deadline = performance.now() + 90_000
  for (let n = 0; (await countTold()) !== ENDPOINTS && performance.now() < deadline; n += 1) {
    await call('PATCH', `/leads/${leadId}`, { body: { notes: `note ${n}` } })
    await sleep(3_000)
  }
  expect(await countTold()).toBe(ENDPOINTS)
}, 120_000)
