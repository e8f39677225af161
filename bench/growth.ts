// The same requests on a small and on a large store, side by side in one cluster: `node bench/growth.ts --help`.
import { withCleanup } from './lib/cleanup.ts'
import { startCluster } from './lib/cluster.ts'
import type { LoadPlan } from './lib/load-plan.ts'
import { flagOf, integerOf, listOf, numberOf, readOptions } from './lib/options.ts'
import { findPgbench } from './lib/pgbench.ts'
import { readIn } from './lib/read-in.ts'
import type { RequestKind } from './lib/requests.ts'
import { perRound, type Results, resultTable, runRounds, type Slot } from './lib/rounds.ts'
import { type BenchServer, SERVER_PROGRAM, startServer } from './lib/servers.ts'
import { describeShape, type Shape, shapeOf } from './lib/shape.ts'
import { bareSlot, loadSlot, type Setup } from './lib/slots.ts'
import { checkpoint, printConditions, seededStage } from './lib/stage.ts'
import { atLeast, atMost, forInformation, type Target, targetTable } from './lib/targets.ts'

const options = readOptions('Measures how requests slow down as the store grows.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  small: { fallback: '100k', meaning: 'leads of the small store' },
  large: { fallback: '10m', meaning: 'leads of the large store; 10m need about 30 GB of disk' },
  companies: { fallback: '1000', meaning: 'companies of each store' },
  'big-share': { fallback: '0.1', meaning: 'share of the leads that the first company has' },
  only: { fallback: '', meaning: 'only these, such as update,list-board; each list also for the largest company' },
  rounds: { fallback: '5', meaning: 'rounds that count' },
  seconds: { fallback: '5', meaning: 'measured seconds of a slot' },
  'warm-up': { fallback: '1', meaning: 'seconds of load before them' },
  'read-in': { fallback: 'no', meaning: 'yes: first reads the large store once, so that memory holds what it can' },
})

interface Measure {
  readonly name: string
  readonly meaning: string
  readonly kind: RequestKind
  readonly connections: number
  readonly spread: LoadPlan['spread']
}

function measure(name: string, meaning: string, kind: RequestKind, spread: LoadPlan['spread'] = 'uniform'): Measure {
  return { name, meaning, kind, spread, connections: name.startsWith('list') ? 4 : 64 }
}

/** Throughput is compared for those on single leads; for lists, the 99th percentile. */
const SINGLE: readonly Measure[] = [
  measure('update', 'status update', 'renovationfind-status'),
  measure('co-update', 'ConstructionOnline update', 'constructiononline-update'),
  measure('get', 'lead by id', 'renovationfind-get'),
]
const LISTS: readonly Measure[] = (
  [
    ['list-new', 'newest leads', 'renovationfind-newest'],
    ['list-stat', 'leads of one status', 'renovationfind-by-status'],
    ['list-rare', 'leads of a status that hardly any has', 'renovationfind-by-rare-status'],
    ['list-chg', 'leads changed since a day', 'renovationfind-changes'],
    ['list-co', 'page of ConstructionOnline', 'constructiononline-page'],
    ['list-desk', 'portal: newest', 'native-newest'],
    ['list-desk-chg', 'portal: changed last', 'native-changed'],
    ['list-name', 'portal: by name', 'native-by-name'],
    ['list-amount', 'portal: by amount', 'native-by-amount'],
    ['list-filter', 'portal: by status and source', 'native-filtered'],
    ['list-q-many', 'search: a common name', 'native-search-common'],
    ['list-q-few', 'search: a rare address', 'native-search-rare'],
    ['list-q-phone', 'search: a phone number', 'native-search-phone'],
    ['list-board', 'board', 'native-board'],
    ['list-column', 'a column of the board', 'native-column'],
    ['list-today', 'today', 'native-today'],
    ['list-stats', 'statistics', 'native-statistics'],
    ['list-line', 'timeline of a lead', 'native-timeline'],
  ] as const
).flatMap(([name, meaning, kind]) => [
  measure(name, meaning, kind),
  measure(`${name}1`, `${meaning}, largest company`, kind, 'first-company'),
])

/** The bare statement of `status-update`, which tells what a store of that size costs whoever writes to it. */
const BARE = 'A16'
const BARE_CLIENTS = 16

/** Whether `--only` names it, or nothing. */
function isChosen(name: string): boolean {
  const names = listOf(options.only)
  return names.length === 0 || names.some((one) => name === one || name === `${one}1`)
}

