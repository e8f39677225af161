import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOARD_STAGES } from '../../../src/core/lead/status-rules.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { clientOf } from '../client.ts'
import { ask, type MadeLeads, makeLeads, type WholeLead } from '../lists/made-leads.ts'
import { naiveBucket, naiveHours, naiveStages, type Statistics, worth } from './naive.ts'

let server: TestServer
let made: MadeLeads
/** The stages at which each lead has stood. */
const paths = new Map<number, ReadonlySet<string>>()
/** Every stay that came to an end, as it is kept. */
let stays: { leadId: number; place: number; seconds: number }[]

beforeAll(async () => {
  server = await startServer()
  await server.offer((await server.company()).companyId)
  made = await makeLeads(server, 150, 47)
  for (const { id } of made.leads) paths.set(id, await naiveStages(made.call, id))
  // Leads of a test go through their stages within seconds; the kept durations are spread over weeks.
  await server.db.query({
    text: `UPDATE lead_card SET stays = ARRAY(SELECT stay + 32 * (lead_id * 7919 % 30000) FROM unnest(stays) AS stay)
      WHERE company_id = $1 AND stays IS NOT NULL`,
    values: [made.company.companyId],
  })
  stays = await server.db.query({
    text: `SELECT lead_id AS "leadId", stay % 16 AS place, stay / 16 * 30 AS seconds
      FROM lead_card CROSS JOIN LATERAL unnest(stays) AS stay WHERE company_id = $1`,
    values: [made.company.companyId],
  })
})
afterAll(() => server.close())

async function statistics(query = ''): Promise<Statistics> {
  return (await ask(made.call, 'GET', `/statistics${query}`)) as unknown as Statistics
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}

const day = (lead: WholeLead) => lead.createdAt.slice(0, 10)

const SCOPES: Readonly<Record<string, readonly [query: () => string, fits: (lead: WholeLead) => boolean]>> = {
  'the last year': [() => '', () => true],
  'a period': [
    () => `?from=${daysAgo(25)}&to=${daysAgo(8)}`,
    (lead) => day(lead) >= daysAgo(25) && day(lead) <= daysAgo(8),
  ],
  'one assignee': [() => `?assignee=${made.users[1]}`, (lead) => lead.assignee?.id === made.users[1]],
  nobody: [() => '?assignee=none', (lead) => lead.assignee === null],
}

describe.each(Object.keys(SCOPES))('GET /v1/statistics of %s', (name) => {
  const [query, fits] = SCOPES[name] ?? [() => '', () => true]
  const leads = () => made.leads.filter((lead) => lead.deletedAt === null && fits(lead))

  it('counts leads and money', async () => {
    const { totals, bySource, bySourceLabel, byCategory } = await statistics(query())
    const won = leads().filter(({ boardStage }) => boardStage === 'Won')
    expect(won.length).toBeGreaterThan(0)
    const averageWon = (Number(worth(won)) / won.length).toFixed(2)
    expect(totals).toEqual({ ...naiveBucket(leads()), averageWon: expect.any(String) })
    expect(Math.abs(Number(totals.averageWon) - Number(averageWon))).toBeLessThan(0.011)
    for (const [buckets, keyOf] of [
      [bySource, (lead: WholeLead) => lead.source],
      [bySourceLabel, (lead: WholeLead) => lead.sourceLabel ?? ''],
      [byCategory, (lead: WholeLead) => lead.category ?? ''],
    ] as const) {
      const byKey = Map.groupBy(leads(), keyOf)
      expect(buckets).toHaveLength(byKey.size)
      for (const { key, ...bucket } of buckets) expect(bucket).toEqual(naiveBucket(byKey.get(key) ?? []))
      expect(buckets.map(({ count }) => count)).toEqual(buckets.map(({ count }) => count).sort((a, b) => b - a))
    }
  })

  it('shows where leads are, and where they have been', async () => {
    const { funnel } = await statistics(query())
    expect(funnel.map(({ boardStage }) => boardStage)).toEqual(BOARD_STAGES)
    for (const { boardStage, count, reached, amount } of funnel) {
      const here = leads().filter((lead) => lead.boardStage === boardStage)
      const been = leads().filter(({ id }) => paths.get(id)?.has(boardStage))
      expect({ boardStage, count, reached, amount }).toEqual({
        boardStage,
        count: here.length,
        reached: been.length,
        amount: worth(here),
      })
    }
  })

  it('tells losses by reason', async () => {
    const { lostReasons } = await statistics(query())
    const lost = Map.groupBy(
      leads().filter(({ boardStage }) => boardStage === 'Lost'),
      ({ lostReason }) => lostReason,
    )
    expect(new Map(lostReasons.map(({ reason, ...rest }) => [reason, rest]))).toEqual(
      new Map([...lost].map(([reason, of]) => [reason, { count: of.length, amount: worth(of) }])),
    )
  })

  it('tells how long leads wait and stay', async () => {
    const { firstContact, timePerStage } = await statistics(query())
    const waits = await firstReports(leads().map(({ id }) => id))
    const { medianHours, p90Hours } = naiveHours(waits)
    expectNear(firstContact.medianHours, medianHours)
    expectNear(firstContact.p90Hours, p90Hours)
    const limits = [0, 1, 4, 24, 72, 168, Number.POSITIVE_INFINITY]
    expect(firstContact.bands.map(({ count }) => count)).toEqual(
      limits.slice(1).map((limit, i) => waits.filter((s) => s / 3600 >= (limits[i] ?? 0) && s / 3600 < limit).length),
    )
    expect(firstContact.without).toBe(leads().filter(({ boardStage }) => boardStage === 'New').length)
    const ids = new Set(leads().map(({ id }) => id))
    expect(timePerStage.map(({ boardStage }) => boardStage)).toEqual(BOARD_STAGES)
    for (const { boardStage, visits, ...hours } of timePerStage) {
      const lasted = stays.flatMap(({ leadId, place, seconds }) =>
        BOARD_STAGES[place] === boardStage && ids.has(leadId) ? [seconds] : [],
      )
      expect(visits).toBe(lasted.length)
      expectNear(hours.medianHours, naiveHours(lasted).medianHours)
      expectNear(hours.p90Hours, naiveHours(lasted).p90Hours)
    }
  })
})

