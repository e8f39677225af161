// A mixed load for long, to see whether anything grows that should not: `node bench/soak.ts --help`.
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { withCleanup } from './lib/cleanup.ts'
import { startCluster, withClient } from './lib/cluster.ts'
import { memoryOf } from './lib/machine.ts'
import { type LoadWindow, type MixedLoad, startMixedLoad } from './lib/mixed-load.ts'
import { integerOf, numberOf, readOptions } from './lib/options.ts'
import { SERVER_PROGRAM, startServer } from './lib/servers.ts'
import { describeShape, shapeOf } from './lib/shape.ts'
import { type PostgresMemory, postgresMemory, type TableSize, tableSizes } from './lib/soak-samples.ts'
import { checkpoint, printConditions, seededStage } from './lib/stage.ts'
import { formatNumber, formatTable } from './lib/statistics.ts'

const options = readOptions('Works on one server for long, and watches memory, speed and table sizes.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  leads: { fallback: '100k', meaning: 'leads in the store before' },
  companies: { fallback: '20', meaning: 'companies' },
  connections: { fallback: '8', meaning: 'connections, each with one request at a time' },
  minutes: { fallback: '20', meaning: 'how long' },
  'sample-seconds': { fallback: '30', meaning: 'time between two samples' },
})

interface Sample {
  readonly minutes: number
  readonly load: LoadWindow
  readonly serverMb: number
  readonly postgres: PostgresMemory | null
  readonly tables: readonly TableSize[]
}

const SPEED_HEAD = ['minutes', 'per second', 'p50 ms', 'p99 ms', 'max ms', 'server MB', 'PostgreSQL MB', 'processes']
const TABLE_HEAD = ['minutes', 'table', 'MB', 'indexes MB', 'rows', 'dead rows', 'autovacuums']

function speedRow({ minutes, load: { times, seconds }, serverMb, postgres }: Sample): string[] {
  const speed = [times.total / seconds, times.quantile(0.5), times.quantile(0.99), times.max()]
  const memory = [serverMb, postgres?.pssMb ?? Number.NaN, postgres?.processes ?? Number.NaN]
  return [minutes.toFixed(1), ...[...speed, ...memory].map(formatNumber)]
}

function tableRows({ minutes, tables }: Sample): string[][] {
  return tables.map(({ table, tableMb, indexMb, rows, dead, vacuums }) => [
    minutes.toFixed(1),
    table,
    ...[tableMb, indexMb, rows, dead, vacuums].map(formatNumber),
  ])
}

/** One sample after another until the time is over, each printed as it comes. Faults of the load are thrown. */
async function watch(load: MixedLoad, client: pg.Client, pid: number): Promise<Sample[]> {
  const everyMs = numberOf('sample-seconds', options['sample-seconds'], 1) * 1000
  const endMs = numberOf('minutes', options.minutes, 0.1) * 60_000
  const since = performance.now()
  const samples: Sample[] = []
  load.takeWindow()
  for (let atMs = 0; atMs < endMs; ) {
    atMs = Math.min(atMs + everyMs, endMs)
    await Promise.race([sleep(since + atMs - performance.now()), load.ended])
    const window = load.takeWindow()
    if (window.faults.length > 0) throw new Error(`REQUESTS FAILED:\n  ${window.faults.join('\n  ')}`)
    const sample: Sample = {
      minutes: atMs / 60_000,
      load: window,
      serverMb: memoryOf(pid)?.nowMb ?? Number.NaN,
      postgres: await postgresMemory(client),
      tables: await tableSizes(client),
    }
    samples.push(sample)
    console.log(`\n${formatTable(SPEED_HEAD, [speedRow(sample)])}\n${formatTable(TABLE_HEAD, tableRows(sample))}`)
  }
  return samples
}

/** By table, so that each one's growth can be read downwards. */
function summary(samples: readonly Sample[]): string {
  const rows = samples.flatMap(tableRows)
  const tables = [...new Set(rows.map(([, table]) => table))]
  const byTable = tables.flatMap((table) => rows.filter((row) => row[1] === table))
  return `${formatTable(SPEED_HEAD, samples.map(speedRow))}\n\n${formatTable(TABLE_HEAD, byTable)}`
}

await withCleanup(async (cleanup) => {
  const connections = integerOf('connections', options.connections, 1)
  const shape = shapeOf(integerOf('leads', options.leads, 1), integerOf('companies', options.companies, 1), 0)
  const cluster = await startCluster(cleanup, options['data-dir'])
  const stage = await seededStage(cluster, 'bench_soak', shape)
  const server = await startServer(cleanup, { name: 'soak', program: SERVER_PROGRAM, address: stage.address })
  await printConditions(cluster, stage.address, [
    describeShape(shape),
    `${options.minutes} minutes, connections: ${connections}; of 100 requests 50 by id, 30 lists, 18 status updates, 2 creates`,
  ])
  await checkpoint(stage.address)
  const load = await startMixedLoad({ ...stage, host: server.host, port: server.port }, connections)
  const samples = await withClient(stage.address, async (client) => {
    try {
      return await watch(load, client, server.pid)
    } finally {
      load.stop()
    }
  })
  await load.ended
  console.log(`\nAll samples:\n\n${summary(samples)}`)
})
