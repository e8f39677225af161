import { expect, it } from 'vitest'
import { addCompany } from '../../src/app/credentials/add-company.ts'
import { acceptLead } from '../../src/app/leads/accept-lead.ts'
import { offerLead } from '../../src/app/leads/offer-lead.ts'
import { openSharedStore } from '../support/shared-store.ts'
import { dueIn, untilTold } from './desk.ts'

const ACTOR = { kind: 'user', id: '1', name: 'Somebody', face: 'native' } as const
const LEADS = 90

it('three processes, two of them killed on the way, tell each due time once', async () => {
  const store = await openSharedStore()
  const { app } = store
  const account = { name: 'Elm', email: 'elm@example.com', password: 'long enough indeed', tokenDays: 1 }
  const { company } = await addCompany(app, account)
  await app.db.query({ text: 'UPDATE company SET offer_answer_hours = 1000' })
  const [first, second] = await Promise.all([store.serve(), store.serve(), store.serve()])
  const leadIds: number[] = []
  for (let n = 0; n < LEADS; n += 1) {
    const { id } = await offerLead(app, { companyId: company.id, fields: { firstName: 'Jordan' } })
    await acceptLead(app, { companyId: company.id, actor: ACTOR }, id, {})
    leadIds.push(id)
  }
  await Promise.all(leadIds.map((leadId, n) => dueIn(app.db, [leadId], 1 + n / 15)))
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  await first?.end('SIGKILL')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await second?.end('SIGKILL')
  const told = await untilTold(app.db, LEADS)
  expect(told.map(({ leadId }) => leadId).sort()).toEqual([...leadIds].sort())
  expect(new Set(told.map(({ revision }) => revision))).toEqual(new Set([3]))
}, 240_000)
