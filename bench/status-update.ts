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
import { bareSlot, loadSlot, type Setup } from './lib/slots.ts'
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

interface Servers {
  readonly shipped: BenchServer
  readonly single: BenchServer
  /** Batches of one by many connections side by side: a stronger baseline than one after the other. */
  readonly singleLanes: BenchServer
  readonly ceiling: BenchServer
  readonly other: BenchServer | null
}

async function startServers(cleanup: Cleanup, { address }: Setup): Promise<Servers> {
  const settings = Object.fromEntries(listOf(options.settings).map((pair) => pair.split('=', 2)))
  const start = (name: string, program: string, own: Record<string, string> = {}) =>
    startServer(cleanup, {
      name,
      program,
      address,
      settings: { ...settings, ...own },
      profileFolder: options.profile,
    })
  return {
    shipped: await start('L', SERVER_PROGRAM),
    single: await start('B', SERVER_PROGRAM, { WRITER_BATCH_MAX: '1' }),
    singleLanes: await start('W', SERVER_PROGRAM, { WRITER_BATCH_MAX: '1', WRITER_LANES: '16' }),
    ceiling: await start('C', CEILING_PROGRAM),
    other: options.against === '' ? null : await start('O', path.resolve(options.against, 'src/main.ts')),
  }
}

function makeSlots(setup: Setup, servers: Servers, pgbench: string | null): Slot[] {
  const { shipped, single, singleLanes, ceiling, other } = servers
  const status = { kind: 'renovationfind-status', connections: MAIN_CONNECTIONS } as const
  const get = { kind: 'renovationfind-get', connections: MAIN_CONNECTIONS } as const
  const update = { kind: 'constructiononline-update', connections: MAIN_CONNECTIONS } as const
  const load = (name: string, meaning: string, rest: Omit<Parameters<typeof loadSlot>[1], 'name' | 'meaning'>) =>
    loadSlot(setup, { name, meaning: `${meaning}, connections: ${rest.connections}`, ...rest })
  return [
    bareSlot(setup, 'A1', 1, pgbench),
    bareSlot(setup, 'A16', 16, pgbench),
    bareSlot(setup, 'A64', 64, pgbench),
    load('B64', 'status update, batches of one', { ...status, server: single }),
    load('W64', 'status update, batches of one in 16 lanes', { ...status, server: singleLanes }),
    load('C64', 'status update, no database', { ...status, server: ceiling, inMemory: true }),
    load('L1', 'status update', { ...status, connections: 1, server: shipped }),
    load('L16', 'status update', { ...status, connections: 16, server: shipped }),
    load('L64', 'status update', { ...status, server: shipped }),
    load('L256', 'status update', { ...status, connections: 256, server: shipped }),
    ...(other === null ? [] : [load('O64', 'status update, other checkout', { ...status, server: other })]),
    load('hot64', 'status update, 80 % on 20 leads', { ...status, server: shipped, spread: 'hot' }),
    load('co64', 'ConstructionOnline update', { ...update, server: shipped }),
    load('get64', 'lead by id', { ...get, server: shipped }),
    load('cget64', 'lead by id, no database', { ...get, server: ceiling }),
  ]
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

function chosen(slots: readonly Slot[]): Slot[] {
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
  const servers = await startServers(cleanup, setup)
  const slots = chosen(makeSlots(setup, servers, pgbench?.program ?? null))
  await checkpoint(stage.address)
  const results = await runRounds(slots, { rounds, seconds })
  console.log(`\nMedian (least to most) of ${rounds} rounds:\n\n${resultTable(slots, results)}`)
  console.log(`\n${targetTable(makeTargets(results, memoryOf(servers.shipped.pid)))}`)
})
