// Two installations in step while both are edited, cut apart and killed: `node bench/sync.ts --help`.
import { setTimeout as sleep } from 'node:timers/promises'
import { addCompany } from '../src/app/credentials/add-company.ts'
import { offerLead } from '../src/app/leads/offer-lead.ts'
import { readConfig } from '../src/config.ts'
import { makeSeededRandom, type SeededRandom } from '../src/lib/seeded-random.ts'
import { openApp } from '../src/open-app.ts'
import { type ChildServer, freePort, spawnServer, untilReady } from '../test/support/child-server.ts'
import { ask, type Desk, type Desks, type Judgement, judgeQuarrel, type Pair, Quarrel } from '../test/sync/quarrel.ts'
import { judgeReports, ReportQuarrel } from '../test/sync/report-quarrel.ts'
import { startProxy, type TcpProxy } from '../test/sync/tcp-proxy.ts'
import { type Cleanup, withCleanup } from './lib/cleanup.ts'
import { type DatabaseAddress, startCluster, urlOf } from './lib/cluster.ts'
import { integerOf, numberOf, readOptions } from './lib/options.ts'

const options = readOptions('Edits two installations at random while one keeps in step with the other.', {
  kind: { fallback: 'constructiononline', meaning: 'what A takes B for: constructiononline or renovationfind' },
  minutes: { fallback: '3', meaning: 'how long they are edited' },
  leads: { fallback: '10', meaning: 'leads on both sides' },
  'edits-per-second': { fallback: '4', meaning: 'of both offices together' },
  limits: { fallback: '1m:60,hour:2000', meaning: 'rate windows of B, and what A knows of them' },
  seed: { fallback: '1', meaning: 'of the edits and of the trouble' },
  trouble: { fallback: 'true', meaning: 'whether the line is cut and servers are killed' },
})

/** What differs between the services that B may play. */
interface Kind {
  readonly limitSetting: string
  readonly credentialsOf: (company: Company) => Readonly<Record<string, string>>
  readonly begin: (stage: Stage, count: number) => Promise<void>
  readonly quarrel: (random: SeededRandom, desks: Desks) => Quarrel | ReportQuarrel
  readonly judge: (desks: Desks, pairs: readonly Pair[]) => Promise<Judgement>
}

const KINDS: Readonly<Record<string, Kind>> = {
  constructiononline: {
    limitSetting: 'CONSTRUCTIONONLINE_LIMITS',
    credentialsOf: ({ email, password, apiKey }) => ({ email, password, apiKey }),
    begin: makeOnBothSides,
    quarrel: (random, desks) => new Quarrel(random, desks),
    judge: judgeQuarrel,
  },
  renovationfind: {
    limitSetting: 'RENOVATIONFIND_LIMITS',
    credentialsOf: ({ token }) => ({ token }),
    begin: offerAndLink,
    quarrel: (random, desks) => new ReportQuarrel(random, desks),
    judge: judgeReports,
  },
}
const kind = kindOf(options.kind)

function kindOf(name: string): Kind {
  const known = KINDS[name]
  if (known === undefined) throw new Error(`--kind must be one of ${Object.keys(KINDS).join(', ')}.`)
  return known
}

const SECRET_KEY = 'a key of 32 characters, for measuring'

interface Company {
  readonly companyId: number
  readonly email: string
  readonly password: string
  readonly token: string
  readonly apiKey: string
}

/** An installation in a process of its own that can be killed and started again. */
class Side {
  readonly address: DatabaseAddress
  readonly settings: Readonly<Record<string, string>>
  readonly port: number
  company: Company | null = null
  server: ChildServer | null = null

