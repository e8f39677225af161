import { makeSeededRandom, type SeededRandom } from '../../../src/lib/seeded-random.ts'
import type { TestCompany, TestServer } from '../../support/server.ts'
import { type Client, clientOf } from '../client.ts'

/** A lead as `GET /v1/leads/{id}` answers it. */
export interface WholeLead {
  readonly [field: string]: unknown
  readonly id: number
  readonly name: string
  readonly action: string
  readonly boardStage: string
  readonly status: string
  readonly source: string
  readonly sourceLabel: string | null
  readonly category: string | null
  readonly requiresAction: boolean
  readonly actionDueAt: string | null
  readonly jobAmount: string | null
  readonly value: string | null
  readonly lostReason: string | null
  readonly nextActionDate: string | null
  readonly assignee: { readonly id: number; readonly name: string } | null
  readonly createdAt: string
  readonly modifiedAt: string
  readonly deletedAt: string | null
}

const FIRST = ['Anna', 'Bo', 'Carmen', 'Dieter', 'Élodie', 'Farid', 'Gwen']
const LAST = ['Okafor', 'Smith', 'Lindqvist', "O'Neill", 'Zhang', 'Tremblay']
const SOURCE_LABELS = ['Google', 'Home show', "Neighbour's word"]
const CATEGORIES = ['Kitchen, large', 'Roof', 'Bathroom', null]
const REPORTS = [
  { status: 'HOMEOWNER_CONTACTED' },
  { status: 'REACHED_OUT_TO_HOMEOWNER', contactMethod: 'TEXT' },
  { status: 'MEETUP_SCHEDULED', meetingDate: '2026-12-01' },
  { status: 'CONTACT_MADE' },
  { status: 'QUOTE_SENT' },
  { status: 'ESTIMATE_PROVIDED' },
  { status: 'JOB_POSTPONED_OR_CANCELLED', reason: 'Next year' },
  { status: 'JOB_LOST', reason: 'Went elsewhere' },
  { status: 'LEAD_LOST', lostReason: 'PRICE' },
  { status: 'LEAD_LOST', lostReason: 'TIMING' },
] as const

export interface MadeLeads {
  readonly company: TestCompany
  readonly call: Client
  /** Every lead of the company, deleted ones included, by id. */
  readonly leads: readonly WholeLead[]
  /** Two users of the company. */
  readonly users: readonly number[]
}

/** A company with random leads: offered or made, answered, reported on, edited, assigned, some deleted. */
export async function makeLeads(server: TestServer, count: number, seed: number): Promise<MadeLeads> {
  const company = await server.company()
  const call = clientOf(server, company)
  const users = await twoUsers(server, company)
  const random = makeSeededRandom(seed)
  const ids: number[] = []
  for (let n = 0; n < count; n += 1) ids.push(await makeLead({ server, company, call, random, users, n }))
  // A list waits for what was written, so that nobody else writes the cards below.
  await ask(call, 'GET', '/leads?limit=1')
  await spreadCreation(server, company)
  const leads: WholeLead[] = []
  for (const id of ids) leads.push((await ask(call, 'GET', `/leads/${id}`)) as WholeLead)
  return { company, call, leads, users }
}

interface Making {
  readonly server: TestServer
  readonly company: TestCompany
  readonly call: Client
  readonly random: SeededRandom
  readonly users: readonly number[]
  readonly n: number
}

async function makeLead(making: Making): Promise<number> {
  const { server, company, call, random, users, n } = making
  const customer = customerOf(random, n)
  const isOffer = random.chance(0.6)
  const id = isOffer
    ? await server.offer(company.companyId, customer)
    : ((await ask(call, 'POST', '/leads', customer))['id'] as number)
  if (random.chance(0.3)) await ask(call, 'PATCH', `/leads/${id}`, { assigneeId: random.pick(users) })
  if (isOffer && random.chance(0.3)) return id
  if (isOffer && random.chance(0.2)) {
    await ask(call, 'POST', `/leads/${id}/decline`, { reason: 'Too far' })
    return id
  }
  if (isOffer) await ask(call, 'POST', `/leads/${id}/accept`)
  if (random.chance(0.3)) await ask(call, 'PATCH', `/leads/${id}`, { value: `${random.integer(1, 5) * 1000}.50` })
  if (random.chance(0.3)) await ask(call, 'PATCH', `/leads/${id}`, { nextActionDate: dayOf(random) })
  if (random.chance(0.3)) await ask(call, 'PATCH', `/leads/${id}`, { sourceLabel: random.pick(SOURCE_LABELS) })
  for (let reports = random.integer(0, 3); reports > 0; reports -= 1) {
    await ask(call, 'POST', `/leads/${id}/status`, random.pick(REPORTS))
  }
  if (random.chance(0.2)) {
    const jobAmount = `${random.integer(1, 5) * 1000}.50`
    await ask(call, 'POST', `/leads/${id}/status`, { status: 'JOB_WON', jobAmount })
  }
  if (random.chance(0.1)) await ask(call, 'DELETE', `/leads/${id}`)
  return id
}

function customerOf(random: SeededRandom, n: number): Record<string, unknown> {
  const phone = `416-555-${String(1000 + n).slice(-4)}`
  return {
    firstName: random.pick(FIRST),
    lastName: random.pick(LAST),
    email: `customer-${n}@Example.com`,
    phone: random.chance(0.5) ? phone : `+1 (416) 555.${String(1000 + n).slice(-4)}`,
    category: random.pick(CATEGORIES),
    city: random.pick(['Calgary', 'Halifax']),
  }
}

function dayOf(random: SeededRandom): string {
  return `202${random.integer(5, 8)}-0${random.integer(1, 9)}-1${random.integer(0, 9)}`
}

/** Leads of one test are made within seconds; their creation is moved to different days, as the lists know it. */
async function spreadCreation(server: TestServer, { companyId }: TestCompany): Promise<void> {
  for (const [table, id] of [
    ['lead', 'id'],
    ['lead_card', 'lead_id'],
  ]) {
    await server.db.query({
      text: `UPDATE ${table} SET created_at = created_at - (${id} % 40) * interval '1 day' WHERE company_id = $1`,
      values: [companyId],
    })
  }
}

async function twoUsers(server: TestServer, { companyId }: TestCompany): Promise<number[]> {
  const rows = await server.db.query<{ id: number }>({
    text: `WITH added AS (
        INSERT INTO app_user (company_id, email, email_key, name, role, password_hash)
        VALUES ($1, $2, $2, 'Second User', 'member', 'none') RETURNING id)
      SELECT id FROM app_user WHERE company_id = $1 UNION SELECT id FROM added ORDER BY id`,
    values: [companyId, `second-${companyId}@example.com`],
  })
  return rows.map(({ id }) => id)
}

/** The body of a success. */
export async function ask(
  call: Client,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await call(method, path, body === undefined ? {} : { body })
  // A final status takes no other report; the maker goes on with the next step.
  if (answer.status >= 300 && answer.body['code'] !== 'lead.status-final') {
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  }
  return answer.body
}
