// Status updates through HTTP against bare PostgreSQL, against batches of one and against no database:
// `node bench/status-update.ts --help`.
import path from 'node:path'
import { type Cleanup, withCleanup } from './lib/cleanup.ts'
import { startCluster } from './lib/cluster.ts'
import { memoryOf, type ProcessMemory } from './lib/machine.ts'
import { integerOf, listOf, numberOf, readOptions } from './lib/options.ts'
import { findPgbench } from './lib/pgbench.ts'
import { perRound, type Results, resultTable, runRounds, type Slot } from './lib/rounds.ts'
import { type BenchServer, CEILING_PROGRAM, SERVER_PROGRAM, startServer } from './lib/servers.ts'
import { describeShape, shapeOf } from './lib/shape.ts'
import { bareSlot, type LoadSlot, loadSlot, type Setup } from './lib/slots.ts'
import { checkpoint, printConditions, seededStage } from './lib/stage.ts'
import { atLeast, atMost, forInformation, type Target, targetTable } from './lib/targets.ts'
import { hasWrk } from './lib/wrk.ts'

const options = readOptions('Measures status updates, with baselines interleaved.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  leads: { fallback: '100k', meaning: 'leads in all' },
  companies: { fallback: '20', meaning: 'companies' },
  rounds: { fallback: '5', meaning: 'rounds that count' },
  seconds: { fallback: '5', meaning: 'measured seconds of a slot' },
  'warm-up': { fallback: '1', meaning: 'seconds of load before them' },
  keyed: { fallback: '0.1', meaning: 'share of writes with an Idempotency-Key' },
  load: { fallback: '', meaning: 'wrk or own, the load generator; none: wrk where it is installed' },
  slots: { fallback: '', meaning: 'only these, such as A16,L64' },
  settings: { fallback: '', meaning: 'of the server, such as WRITER_LANES=2,WRITER_BATCH_MAX=512' },
  profile: { fallback: '', meaning: 'folder for a processor profile of each server; slows them down' },
  against: { fallback: '', meaning: 'another checkout with the same migrations, measured as O64' },
})

/** Slots by name; A, B and C are the baselines, L is Leadwright as it ships. */
const MAIN_CONNECTIONS = 64

/** The servers that slots are measured on; only those that a chosen slot needs are started. */
const SERVERS = {
  shipped: { name: 'L', program: SERVER_PROGRAM, settings: {} },
  single: { name: 'B', program: SERVER_PROGRAM, settings: { WRITER_BATCH_MAX: '1' } },
  /** Batches of one by many connections side by side: a stronger baseline than one after the other. */
  singleLanes: { name: 'W', program: SERVER_PROGRAM, settings: { WRITER_BATCH_MAX: '1', WRITER_LANES: '16' } },
  ceiling: { name: 'C', program: CEILING_PROGRAM, settings: {} },
  other: { name: 'O', program: path.resolve(options.against, 'src/main.ts'), settings: {} },
} as const
type ServerName = keyof typeof SERVERS

type LoadSpec = Omit<LoadSlot, 'server'> & { readonly server: ServerName }
interface BareSpec {
  readonly name: string
  readonly clients: number
}

function makeSpecs(): (LoadSpec | BareSpec)[] {
  const status = { kind: 'renovationfind-status', connections: MAIN_CONNECTIONS } as const
  const get = { kind: 'renovationfind-get', connections: MAIN_CONNECTIONS } as const
  const update = { kind: 'constructiononline-update', connections: MAIN_CONNECTIONS } as const
  const load = (
    name: string,
    meaning: string,
    server: ServerName,
    rest: Omit<LoadSpec, 'name' | 'meaning' | 'server'>,
  ) => ({ name, meaning: `${meaning}, connections: ${rest.connections}`, server, ...rest }) satisfies LoadSpec
  return [
    { name: 'A1', clients: 1 },
    { name: 'A16', clients: 16 },
    { name: 'A64', clients: 64 },
    load('B64', 'status update, batches of one', 'single', status),
    load('W64', 'status update, batches of one in 16 lanes', 'singleLanes', status),
    load('C64', 'status update, no database', 'ceiling', { ...status, inMemory: true }),
    load('L1', 'status update', 'shipped', { ...status, connections: 1 }),
    load('L16', 'status update', 'shipped', { ...status, connections: 16 }),
    load('L64', 'status update', 'shipped', status),
    load('L256', 'status update', 'shipped', { ...status, connections: 256 }),
    ...(options.against === '' ? [] : [load('O64', 'status update, other checkout', 'other', status)]),
    load('hot64', 'status update, 80 % on 20 leads', 'shipped', { ...status, spread: 'hot' }),
    load('co64', 'ConstructionOnline update', 'shipped', update),
    load('get64', 'lead by id', 'shipped', get),
    load('cget64', 'lead by id, no database', 'ceiling', get),
  ]
}