  constructor(address: DatabaseAddress, port: number, settings: Readonly<Record<string, string>>) {
    this.address = address
    this.port = port
    this.settings = settings
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get desk(): Desk {
    return { baseUrl: this.baseUrl, token: this.login.token }
  }

  get login(): Company {
    if (this.company === null) throw new Error('The company is made first.')
    return this.company
  }

  async prepare(name: string): Promise<void> {
    const opened = openApp(readConfig({ SECRET_KEY }, '/'), this.address, (_level, message) => console.error(message))
    const login = { email: `${name}@example.com`, password: 'a password for measuring only' }
    const { company, token, apiKey } = await addCompany(opened.app, { name, ...login, tokenDays: 30 })
    this.company = { ...login, companyId: company.id, token, apiKey }
    await opened.close()
  }

  async start(): Promise<void> {
    this.server = spawnServer({
      PORT: String(this.port),
      DATABASE_URL: urlOf(this.address),
      DEMO: 'false',
      SECRET_KEY,
      SYNC_ALLOW_PRIVATE_ADDRESSES: 'true',
      RENOVATIONFIND_LIMITS: 'off',
      CONSTRUCTIONONLINE_LIMITS: 'off',
      ...this.settings,
    })
    await untilReady(this.server)
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.server?.end(signal)
  }
}

interface Stage {
  readonly a: Side
  readonly b: Side
  readonly line: TcpProxy
  readonly connectionId: number
}

async function setUp(cleanup: Cleanup): Promise<Stage> {
  const cluster = await startCluster(cleanup, '')
  const a = new Side(await cluster.database('sync_a'), await freePort(), {})
  const b = new Side(await cluster.database('sync_b'), await freePort(), { [kind.limitSetting]: options.limits })
  for (const [name, side] of [['a', a] as const, ['b', b] as const]) {
    await side.prepare(name)
    await side.start()
    cleanup.defer(() => side.kill('SIGTERM'))
  }
  const line = await startProxy()
  cleanup.defer(() => line.close())
  line.target(b.baseUrl)
  const { status, body } = await ask(a.desk, 'POST', '/connections', {
    kind: options.kind,
    baseUrl: line.baseUrl,
    credentials: kind.credentialsOf(b.login),
    intervalSeconds: 5,
    limits: options.limits,
    pushNew: true,
  })
  if (status !== 201) throw new Error(`The connection was refused: ${JSON.stringify(body)}`)
  return { a, b, line, connectionId: (body as { id: number }).id }
}

async function makeOnBothSides(stage: Stage, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) {
    const side = n % 2 === 0 ? stage.a : stage.b
    const lead = { firstName: 'Lead', lastName: String(n), displayName: `Lead ${n}`, email: `lead${n}@example.com` }
    await ask(side.desk, 'POST', '/leads', lead)
  }
}

/** Offers leads at B and links them at A, half of them accepting. */
async function offerAndLink({ a, b, connectionId }: Stage, count: number): Promise<void> {
  const opened = openApp(readConfig({ SECRET_KEY }, '/'), b.address, (_level, message) => console.error(message))
  for (let n = 1; n <= count; n += 1) {
    const fields = { firstName: 'Lead', lastName: String(n), email: `lead${n}@example.com`, category: 'Kitchen' }
    const { id } = await offerLead(opened.app, { companyId: b.login.companyId, fields })
    const wish = { upstreamId: String(id), accept: n % 2 === 0 }
    const { status, body } = await ask(a.desk, 'POST', `/connections/${connectionId}/leads`, wish)
    if (status !== 201) throw new Error(`A lead was not linked: ${JSON.stringify(body)}`)
  }
  await opened.close()
}

async function makePairs(stage: Stage): Promise<Pair[]> {
  const count = integerOf('leads', options.leads, 1)
  await kind.begin(stage, count)
  for (;;) {
    const pairs = await linkedPairs(stage)
    if (pairs.length === count) return pairs
    await ask(stage.a.desk, 'POST', `/connections/${stage.connectionId}/run`)
    await sleep(1000)
  }
}

async function linkedPairs({ a }: Stage): Promise<Pair[]> {
  const { body } = await ask(a.desk, 'GET', '/leads?limit=100')
  const pairs: Pair[] = []
  for (const { id } of (body as { leads: { id: number }[] }).leads) {
    const links = (await ask(a.desk, 'GET', `/leads/${id}/links`)).body as { links: { upstreamId: string | null }[] }
    const upstreamId = links.links[0]?.upstreamId ?? null
    if (upstreamId !== null) pairs.push({ a: id, b: Number(upstreamId) })
  }
  return pairs
}

