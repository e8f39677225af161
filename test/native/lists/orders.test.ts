import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../../support/server.ts'
import { signIn } from '../accounts/browser.ts'
import { clientOf } from '../client.ts'
import { type MadeLeads, makeLeads, type WholeLead } from './made-leads.ts'
import { inOrder, MODEL_ORDERS, pageOf, walk } from './model.ts'

let server: TestServer
let made: MadeLeads

beforeAll(async () => {
  server = await startServer()
  // Another company's leads lie among ours.
  await server.offer((await server.company()).companyId)
  made = await makeLeads(server, 150, 11)
})
afterAll(() => server.close())

function kept(fits: (lead: WholeLead) => boolean = () => true): WholeLead[] {
  return made.leads.filter((lead) => lead.deletedAt === null && fits(lead))
}

const day = (lead: WholeLead) => lead.createdAt.slice(0, 10)

type Filter = readonly [query: () => string, fits: (lead: WholeLead) => boolean]

const FILTERS: Readonly<Record<string, Filter>> = {
  none: [() => '', () => true],
  'one stage': [() => 'boardStage=New', (lead) => lead.boardStage === 'New'],
  'two stages': [
    () => 'boardStage=In%20conversation,Won',
    (lead) => ['In conversation', 'Won'].includes(lead.boardStage),
  ],
  'a repeated stage': [
    () => 'boardStage=Offered&boardStage=Declined',
    (lead) => ['Offered', 'Declined'].includes(lead.boardStage),
  ],
  statuses: [() => 'status=LEAD_LOST,CONTACT_MADE', (lead) => ['LEAD_LOST', 'CONTACT_MADE'].includes(lead.status)],
  'a status of offers, too': [() => 'status=NO_RESPONSE', (lead) => lead.status === 'NO_RESPONSE'],
  'a status within a stage': [
    () => 'status=LEAD_LOST,CONTACT_MADE&boardStage=Lost,New',
    (lead) => lead.status === 'LEAD_LOST' && lead.boardStage === 'Lost',
  ],
  source: [() => 'source=native', (lead) => lead.source === 'native'],
  sources: [() => 'source=native,renovationfind', () => true],
  'a category with a comma': [() => 'category=Kitchen%2C%20large', (lead) => lead.category === 'Kitchen, large'],
  categories: [() => 'category=Roof&category=Bathroom', (lead) => ['Roof', 'Bathroom'].includes(lead.category ?? '')],
  assignee: [() => `assignee=${made.users[1]}`, (lead) => lead.assignee?.id === made.users[1]],
  nobody: [() => 'assignee=none', (lead) => lead.assignee === null],
  'requires action': [() => 'requiresAction=true', (lead) => lead.requiresAction],
  'requires none': [() => 'requiresAction=false', (lead) => !lead.requiresAction],
  created: [
    () => `createdFrom=${daysAgo(20)}&createdTo=${daysAgo(5)}`,
    (lead) => day(lead) >= daysAgo(20) && day(lead) <= daysAgo(5),
  ],
  ids: [
    () =>
      `id=${made.leads[3]?.id}&id=${made.leads[4]?.id},${made.leads[50]?.id},${made.leads[90]?.id},${made.leads[91]?.id},1`,
    ({ id }) => [3, 4, 50, 90, 91].some((n) => made.leads[n]?.id === id),
  ],
  'all at once': [
    () => `assignee=${made.users[0]}&createdFrom=${daysAgo(30)}&source=renovationfind&boardStage=New,Won,Offered`,
    (lead) =>
      lead.assignee?.id === made.users[0] &&
      day(lead) >= daysAgo(30) &&
      lead.source === 'renovationfind' &&
      ['New', 'Won', 'Offered'].includes(lead.boardStage),
  ],
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}

describe.each(Object.keys(MODEL_ORDERS))('GET /v1/leads?sort=%s', (sort) => {
  it.each(Object.keys(FILTERS))('shows each lead once, filtered by %s', async (name) => {
    const [query, fits] = FILTERS[name] as Filter
    const wanted = inOrder(kept(fits), sort)
    if (name !== 'all at once') expect(wanted.length).toBeGreaterThan(3)
    expect(await walk(made.call, `sort=${sort}&${query()}`, 200)).toEqual(wanted)
    expect(await walk(made.call, `sort=${sort}&${query()}`, 7)).toEqual(wanted)
  })
})

