// The load generator: a process of its own, so that it takes no time from the programs that start it. Reads a LoadPlan
// as JSON from standard input, keeps its connections busy, and prints a LoadResult as JSON.
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { makeSeededRandom } from '../src/lib/seeded-random.ts'
import { type Answer, Connection } from './lib/connection.ts'
import { Histogram } from './lib/histogram.ts'
import type { LoadPlan, LoadResult } from './lib/load-plan.ts'
import { type Draft, drawRequest, isWrite } from './lib/requests.ts'
import { faceOf, headsOf, prime, requestText } from './lib/signed-requests.ts'
import { targetsOf } from './lib/targets-of.ts'

/** One answer of so many is read as JSON and checked; of the first ones, each. */
const CHECKED_EVERY = 64
const FAULTS_SHOWN_MAX = 5

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
  const face = faceOf(plan.kind)
  const heads = headsOf(plan, face)
  if (plan.kind !== 'directus-patch') await prime(plan, face, heads)
  const tally = new Tally()
  const startsAt = performance.now() + plan.warmUpSeconds * 1000
  const endsAt = startsAt + plan.seconds * 1000
  const run: Run = { plan, heads, tally, runId: randomUUID(), startsAt, endsAt }
  await Promise.all(Array.from({ length: plan.connections }, (_, number) => drive(run, number)))
  return {
    requestsPerSecond: tally.inTime / plan.seconds,
    p50: tally.times.quantile(0.5),
    p99: tally.times.quantile(0.99),
    max: tally.times.max(),
    statuses: Object.fromEntries(tally.statuses),
    faults: tally.faults,
  }
}

const result = await load(JSON.parse(await text(process.stdin)) as LoadPlan)
console.log(JSON.stringify(result))
