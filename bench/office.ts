// An office at work in a company with very many leads: `node bench/office.ts --help`.
import { withCleanup } from './lib/cleanup.ts'
import { startCluster } from './lib/cluster.ts'
import { Histogram } from './lib/histogram.ts'
import { timeLiveEvents } from './lib/live-times.ts'
import { LOOKS, workInOffice } from './lib/office-load.ts'
import { integerOf, numberOf, readOptions } from './lib/options.ts'
import { SERVER_PROGRAM, startServer } from './lib/servers.ts'
import { describeShape, shapeOf } from './lib/shape.ts'
import { headsOf, prime, type Reached } from './lib/signed-requests.ts'
import { checkpoint, printConditions, seededStage } from './lib/stage.ts'
import { formatNumber, formatTable } from './lib/statistics.ts'

const options = readOptions('Measures what an office waits for when its company has very many leads.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  leads: { fallback: '100k', meaning: 'leads of the one company' },
  users: { fallback: '10', meaning: 'people who look at the portal at the same time' },
  'pause-seconds': { fallback: '2', meaning: 'mean time between an answer and the next look of the same person' },
  seconds: { fallback: '120', meaning: 'how long they work' },
  'changes-per-second': { fallback: '5', meaning: 'status reports while the live events are timed' },
  'live-seconds': { fallback: '30', meaning: 'how long that is' },
})

function row(meaning: string, times: Histogram): string[] {
  return [meaning, String(times.total), ...[times.quantile(0.5), times.quantile(0.99), times.max()].map(formatNumber)]
}

await withCleanup(async (cleanup) => {
  const shape = shapeOf(integerOf('leads', options.leads, 1), 1, 0)
  const cluster = await startCluster(cleanup, options['data-dir'])
  const stage = await seededStage(cluster, 'bench_office', shape)
  const server = await startServer(cleanup, { name: 'office', program: SERVER_PROGRAM, address: stage.address })
  const reached: Reached = { ...stage, host: server.host, port: server.port }
  const load = {
    users: integerOf('users', options.users, 1),
    pauseSeconds: numberOf('pause-seconds', options['pause-seconds']),
    seconds: numberOf('seconds', options.seconds, 1),
  }
  await printConditions(cluster, stage.address, [
    describeShape(shape),
    `${load.users} people with pauses of ${load.pauseSeconds} s on average, for ${load.seconds} s`,
  ])
  await checkpoint(stage.address)
  await prime(reached, 'renovationfind', headsOf(reached, 'renovationfind'))
  await workInOffice(reached, { ...load, seconds: 10 })
  const times = await workInOffice(reached, load)
  const head = ['request', 'times', 'p50 ms', 'p99 ms', 'longest ms']
  const rows = LOOKS.map(([kind, meaning]) => row(meaning, times.get(kind) ?? new Histogram()))
  const seconds = numberOf('live-seconds', options['live-seconds'], 1)
  const live = await timeLiveEvents(
    reached,
    numberOf('changes-per-second', options['changes-per-second'], 0.1),
    seconds,
  )
  console.log(formatTable(head, [...rows, row('a change, until its live event is there', live)]))
})