function slotsOf(prefix: string, setup: Setup, server: BenchServer, pgbench: string | null): Slot[] {
  const bareOptions = { name: `${prefix} ${BARE}`, clients: BARE_CLIENTS, program: pgbench, isListed: true }
  const bare = isChosen(BARE) ? [bareSlot(setup, bareOptions)] : []
  const measures = [...SINGLE, ...LISTS].filter(({ name }) => isChosen(name))
  const loads = measures.map(({ name, meaning, kind, connections, spread }) =>
    loadSlot(setup, {
      name: `${prefix} ${name}`,
      meaning: `${meaning}, connections: ${connections}`,
      kind,
      connections,
      spread,
      server,
    }),
  )
  return [...bare, ...loads]
}

/** Small and large in turn, so that both are measured within the same seconds. */
function interleave(small: readonly Slot[], large: readonly Slot[]): Slot[] {
  return small.flatMap((slot, i) => [slot, ...large.slice(i, i + 1)])
}

function makeTargets(results: Results): Target[] {
  const names = (name: string) => [`large ${name}`, `small ${name}`] as const
  const speeds = SINGLE.map(({ name }) => {
    const ratios = perRound(results, names(name), (large, small) => large.perSecond / small.perSecond)
    const what = `${name}: large / small, per second`
    return name.endsWith('update') ? atLeast(what, 0.8, ratios) : forInformation(what, ratios)
  })
  const bare = forInformation(
    'A16: large / small, per second',
    perRound(results, names(BARE), (large, small) => large.perSecond / small.perSecond),
  )
  const againstBare = (['small', 'large'] as const).map((size) =>
    forInformation(
      `update against A16, ${size}`,
      perRound(results, [`${size} update`, `${size} ${BARE}`], (update, a16) => update.perSecond / a16.perSecond),
    ),
  )
  const lists = LISTS.flatMap(({ name }) => [
    atMost(
      `${name}: p99 large / small`,
      2,
      perRound(results, names(name), (large, small) => (large.p99 ?? 0) / (small.p99 ?? 0)),
    ),
    atMost(
      `${name}: p99 of large, ms`,
      100,
      perRound(results, [`large ${name}`], ({ p99 }) => p99 ?? 0),
    ),
  ])
  return [...speeds, bare, ...againstBare, ...lists]
}

function shapeFor(leads: number): Shape {
  const bigShare = numberOf('big-share', options['big-share'])
  return shapeOf(leads, integerOf('companies', options.companies, 1), Math.round(leads * bigShare))
}

await withCleanup(async (cleanup) => {
  const rounds = integerOf('rounds', options.rounds, 1)
  const seconds = numberOf('seconds', options.seconds, 0.1)
  const warmUpSeconds = numberOf('warm-up', options['warm-up'])
  const readsIn = flagOf('read-in', options['read-in'])
  const cluster = await startCluster(cleanup, options['data-dir'])
  const prepare = async (name: 'small' | 'large') => {
    const stage = await seededStage(cluster, `bench_${name}`, shapeFor(integerOf(name, options[name], 1)))
    const setup: Setup = { ...stage, warmUpSeconds, keyedShare: 0.1 }
    return { setup, server: await startServer(cleanup, { name, program: SERVER_PROGRAM, address: stage.address }) }
  }
  const small = await prepare('small')
  const large = await prepare('large')
  await printConditions(cluster, small.setup.address, [
    `small: ${describeShape(small.setup.shape)}`,
    `large: ${describeShape(large.setup.shape)}`,
    `rounds: ${rounds} of ${seconds} s a slot after ${warmUpSeconds} s of warm-up`,
  ])
  if (readsIn) {
    const bytes = await readIn(cluster, large.setup.address)
    console.log(`read in: ${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB of the large store`)
  }
  const pgbench = (await findPgbench())?.program ?? null
  const slots = interleave(
    slotsOf('small', small.setup, small.server, pgbench),
    slotsOf('large', large.setup, large.server, pgbench),
  )
  await checkpoint(small.setup.address)
  const results = await runRounds(slots, { rounds, seconds, groupSize: 2 })
  console.log(`\nMedian (least to most) of ${rounds} rounds:\n\n${resultTable(slots, results)}`)
  console.log(`\n${targetTable(makeTargets(results))}`)
})
