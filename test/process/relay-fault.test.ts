import { expect, it } from 'vitest'
import { addCompany } from '../../src/app/credentials/add-company.ts'
import { offerLead } from '../../src/app/leads/offer-lead.ts'
import { listedRevision } from '../support/lists.ts'
import { openSharedStore } from '../support/shared-store.ts'

it('a pass that PostgreSQL refuses is told in the log with its cause, and so is the end of it', async () => {
  const store = await openSharedStore()
  const { app } = store
  const server = await store.serve({ LOG_LEVEL: 'info' })
  const account = { name: 'Elm', email: 'elm@example.com', password: 'long enough indeed', tokenDays: 1 }
  const { company } = await addCompany(app, account)
  await app.db.query({ text: "ALTER TABLE lead_card ADD CONSTRAINT nothing_new CHECK (status <> 'NO_RESPONSE')" })
  const { id } = await offerLead(app, { companyId: company.id, fields: { firstName: 'Jordan' } })
  await expect.poll(() => server.output(), { timeout: 10_000 }).toContain('the lists do not follow')
  const line = server
    .output()
    .split('\n')
    .find((text) => text.includes('the lists do not follow'))
  expect(JSON.parse(line ?? '')).toMatchObject({
    level: 'error',
    code: '23514',
    error: expect.stringContaining('nothing_new'),
  })
  await app.db.query({ text: 'ALTER TABLE lead_card DROP CONSTRAINT nothing_new' })
  expect(await listedRevision(app.db, id)).toBe(1)
  await expect.poll(() => server.output(), { timeout: 10_000 }).toContain('the lists follow again')
})