function startNeeded(cleanup: Cleanup, { address }: Setup): (name: ServerName) => Promise<BenchServer> {
  const settings = Object.fromEntries(listOf(options.settings).map((pair) => pair.split('=', 2)))
  const started = new Map<ServerName, Promise<BenchServer>>()
  return (serverName) => {
    const { name, program, settings: own } = SERVERS[serverName]
    const start = { name, program, address, settings: { ...settings, ...own }, profileFolder: options.profile }
    const server = started.get(serverName) ?? startServer(cleanup, start)
    started.set(serverName, server)
    return server
  }
}

function makeTargets(results: Results, memory: ProcessMemory | null): Target[] {
  const ratio = (top: string, bottom: string) => perRound(results, [top, bottom], (a, b) => a.perSecond / b.perSecond)
  const bare = ['A16', 'A64'].filter((name) => (results.get(name) ?? []).length > 0)
  const toBare =
    bare.length === 0
      ? []
      : perRound(
          results,
          ['L64', ...bare],
          (l, ...all) => (l?.perSecond ?? 0) / Math.max(...all.map((a) => a.perSecond)),
        )
  const longest = Math.max(0, ...(results.get('L64') ?? []).map(({ max }) => max ?? 0))
  return [
    atLeast('L64 / better of A16 and A64', 1, toBare),
    atLeast('L64 / B64', 3, ratio('L64', 'B64')),
    atMost(
      'L64: p99 / p50',
      4,
      perRound(results, ['L64'], ({ p99, p50 }) => (p99 ?? 0) / p50),
    ),
    atMost('L64: longest request, ms', 500, longest === 0 ? [] : [longest]),
    atMost(
      'L1: p50 / (2 x latency of A1 + 1 ms)',
      1,
      perRound(results, ['L1', 'A1'], (l, a) => l.p50 / (2 * a.p50 + 1)),
    ),
    atLeast('co64 / L64', 0.85, ratio('co64', 'L64')),
    atLeast('hot64 / L64', 0.8, ratio('hot64', 'L64')),
    atLeast('get64 / cget64', 0.5, ratio('get64', 'cget64')),
    atMost('peak memory of server L, MB', 250, memory === null ? [] : [memory.peakMb]),
    forInformation('memory of server L at the end, MB', memory === null ? [] : [memory.nowMb]),
    forInformation('L64 / W64, batches of one in 16 lanes', ratio('L64', 'W64')),
    forInformation('L64 / C64, how much of the HTTP ceiling', ratio('L64', 'C64')),
    forInformation('L64 / O64, the other checkout', ratio('L64', 'O64')),
  ]
}

function chosen<T extends { readonly name: string }>(slots: readonly T[]): T[] {
  const names = listOf(options.slots)
  const unknown = names.filter((name) => !slots.some((slot) => slot.name === name))
  if (unknown.length > 0) throw new Error(`There is no slot ${unknown.join(', ')}.`)
  return slots.filter(({ name }) => names.length === 0 || names.includes(name))
}

await withCleanup(async (cleanup) => {
  const shape = shapeOf(integerOf('leads', options.leads, 1), integerOf('companies', options.companies, 1), 0)
  const rounds = integerOf('rounds', options.rounds, 1)
  const seconds = numberOf('seconds', options.seconds, 0.1)
  const warmUpSeconds = numberOf('warm-up', options['warm-up'])
  const cluster = await startCluster(cleanup, options['data-dir'])
  const stage = await seededStage(cluster, 'bench', shape)
  const byWrk = options.load === 'wrk' || (options.load === '' && (await hasWrk()))
  const setup: Setup = { ...stage, warmUpSeconds, keyedShare: numberOf('keyed', options.keyed), byWrk }
  const pgbench = await findPgbench()
  await printConditions(cluster, stage.address, [
    `baseline A: ${pgbench === null ? 'no pgbench here: the statement by the npm package pg' : `${pgbench.version}, -M prepared; its times are averages`}`,
    `load: ${byWrk ? 'wrk, warmed up by our own generator, which looks at answers' : 'our own generator in Node'}`,
    `data: ${describeShape(shape)}; Idempotency-Key on ${options.keyed} of the writes; rate windows counted, never full`,
    `rounds: ${rounds} of ${seconds} s a slot after ${warmUpSeconds} s of warm-up; server settings: ${options.settings || 'as shipped'}`,
  ])
  const serverOf = startNeeded(cleanup, setup)
  const slots: Slot[] = []
  for (const spec of chosen(makeSpecs())) {
    slots.push(
      'clients' in spec
        ? bareSlot(setup, { ...spec, program: pgbench?.program ?? null })
        : loadSlot(setup, { ...spec, server: await serverOf(spec.server) }),
    )
  }
  const shipped = slots.some(({ name }) => name.startsWith('L')) ? await serverOf('shipped') : null
  await checkpoint(stage.address)
  const results = await runRounds(slots, { rounds, seconds })
  console.log(`\nMedian (least to most) of ${rounds} rounds:\n\n${resultTable(slots, results)}`)
  console.log(`\n${targetTable(makeTargets(results, shipped === null ? null : memoryOf(shipped.pid)))}`)
})
