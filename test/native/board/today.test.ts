import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { clientOf } from '../client.ts'
import { ask, type MadeLeads, makeLeads, type WholeLead } from '../lists/made-leads.ts'

interface List {
  readonly count: number
  readonly countIsExact: boolean
  readonly leads: readonly { readonly id: number }[]
}

let server: TestServer
let made: MadeLeads
let today: Record<string, List>

beforeAll(async () => {
  server = await startServer()
  await server.offer((await server.company()).companyId)
  made = await makeLeads(server, 100, 31)
  await age()
  today = (await ask(made.call, 'GET', '/today')) as unknown as Record<string, List>
})
afterAll(() => server.close())

/** Makes half of the worked leads overdue, as the passing of time would. */
async function age(): Promise<void> {
  for (const [table, id] of [
    ['lead', 'id'],
    ['lead_card', 'lead_id'],
  ]) {
    await server.db.query({
      text: `UPDATE ${table} SET action_due_at = action_due_at - interval '90 days' - (${id} % 7) * interval '1 hour'
        WHERE company_id = $1 AND ${id} % 2 = 0`,
      values: [made.company.companyId],
    })
  }
}

/** The leads as they are after the ageing. */
async function kept(fits: (lead: WholeLead) => boolean): Promise<WholeLead[]> {
  const leads = made.leads.filter((lead) => lead.deletedAt === null)
  const now = await Promise.all(leads.map(async ({ id }) => (await ask(made.call, 'GET', `/leads/${id}`)) as WholeLead))
  return now.filter(fits)
}

function idsOf(list: List | undefined): number[] {
  return list?.leads.map(({ id }) => id) ?? []
}

function firstBy(leads: readonly WholeLead[], keyOf: (lead: WholeLead) => string): number[] {
  const keyed = leads.map((lead) => ({ id: lead.id, key: keyOf(lead) }))
  keyed.sort((a, b) => (a.key === b.key ? a.id - b.id : a.key < b.key ? -1 : 1))
  return keyed.slice(0, 20).map(({ id }) => id)
}

describe('GET /v1/today', () => {
  it('shows the offers that wait longest', async () => {
    const offers = await kept((lead) => lead.action === 'NONE')
    expect(offers.length).toBeGreaterThan(5)
    expect(today['offers']?.count).toBe(offers.length)
    expect(idsOf(today['offers'])).toEqual(firstBy(offers, (lead) => lead.createdAt))
  })

  it('shows what is longest overdue, without the offers', async () => {
    const due = await kept((lead) => lead.requiresAction && lead.action !== 'NONE')
    expect(due.length).toBeGreaterThan(10)
    expect(today['requiresAction']?.count).toBe(due.length)
    expect(idsOf(today['requiresAction'])).toEqual(firstBy(due, (lead) => lead.actionDueAt ?? ''))
  })

  it('shows next actions whose date has come', async () => {
    const date = new Date().toISOString().slice(0, 10)
    const actions = await kept((lead) => lead.nextActionDate !== null && lead.nextActionDate <= date)
    expect(actions.length).toBeGreaterThan(3)
    expect(today['nextActions']?.count).toBe(actions.length)
    expect(idsOf(today['nextActions'])).toEqual(firstBy(actions, (lead) => lead.nextActionDate ?? ''))
  })

  it('shows the newest leads', async () => {
    const leads = await kept(() => true)
    const newest = [...leads].sort((a, b) =>
      a.createdAt === b.createdAt ? b.id - a.id : a.createdAt < b.createdAt ? 1 : -1,
    )
    expect(today['newest']?.count).toBe(leads.length)
    expect(idsOf(today['newest'])).toEqual(newest.slice(0, 20).map(({ id }) => id))
  })

  it('has four empty lists for a company without leads', async () => {
    const stranger = clientOf(server, await server.company())
    const nothing = { count: 0, countIsExact: true, leads: [] }
    const lists = { offers: nothing, requiresAction: nothing, nextActions: nothing, newest: nothing }
    expect(await ask(stranger, 'GET', '/today')).toEqual(lists)
  })

  it('goes by the date of the company', async () => {
    const other = await server.company()
    const call = clientOf(server, other)
    const zone = new Date().getUTCHours() < 12 ? 'Pacific/Kiritimati' : 'Pacific/Pago_Pago'
    await ask(call, 'PATCH', '/company', { timeZone: zone })
    const date = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date())
    const tomorrow = new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
    await ask(call, 'POST', '/leads', { firstName: 'Now', nextActionDate: date })
    await ask(call, 'POST', '/leads', { firstName: 'Later', nextActionDate: tomorrow })
    const lists = (await ask(call, 'GET', '/today')) as unknown as Record<string, List>
    expect(lists['nextActions']).toMatchObject({ count: 1, leads: [{ name: 'Now' }] })
  })
})
