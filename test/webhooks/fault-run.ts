import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../../src/app/app.ts'
import { addCompany } from '../../src/app/credentials/add-company.ts'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import type { ChildServer } from '../support/child-server.ts'
import { addEndpoint } from './endpoints.ts'
import { FaultReceiver, type Tally, type Verifier } from './fault-receiver.ts'

export interface FaultRunOptions {
  readonly app: App
  /** Starts one more server process on the store. */
  readonly serve: () => Promise<ChildServer>
  readonly changes: number
  /** How long the queue may take to empty after the last change. */
  readonly drainMs: number
  readonly log: (line: string) => void
  /** Tells whether a call is signed; without one the receiver works it out itself. */
  readonly isSigned?: Verifier
}

export interface FaultRun {
  readonly changes: number
  readonly leads: number
  readonly tally: Tally
  /** Revisions of the timeline that the receiver never accepted. */
  readonly missing: readonly string[]
  /** Rows of the queue or the outbox at the end. */
  readonly left: number
  /** Processes that sent, one after the other. */
  readonly owners: number
  readonly seconds: number
}

const LEADS = 200
const WRITERS = 32
const SERVERS = 3
const RESTART_EVERY = 0.15
/** Nothing is to be given up within the run. */
export const FAULT_SETTINGS = {
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
  WEBHOOK_RETRY_SCHEDULE: ['0', '0.2', '0.5', ...Array.from({ length: 60 }, () => '1')].join(','),
}

/**
 * So many changes under load through three server processes, two of which are killed on the way, the first of them the one
 * that sends; the receiver fails as `FaultReceiver` does, and half-way the secret is changed. Counts what arrived.
 */
export async function runFaults(options: FaultRunOptions): Promise<FaultRun> {
  const { app, serve, changes, drainMs, log } = options
  const since = performance.now()
  const unique = randomUUID()
  const made = await addCompany(app, {
    name: 'Faults',
    email: `${unique}@example.com`,
    password: `long enough ${unique}`,
    tokenDays: 1,
  })
  const receiver = new FaultReceiver(makeSeededRandom(7), options.isSigned)
  await receiver.open()
  const endpoint = await addEndpoint(app.db, made.company.id, receiver.url, { events: EVENTS })
  receiver.secret = endpoint.secret
  const stage: Stage = { app, receiver, servers: [await serve()], token: made.token, owners: new Set(), done: 0 }
  const leadIds = await Promise.all(Array.from({ length: LEADS }, () => makeLead(stage)))
  await watchOwner(stage, endpoint.endpointId)
  while (stage.servers.length < SERVERS) stage.servers.push(await serve())
  const watching = watch(stage, endpoint.endpointId, { changes, log })
  await Promise.all(Array.from({ length: WRITERS }, (_, n) => write(stage, leadIds, { n, changes })))
  log(`${changes} changes are written after ${seconds(since)} s; ${receiver.tally.accepted} accepted`)
  await watching
  const left = await drain(stage, endpoint.endpointId, drainMs)
  await receiver.close()
  const missing = await findMissing(app, made.company.id, receiver)
  const { tally } = receiver
  return { changes, leads: LEADS, tally, missing, left, owners: stage.owners.size, seconds: Number(seconds(since)) }
}

/** Those that come of a change, one a revision. */
const EVENTS = ['lead.created', 'lead.updated'] as const

interface Stage {
  readonly app: App
  readonly receiver: FaultReceiver
  /** Those that run. */
  readonly servers: ChildServer[]
  readonly token: string
  readonly owners: Set<string>
  done: number
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1)
}

/** Sends a keyed write until it is acknowledged, to any server that runs: it is carried out once. */
async function send<T = { id: number }>(stage: Stage, method: string, path: string, body: object): Promise<T> {
  const key = randomUUID()
  for (;;) {
    const server = stage.servers[Math.floor(Math.random() * stage.servers.length)]
    const answer = await fetch(`${server?.baseUrl}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${stage.token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    }).catch(() => null)
    const text = await answer?.text().catch(() => null)
    if (answer?.ok === true && typeof text === 'string') return JSON.parse(text) as T
    if (answer !== null && answer.status !== 503 && !answer.ok) throw new Error(`${answer.status} ${text}`)
    await sleep(50)
  }
}

async function makeLead(stage: Stage): Promise<number> {
  return (await send(stage, 'POST', '/leads', { firstName: 'Ada', phone: '4035550100' })).id
}

async function write(stage: Stage, leadIds: readonly number[], { n, changes }: { n: number; changes: number }) {
  for (let i = n; i < changes; i += WRITERS) {
    await send(stage, 'PATCH', `/leads/${leadIds[(i * 31) % leadIds.length]}`, { notes: `note ${i}` })
    stage.done += 1
  }
}

/** Until somebody sends. */
async function watchOwner(stage: Stage, endpointId: number): Promise<void> {
  while (stage.owners.size === 0) {
    await noteOwner(stage, endpointId)
    await sleep(50)
  }
}

async function noteOwner({ app, owners }: Stage, endpointId: number): Promise<void> {
  const [row] = await app.db.query<{ owner: string | null }>({
    text: 'SELECT owner FROM webhook_endpoint WHERE id = $1',
    values: [endpointId],
  })
  if (typeof row?.owner === 'string') owners.add(row.owner)
}

/** Kills two servers, at a third and at two thirds of the way, changes the secret between them, and has the receiver restart now and then. */
async function watch(
  stage: Stage,
  endpointId: number,
  { changes, log }: { changes: number; log: (line: string) => void },
): Promise<void> {
  const kills = [1 / 3, 2 / 3]
  let restartAt = RESTART_EVERY
  while (stage.done < changes) {
    const share = stage.done / changes
    if (kills[0] !== undefined && share >= kills[0]) {
      kills.shift()
      const [victim] = stage.servers.splice(0, 1)
      await victim?.end('SIGKILL')
      log(`a server was killed after ${stage.done} changes`)
    }
    if (share >= 0.5 && stage.receiver.newSecret === null) {
      const rotate = `/webhook-endpoints/${endpointId}/rotate-secret`
      stage.receiver.newSecret = (await send<{ secret: string }>(stage, 'POST', rotate, {})).secret
      log('the secret was changed')
    }
    if (share >= restartAt) {
      restartAt += RESTART_EVERY
      await stage.receiver.restart()
    }
    await noteOwner(stage, endpointId)
    await sleep(50)
  }
}

/** Waits until nothing is to be told any more; gives what is left after so long. */
async function drain(stage: Stage, endpointId: number, drainMs: number): Promise<number> {
  const deadline = performance.now() + drainMs
  for (;;) {
    await noteOwner(stage, endpointId)
    const [row] = await stage.app.db.query<{ n: number }>({
      text: 'SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM webhook_delivery) AS n',
    })
    const left = row?.n ?? -1
    if (left === 0 || performance.now() > deadline) return left
    await sleep(200)
  }
}

async function findMissing(app: App, companyId: number, receiver: FaultReceiver): Promise<string[]> {
  const leads = await app.db.query<{ id: number; revision: number }>({
    text: 'SELECT id, revision FROM lead WHERE company_id = $1',
    values: [companyId],
  })
  return leads.flatMap(({ id, revision }) => {
    const accepted = receiver.acceptedOf(id)
    const all = Array.from({ length: revision }, (_, i) => i + 1)
    return all.filter((one) => !accepted.has(one)).map((one) => `${id} at ${one}`)
  })
}
