import { expect, it } from 'vitest'
import { addCompany } from '../../../src/app/credentials/add-company.ts'
import { acceptLead } from '../../../src/app/leads/accept-lead.ts'
import { offerLead } from '../../../src/app/leads/offer-lead.ts'
import type { Db } from '../../../src/store/database.ts'
import type { ChildServer } from '../../support/child-server.ts'
import { untilListed } from '../../support/lists.ts'
import { openSharedStore, type SharedStore } from '../../support/shared-store.ts'
import { clientOf } from '../client.ts'
import { bearer, type Heard, type Listener, listen } from '../events/listener.ts'

const LEADS = 12
const ACTOR = { kind: 'user', id: '1', name: 'Somebody', face: 'native' } as const
const PAUSE_MS = 25

interface Company {
  readonly companyId: number
  readonly token: string
  readonly leadIds: readonly number[]
}

async function openCompany({ app }: SharedStore, name: string): Promise<Company> {
  const password = 'long enough indeed'
  const { company, token } = await addCompany(app, { name, email: `${name}@example.com`, password, tokenDays: 1 })
  const leadIds: number[] = []
  for (let n = 0; n < LEADS; n += 1) {
    const { id } = await offerLead(app, { companyId: company.id, fields: { firstName: 'Jordan' } })
    await acceptLead(app, { companyId: company.id, actor: ACTOR }, id, {})
    leadIds.push(id)
  }
  return { companyId: company.id, token, leadIds }
}

/** Changes leads through whatever servers there are until it is stopped; resolves to how many changes were taken. */
function keepWriting({ leadIds, token }: Company, servers: () => readonly ChildServer[]): () => Promise<number> {
  let isOver = false
  let taken = 0
  const writing = (async () => {
    for (let n = 0; !isOver; n += 1) {
      const [server, leadId] = [servers()[n % servers().length], leadIds[n % leadIds.length]]
      if (server === undefined) continue
      const call = clientOf(server, { token })
      const body = { nextActionDate: `2027-01-${String(1 + (n % 28)).padStart(2, '0')}`, quality: n % 100 }
      // A server that was killed answers nothing; whether the change was taken tells the store.
      const answer = await call('PATCH', `/leads/${leadId}`, { body }).catch(() => null)
      if (answer?.status === 200) taken += 1
    }
  })()
  return async () => {
    isOver = true
    await writing
    return taken
  }
}

function pause(ms = PAUSE_MS): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** What was announced of a company behind the place that its first listener began at: lead, revision and event. */
async function announced(db: Db, companyId: number, first: Listener): Promise<string[]> {
  const place = JSON.parse(Buffer.from(first.heardFrom, 'base64url').toString()) as [string, number, number]
  const rows = await db.query<{ told: string }>({
    text: `SELECT concat_ws(' ', split_part(line, '|', 2), split_part(line, '|', 3), split_part(line, '|', 4)) AS told
      FROM live_log CROSS JOIN LATERAL string_to_table(lines, E'\\n') AS line
      WHERE id > $2 AND split_part(line, '|', 1) = $1::text`,
    values: [String(companyId), place[1]],
  })
  return rows.map(({ told }) => told).sort()
}

function toldOf(heard: readonly Heard[]): string[] {
  return heard.map(({ name, data }) =>
    name === 'lead' ? `${data['leadId']} ${data['revision']} ${data['event']}` : name,
  )
}

it('a client that comes back to another server, the first one killed, has missed nothing', async () => {
  const store = await openSharedStore()
  const { db } = store.app
  const company = await openCompany(store, 'elm')
  const busy = await openCompany(store, 'oak')
  let servers = [await store.serve(), await store.serve()]
  const stops = [company, busy].map((one) => keepWriting(one, () => servers))
  const heard: Heard[] = []
  let first: Listener | null = null
  let lastId: string | null = null
  for (let round = 0; round < 6; round += 1) {
    const server = servers[round % servers.length]
    if (server === undefined) throw new Error('There is always a server.')
    const stream = await listen(server, { ...bearer(company), ...(lastId === null ? {} : { 'last-event-id': lastId }) })
    first ??= stream
    await pause(200 + 40 * round)
    if (round % 3 === 2) {
      // The one that is listened to, in the midst of it.
      servers = servers.filter((one) => one !== server)
      await server.end('SIGKILL')
      await stream.ended
      await pause(300)
    } else stream.leave()
    heard.push(...stream.heard)
    lastId = stream.lastId()
    if (servers.length < 2) servers = [...servers, await store.serve()]
  }
  const taken = await Promise.all(stops.map((stop) => stop()))
  const [server] = servers
  if (server === undefined || first === null || lastId === null) throw new Error('The rounds leave a server.')
  await untilListed(db)
  const last = await listen(server, { ...bearer(company), 'last-event-id': lastId })
  await pause(500)
  heard.push(...last.heard)
  const told = await announced(db, company.companyId, first)
  expect(taken.every((count) => count > 100)).toBe(true)
  expect(told.length).toBeGreaterThan(100)
  // Nothing is missing; what was told twice lies around a place at which the line was cut.
  expect([...new Set(toldOf(heard))].sort()).toEqual(told)
  expect(heard.length - told.length).toBeLessThan(told.length / 4)
  const leads = await db.query<{ told: string }>({
    text: `SELECT id || ' ' || revision AS told FROM lead WHERE company_id = $1`,
    values: [company.companyId],
  })
  for (const lead of leads) expect(toldOf(heard).some((one) => one.startsWith(`${lead.told} `))).toBe(true)
  last.leave()
}, 240_000)
