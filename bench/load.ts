// The load generator: a process of its own, so that it takes no time from the programs that start it. Reads a LoadPlan
// as JSON from standard input, keeps its connections busy, and prints a LoadResult as JSON.
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { makeSeededRandom, type SeededRandom } from '../src/lib/seeded-random.ts'
import { type Answer, Connection } from './lib/connection.ts'
import { Histogram } from './lib/histogram.ts'
import type { LoadPlan, LoadResult } from './lib/load-plan.ts'
import { type Credentials, type Draft, drawRequest, isWrite } from './lib/requests.ts'
import { drawOfFirstCompany, drawTarget, FIRST_WORKED_KIND, type LeadTarget, targetAt } from './lib/shape.ts'

const HOT_LEADS = 20
const HOT_SHARE = 0.8
/** One answer of so many is read as JSON and checked; of the first ones, each. */
const CHECKED_EVERY = 64
const FAULTS_SHOWN_MAX = 5
/** Verifying a password is slow on purpose; few at once is what the server lets through. */
const PRIMING_CONNECTIONS = 2

/** Everything that all connections share while they run. */
class Tally {
  readonly times = new Histogram()
  readonly statuses = new Map<number, number>()
  readonly faults: string[] = []
  inTime = 0

  note(text: string): void {
    if (this.faults.length < FAULTS_SHOWN_MAX) this.faults.push(text)
  }
}

/** Heads that sign requests, one a company; the request line goes before, Content-Length and body after. */
function headsOf({ host, port, kind, credentials }: LoadPlan): string[] {
  return credentials.map((company) => {
    const signature = kind.startsWith('renovationfind') ? bearer(company) : basic(company)
    return `host: ${host}:${port}\r\n${signature}content-type: application/json\r\n`
  })
}

function bearer({ token }: Credentials): string {
  return `authorization: Bearer ${token}\r\n`
}

function basic({ email, password, apiKey }: Credentials): string {
  const pair = Buffer.from(`${email}:${password}`).toString('base64')
  return `authorization: Basic ${pair}\r\napikey: ${apiKey}\r\n`
}

function requestText({ method, path, body }: Draft, leadId: number, head: string, key: string | null): string {
  const keyed = key === null ? '' : `idempotency-key: ${key}\r\n`
  const sized = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path(leadId)} HTTP/1.1\r\n${head}${keyed}${sized}\r\n${body}`
}

/** Has the server check each company's credentials once, so that the measured time holds none of those first checks. */
async function prime(plan: LoadPlan, heads: readonly string[]): Promise<void> {
  const { shape } = plan
  const kind = plan.kind.startsWith('renovationfind') ? 'renovationfind-get' : 'constructiononline-get'
  const draft = drawRequest(kind, makeSeededRandom(0))
  const waiting = [...heads.keys()]
  const work = async () => {
    const connection = await Connection.open(plan.host, plan.port)
    for (let company = waiting.pop(); company !== undefined; company = waiting.pop()) {
      const place = company === 0 ? 0 : company + shape.bigLeads - 1
      const { leadId } = targetAt(shape, 0, place, FIRST_WORKED_KIND)
      const answer = await connection.send(requestText(draft, leadId, heads[company] ?? '', null))
      if (answer.status !== 200) throw new Error(`Priming failed: ${answer.status} ${answer.body.toString()}`)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: PRIMING_CONNECTIONS }, work))
}

/** Gives the next lead: by chance, or mostly one of a few that all connections share. */
function targetsOf({ shape, spread, seed }: LoadPlan, random: SeededRandom): () => LeadTarget {
  if (spread === 'uniform') return () => drawTarget(shape, random.integer)
  if (spread === 'first-company') return () => drawOfFirstCompany(shape, random.integer)
  const same = makeSeededRandom(seed)
  const hot = Array.from({ length: HOT_LEADS }, () => drawTarget(shape, same.integer))
  return () => (random.chance(HOT_SHARE) ? random.pick(hot) : drawTarget(shape, random.integer))
}

interface Run {
  readonly plan: LoadPlan
  readonly heads: readonly string[]
  readonly tally: Tally
  /** Tells one run's Idempotency-Keys from another's. */
  readonly runId: string
  readonly startsAt: number
  readonly endsAt: number
}

async function drive(run: Run, number: number): Promise<void> {
  const { plan, heads, tally, runId, startsAt, endsAt } = run
  const random = makeSeededRandom(plan.seed * 1000 + number)
  const nextTarget = targetsOf(plan, random)
  const keyedShare = isWrite(plan.kind) ? plan.keyedShare : 0
  const connection = await Connection.open(plan.host, plan.port)
  for (let n = 0; performance.now() < endsAt; n += 1) {
    const { company, leadId } = nextTarget()
    const draft = drawRequest(plan.kind, random)
    const key = keyedShare > 0 && random.chance(keyedShare) ? `${runId}-${number}-${n}` : null
    const request = requestText(draft, leadId, heads[company] ?? '', key)
    const sentAt = performance.now()
    const answer = await connection.send(request)
    const doneAt = performance.now()
    tally.statuses.set(answer.status, (tally.statuses.get(answer.status) ?? 0) + 1)
    if (answer.status !== 200) tally.note(`${answer.status} ${answer.body.toString().slice(0, 300)}`)
    else if (n < 8 || n % CHECKED_EVERY === 0) check(tally, draft, leadId, answer)
    if (doneAt < startsAt) continue
    // A request that is still under way at the end counts with its time, so that no stall is hidden, but not as speed.
    tally.times.record(doneAt - sentAt)
    if (doneAt <= endsAt) tally.inTime += 1
  }
  connection.close()
}

function check(tally: Tally, draft: Draft, leadId: number, { body }: Answer): void {
  const answer = body.toString()
  if (!draft.holds(JSON.parse(answer), leadId)) {
    tally.note(`200, but not the answer to ${draft.path(leadId)} ${draft.body}: ${answer.slice(0, 300)}`)
    tally.statuses.set(0, (tally.statuses.get(0) ?? 0) + 1)
  }
}

async function load(plan: LoadPlan): Promise<LoadResult> {
  const heads = headsOf(plan)
  await prime(plan, heads)
  const tally = new Tally()
  const startsAt = performance.now() + plan.warmUpSeconds * 1000
  const endsAt = startsAt + plan.seconds * 1000
  const run: Run = { plan, heads, tally, runId: randomUUID(), startsAt, endsAt }
  const cpuBefore = process.cpuUsage()
  const from = performance.now()
  await Promise.all(Array.from({ length: plan.connections }, (_, number) => drive(run, number)))
  const cpu = process.cpuUsage(cpuBefore)
  return {
    requestsPerSecond: tally.inTime / plan.seconds,
    p50: tally.times.quantile(0.5),
    p99: tally.times.quantile(0.99),
    max: tally.times.max(),
    statuses: Object.fromEntries(tally.statuses),
    faults: tally.faults,
    generatorCpu: (cpu.user + cpu.system) / 1000 / (performance.now() - from),
  }
}

const result = await load(JSON.parse(await text(process.stdin)) as LoadPlan)
console.log(JSON.stringify(result))
