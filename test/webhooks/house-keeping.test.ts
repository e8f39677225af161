import { expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { sweep } from '../../src/jobs/house-keeping.ts'
import { openApp } from '../../src/open-app.ts'
import { startServer } from '../support/server.ts'
import { addEndpoint, addSecret } from './endpoints.ts'

it('house-keeping forgets calls after 30 days, dead secrets, and what a deleted endpoint left behind', async () => {
  const server = await startServer()
  const { db } = server
  const opened = openApp(readConfig({}, '/'), db.connection, () => undefined)
  const { companyId } = await server.company()
  const { endpointId } = await addEndpoint(db, companyId, 'http://127.0.0.1:9/')
  await addSecret(db, { companyId, endpointId })
  await db.query({
    text: `UPDATE webhook_secret SET expires_at = now() - interval '1 minute'
      WHERE id = (SELECT min(id) FROM webhook_secret WHERE company_id = $1)`,
    values: [companyId],
  })
  const log = (id: number, age: string) =>
    db.query({
      text: `INSERT INTO webhook_attempt (company_id, endpoint_id, at, message_id, lead_id, revision, event, event_at,
          attempt, outcome, milliseconds)
        VALUES ($1, $2, now() - $3::interval, $3, 1, 1, 'lead.created', now(), 1, 'delivered', 5)`,
      values: [companyId, id, age],
    })
  await log(endpointId, '31 days')
  await log(endpointId, '29 days')
  await log(endpointId + 1, '1 day')
  const queue = (id: number, waiting: boolean) =>
    db.query({
      text: `INSERT INTO webhook_delivery (company_id, endpoint_id, lead_id, revision, event, at, waiting, next_at)
        VALUES ($1, $2, 1, 1, 'lead.created', now(), $3, CASE WHEN $3 THEN now() + interval '1 hour' END)`,
      values: [companyId, id, waiting],
    })
  await queue(endpointId, true)
  await queue(endpointId + 1, true)
  await queue(endpointId + 2, false)
  await sweep(opened.app)
  const count = async (text: string) => (await db.query<{ n: number }>({ text, values: [companyId] }))[0]?.n
  expect(await count('SELECT count(*) AS n FROM webhook_secret WHERE company_id = $1')).toBe(1)
  expect(await count('SELECT count(*) AS n FROM webhook_attempt WHERE company_id = $1')).toBe(1)
  expect(await count('SELECT count(*) AS n FROM webhook_delivery WHERE company_id = $1')).toBe(1)
  await opened.close()
  await server.close()
})