/** One trouble after another until the time is over. */
async function trouble(stage: Stage, random: SeededRandom, untilMs: number): Promise<void> {
  const { a, b, line } = stage
  const troubles: Readonly<Record<string, () => Promise<void>>> = {
    'the line is cut': async () => {
      line.mode('cut')
      await sleep(random.integer(500, 5000))
      line.mode('open')
    },
    'answers to writes are lost': async () => {
      line.mode('mute-writes')
      await sleep(random.integer(2000, 6000))
      line.mode('open')
    },
    'A is killed': async () => {
      await a.kill('SIGKILL')
      await a.start()
    },
    'B is killed': async () => {
      await b.kill('SIGKILL')
      await b.start()
    },
    'A is restarted': async () => {
      await a.kill('SIGTERM')
      await a.start()
    },
  }
  for (;;) {
    await sleep(random.integer(2000, 10_000))
    if (Date.now() > untilMs - 5000) return
    const name = random.pick(Object.keys(troubles))
    console.log(`${new Date().toISOString()} ${name}`)
    await troubles[name]?.()
  }
}

interface Run {
  readonly id: number
  readonly endedAt: string | null
  readonly pulled: number
  readonly pushed: number
  readonly createdHere: number
  readonly createdThere: number
  readonly calls: number
  readonly error: { readonly code: string; readonly text: string } | null
}

async function runsOf({ a, connectionId }: Stage): Promise<readonly Run[]> {
  const runs: Run[] = []
  for (let query = '?limit=100'; ; ) {
    const { body } = await ask(a.desk, 'GET', `/connections/${connectionId}/runs${query}`)
    const page = body as { runs: Run[]; nextCursor: string | null }
    runs.push(...page.runs)
    if (page.nextCursor === null) return runs
    query = `?limit=100&cursor=${encodeURIComponent(page.nextCursor)}`
  }
}

/** Waits until three runs in a row moved nothing. */
async function untilQuiet(stage: Stage): Promise<void> {
  const since = (await runsOf(stage))[0]?.id ?? 0
  for (const giveUpMs = Date.now() + 300_000; Date.now() < giveUpMs; await sleep(1000)) {
    const ended = (await runsOf(stage)).filter((run) => run.id > since && run.endedAt !== null).slice(0, 3)
    const isQuiet = (run: Run) =>
      run.error === null && run.pulled + run.pushed + run.createdHere + run.createdThere === 0
    if (ended.length === 3 && ended.every(isQuiet)) return
    await ask(stage.a.desk, 'POST', `/connections/${stage.connectionId}/run`)
  }
  throw new Error('It does not come to rest.')
}

function sum(runs: readonly Run[], count: (run: Run) => number): number {
  return runs.reduce((total, run) => total + count(run), 0)
}

await withCleanup(async (cleanup) => {
  const stage = await setUp(cleanup)
  const pairs = await makePairs(stage)
  const seed = integerOf('seed', options.seed, 0)
  const minutes = numberOf('minutes', options.minutes, 0.1)
  const everyMs = 1000 / numberOf('edits-per-second', options['edits-per-second'], 0.1)
  const untilMs = Date.now() + minutes * 60_000
  const desks = { a: stage.a.desk, b: stage.b.desk }
  const quarrel = kind.quarrel(makeSeededRandom(seed), desks)
  console.log(`${pairs.length} leads on both sides, ${minutes} minutes of edits, seed ${seed}.`)
  const troubled = options.trouble === 'true' ? trouble(stage, makeSeededRandom(seed + 1), untilMs) : Promise.resolve()
  while (Date.now() < untilMs) {
    await quarrel.step(pairs)
    await sleep(everyMs)
  }
  await troubled
  await untilQuiet(stage)
  const runs = await runsOf(stage)
  const judgement = await kind.judge(desks, pairs)
  const overrun = runs.filter(({ error }) => error?.text.startsWith('It takes no more calls') === true).length
  const errors = new Map<string, number>()
  for (const { error } of runs) if (error !== null) errors.set(error.code, (errors.get(error.code) ?? 0) + 1)
  console.log(`${quarrel.edits} edits, ${runs.length} runs, ${sum(runs, (run) => run.calls)} calls`)
  console.log(`${sum(runs, (run) => run.pulled)} leads changed here, ${sum(runs, (run) => run.pushed)} pushes there`)
  console.log(`runs that failed, by cause: ${JSON.stringify(Object.fromEntries(errors))}`)
  console.log(`${judgement.agreed} fields agree, ${judgement.conflicts} conflicts; ${overrun} calls too many for B`)
  for (const fault of judgement.faults) console.log(`FAULT ${fault}`)
  if (judgement.faults.length > 0 || overrun > 0) process.exitCode = 1
})
