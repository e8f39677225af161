import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOARD_STAGES } from '../../../src/core/lead/status-rules.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { clientOf } from '../client.ts'
import { ask, type MadeLeads, makeLeads, type WholeLead } from '../lists/made-leads.ts'

interface Column {
  readonly boardStage: string
  readonly count: number
  readonly amount: string
  readonly leads: readonly { readonly id: number; readonly boardStage: string; readonly stageSince: string }[]
  readonly nextCursor: string | null
}

let server: TestServer
let made: MadeLeads

beforeAll(async () => {
  server = await startServer()
  await server.offer((await server.company()).companyId)
  made = await makeLeads(server, 80, 23)
})
afterAll(() => server.close())

async function board(query = ''): Promise<Column[]> {
  const { columns } = (await ask(made.call, 'GET', `/board${query}`)) as unknown as { columns: Column[] }
  expect(columns.map(({ boardStage }) => boardStage)).toEqual(BOARD_STAGES)
  return columns
}

async function wholeColumn(stage: string, query: string): Promise<Column['leads']> {
  const leads: Column['leads'][number][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: string = cursor === '' ? '' : `&cursor=${cursor}`
    const path = `/board/${encodeURIComponent(stage)}?limit=3${query}${more}`
    const column = (await ask(made.call, 'GET', path)) as unknown as Column
    leads.push(...column.leads)
    cursor = column.nextCursor
  }
  return leads
}

function at(stage: string, fits: (lead: WholeLead) => boolean): WholeLead[] {
  return made.leads.filter((lead) => lead.deletedAt === null && lead.boardStage === stage && fits(lead))
}

function worth(leads: readonly WholeLead[]): string {
  const cents = leads.reduce((sum, lead) => sum + Math.round(Number(lead.jobAmount ?? lead.value ?? 0) * 100), 0)
  return (cents / 100).toFixed(2)
}

/** Customers of offers that are not accepted are not found. */
function has(lead: WholeLead, word: string): boolean {
  return lead.action === 'ACCEPTED' && [lead['firstName'], lead['city']].includes(word)
}

const WISHES: Readonly<Record<string, readonly [query: () => string, fits: (lead: WholeLead) => boolean]>> = {
  everybody: [() => '', () => true],
  'one assignee': [() => `assignee=${made.users[0]}`, (lead) => lead.assignee?.id === made.users[0]],
  nobody: [() => 'assignee=none', (lead) => lead.assignee === null],
  'a stranger': [() => 'assignee=1', () => false],
  'a search': [() => 'q=gwen', (lead) => has(lead, 'Gwen')],
  'a search among what one assignee has': [
    () => `q=calgary&assignee=${made.users[0]}`,
    (lead) => has(lead, 'Calgary') && lead.assignee?.id === made.users[0],
  ],
  'a search that finds nothing': [() => 'q=nowhere', () => false],
}

describe.each(Object.keys(WISHES))('the board of %s', (name) => {
  const [query, fits] = WISHES[name] ?? [() => '', () => true]

  it('counts and adds up whole columns, and shows the first of each', async () => {
    for (const column of await board(`?limit=2&${query()}`)) {
      const leads = at(column.boardStage, fits)
      expect(column).toMatchObject({ count: leads.length, countIsExact: true, amount: worth(leads) })
      expect(column.leads).toHaveLength(Math.min(2, leads.length))
      expect(column.nextCursor === null).toBe(leads.length <= 2)
    }
  })

  it('goes through each column once, the last to come first', async () => {
    for (const column of await board(`?${query()}`)) {
      const leads = await wholeColumn(column.boardStage, `&${query()}`)
      expect(leads.map(({ id }) => id).sort()).toEqual(
        at(column.boardStage, fits)
          .map(({ id }) => id)
          .sort(),
      )
      const since = leads.map(({ stageSince }) => stageSince)
      expect(since).toEqual([...since].sort().reverse())
      expect(new Set(leads.map(({ boardStage }) => boardStage)).size).toBeLessThanOrEqual(1)
      expect(leads.slice(0, 25)).toEqual(column.leads)
    }
  })
})

describe('GET /v1/board', () => {
  it('says since when a lead stands there as the list of leads does', async () => {
    const columns = await board('?limit=100')
    const listed = (await ask(made.call, 'GET', '/leads?limit=200')) as unknown as Pick<Column, 'leads'>
    const since = (leads: Column['leads']) => leads.map(({ id, stageSince }) => `${id} ${stageSince}`).sort()
    expect(listed.leads.length).toBeGreaterThan(50)
    expect(since(columns.flatMap(({ leads }) => leads))).toEqual(since(listed.leads))
  })

  it('shows a lead in its new column as soon as it has moved', async () => {
    const id = await server.offer(made.company.companyId)
    const stageOf = async () => (await board()).find(({ leads }) => leads[0]?.id === id)?.boardStage
    expect(await stageOf()).toBe('Offered')
    await made.call('POST', `/leads/${id}/accept`)
    expect(await stageOf()).toBe('New')
    await made.call('POST', `/leads/${id}/status`, { body: { status: 'JOB_WON', jobAmount: '5.05' } })
    expect(await stageOf()).toBe('Won')
    await made.call('DELETE', `/leads/${id}`)
    expect(await stageOf()).toBeUndefined()
  })

  it('is empty for a company without leads', async () => {
    const stranger = clientOf(server, await server.company())
    const { columns } = (await ask(stranger, 'GET', '/board')) as unknown as { columns: Column[] }
    expect(columns).toHaveLength(BOARD_STAGES.length)
    for (const { count, amount, leads, nextCursor } of columns) {
      expect({ count, amount, leads, nextCursor }).toEqual({ count: 0, amount: '0.00', leads: [], nextCursor: null })
    }
  })
})