describe('GET /v1/leads', () => {
  it('shows the newest first, and how many there are', async () => {
    const page = await pageOf(made.call, 'limit=5')
    expect(page.leads.map(({ id }) => id)).toEqual(inOrder(kept(), 'newest').slice(0, 5))
    expect(page).toMatchObject({ total: kept().length, totalIsExact: true })
  })

  it('shows deleted leads only when asked, and only them', async () => {
    const deleted = made.leads.filter((lead) => lead.deletedAt !== null)
    expect(deleted.length).toBeGreaterThan(2)
    expect(await walk(made.call, 'deleted=true&sort=name', 2)).toEqual(inOrder(deleted, 'name'))
    expect(await walk(made.call, 'deleted=false', 200)).toEqual(inOrder(kept(), 'newest'))
  })

  it('shows of each lead what the lead itself shows', async () => {
    const { leads } = await pageOf(made.call, 'limit=200')
    const shared = [
      'revision',
      'name',
      'email',
      'city',
      'boardStage',
      'status',
      'requiresAction',
      'assignee',
      'modifiedAt',
    ]
    for (const card of leads) {
      const lead = made.leads.find(({ id }) => id === card.id)
      for (const field of shared) expect(card[field]).toEqual(lead?.[field])
      expect(card['amount']).toBe(lead?.jobAmount ?? lead?.value)
      expect(card['phone']).toBe(lead?.['phone'])
    }
  })

  it('tells nothing of the customer of a lead that is not accepted', async () => {
    const { leads } = await pageOf(made.call, 'limit=200&boardStage=Offered,Declined')
    expect(leads.length).toBeGreaterThan(5)
    for (const { id, name, category, ...card } of leads) {
      expect(name).toBe(category ?? `Lead ${id}`)
      for (const field of ['customerCompany', 'email', 'phone', 'address', 'city', 'state'])
        expect(card[field]).toBeNull()
    }
  })

  it('never shows the leads of another company', async () => {
    const stranger = clientOf(server, await server.company())
    expect(await pageOf(stranger, '')).toEqual({ leads: [], nextCursor: null, total: 0, totalIsExact: true })
    const { nextCursor } = await pageOf(made.call, 'limit=2')
    expect((await pageOf(stranger, `limit=2&cursor=${nextCursor}`)).leads).toEqual([])
    expect((await pageOf(stranger, `q=${made.leads[0]?.id}`)).leads).toEqual([])
  })

  it('knows who asks when it is a signed-in user', async () => {
    const { call } = await signIn(server.baseUrl, made.company)
    const mine = kept((lead) => lead.assignee?.id === made.users[0])
    for (const path of ['/leads?limit=200&assignee=me', `/leads?limit=200&assignee=${made.users[0]}`]) {
      const { body } = await call('GET', path)
      expect((body['leads'] as { id: number }[]).map(({ id }) => id)).toEqual(inOrder(mine, 'newest'))
    }
    for (const path of ['/board?assignee=me', '/statistics?assignee=me', '/today', '/leads.csv?assignee=me']) {
      expect((await call('GET', path)).status).toBe(200)
    }
  })

  it('shows at once what was just written', async () => {
    const id = await server.offer(made.company.companyId, { category: 'Sauna' })
    expect((await pageOf(made.call, 'category=Sauna')).leads).toMatchObject([{ id, boardStage: 'Offered' }])
    await made.call('POST', `/leads/${id}/accept`)
    expect((await pageOf(made.call, 'category=Sauna')).leads).toMatchObject([{ id, boardStage: 'New' }])
    expect((await pageOf(made.call, 'category=Sauna&boardStage=Offered')).leads).toEqual([])
    const impossible = await pageOf(made.call, 'status=LEAD_LOST&boardStage=Won')
    expect(impossible).toMatchObject({ leads: [], total: 0, totalIsExact: true, nextCursor: null })
    await made.call('DELETE', `/leads/${id}`)
    expect((await pageOf(made.call, 'category=Sauna')).leads).toEqual([])
  })
})