describe('wins by month', () => {
  const month = new Date().toISOString().slice(0, 7)
  const wins = (fits: (lead: WholeLead) => boolean = () => true) => {
    const won = made.leads.filter((lead) => lead.deletedAt === null && lead.boardStage === 'Won' && fits(lead))
    return [{ month, count: won.length, amount: worth(won) }]
  }

  it('are those of the period, whenever their leads came', async () => {
    expect(wins((lead) => day(lead) < daysAgo(8))[0]?.count).toBeGreaterThan(0)
    expect((await statistics(`?from=${daysAgo(1)}`)).wonByMonth).toEqual(wins())
    expect((await statistics(`?from=${daysAgo(25)}&to=${daysAgo(8)}`)).wonByMonth).toEqual([])
  })

  it('are those of one assignee, or of nobody', async () => {
    const ofOne = await statistics(`?assignee=${made.users[1]}`)
    expect(ofOne.wonByMonth).toEqual(wins((lead) => lead.assignee?.id === made.users[1]))
    expect((await statistics('?assignee=none')).wonByMonth).toEqual(wins((lead) => lead.assignee === null))
  })
})

/** To the minute, above two days to the hour. */
function expectNear(found: number | null, wanted: number | null): void {
  if (wanted === null || found === null) expect(found).toBe(wanted)
  else expect(Math.abs(found - wanted)).toBeLessThan(wanted > 47 ? 0.52 : 0.02)
}

async function firstReports(ids: readonly number[]): Promise<number[]> {
  const rows = await server.db.query<{ seconds: number }>({
    text: `SELECT extract(epoch FROM min(timeline.at) - lead.created_at)::float8 AS seconds
      FROM lead JOIN timeline ON timeline.company_id = lead.company_id AND timeline.lead_id = lead.id
      WHERE lead.company_id = $1 AND lead.id = ANY ($2::bigint[]) AND timeline.event = 'lead.status_changed'
      GROUP BY lead.id, lead.created_at`,
    values: [made.company.companyId, ids],
  })
  return rows.map(({ seconds }) => seconds)
}

describe('GET /v1/statistics', () => {
  it('names its period: without dates the year that ends today', async () => {
    const { from, to } = await statistics()
    expect(to).toBe(daysAgo(0))
    expect(Date.parse(to) - Date.parse(from)).toBeGreaterThanOrEqual(364 * 86_400_000)
    expect(await statistics('?from=2026-01-05&to=2026-02-01')).toMatchObject({ from: '2026-01-05', to: '2026-02-01' })
  })

  it('is empty, not wrong, for a company without leads', async () => {
    const stranger = clientOf(server, await server.company())
    const none = (await ask(stranger, 'GET', '/statistics')) as unknown as Statistics
    expect(none.totals).toEqual({ ...naiveBucket([]), averageWon: null })
    expect(none).toMatchObject({ wonByMonth: [], bySource: [], bySourceLabel: [], byCategory: [], lostReasons: [] })
    expect(none.firstContact).toMatchObject({ medianHours: null, p90Hours: null, without: 0 })
    expect(none.firstContact.bands.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0])
    expect(none.timePerStage.every(({ visits, medianHours }) => visits === 0 && medianHours === null)).toBe(true)
  })

  it('keeps money exact, and months in the time zone of the company', async () => {
    const other = await server.company()
    const call = clientOf(server, other)
    await ask(call, 'PATCH', '/company', { timeZone: 'Pacific/Auckland' })
    for (const jobAmount of ['999999999999.99', '0.01', '0.02']) {
      const { id } = await ask(call, 'POST', '/leads', { firstName: 'Rich' })
      await ask(call, 'POST', `/leads/${id}/status`, { status: 'JOB_WON', jobAmount })
    }
    const last = '2026-06-30T18:00:00Z'
    await ask(call, 'GET', '/leads?limit=1')
    await server.db.query({
      text: 'UPDATE lead_card SET closed_at = $2, created_at = $2 WHERE company_id = $1',
      values: [other.companyId, last],
    })
    const july = (await ask(call, 'GET', '/statistics?from=2026-07-01&to=2026-07-01')) as unknown as Statistics
    expect(july.totals).toMatchObject({
      count: 3,
      won: 3,
      wonAmount: '1000000000000.02',
      averageWon: '333333333333.34',
    })
    expect(july.wonByMonth).toEqual([{ month: '2026-07', count: 3, amount: '1000000000000.02' }])
    expect(await ask(call, 'GET', '/statistics?from=2026-06-01&to=2026-06-30')).toMatchObject({ totals: { count: 0 } })
  })
})
