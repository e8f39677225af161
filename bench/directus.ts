// Status updates against Directus on the same PostgreSQL: `node bench/directus.ts --help`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Cleanup, withCleanup } from './lib/cleanup.ts'
import { type DatabaseAddress, startCluster, withClient } from './lib/cluster.ts'
import { type Directus, installDirectus } from './lib/directus-install.ts'
import { DIRECTUS_TOKEN, startDirectus } from './lib/directus-server.ts'
import { integerOf, numberOf, readOptions } from './lib/options.ts'
import { perRound, resultTable, runRounds } from './lib/rounds.ts'
import { SERVER_PROGRAM, startServer } from './lib/servers.ts'
import { leadCount, shapeOf } from './lib/shape.ts'
import { loadSlot, type Setup } from './lib/slots.ts'
import { checkpoint, printConditions, seededStage } from './lib/stage.ts'
import { atLeast, targetTable } from './lib/targets.ts'

const options = readOptions('Measures status updates against a PATCH of one item in Directus, its activity log on.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  folder: { fallback: '', meaning: 'folder that Directus is installed in, kept; none: a temporary one' },
  leads: { fallback: '100k', meaning: 'leads in all' },
  companies: { fallback: '20', meaning: 'companies' },
  connections: { fallback: '64', meaning: 'connections' },
  rounds: { fallback: '5', meaning: 'rounds that count' },
  seconds: { fallback: '5', meaning: 'measured seconds of a slot' },
  'warm-up': { fallback: '2', meaning: 'seconds of load before them' },
})

/** Null, and said so, when it cannot be installed here: it must be compiled, and needs the network. */
async function tryInstall(cleanup: Cleanup): Promise<Directus | null> {
  const isKept = options.folder !== ''
  const folder = isKept ? path.resolve(options.folder) : mkdtempSync(path.join(tmpdir(), 'leadwright-directus-'))
  if (!isKept) cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  try {
    return await installDirectus(folder, (message) => console.log(message))
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n')
    console.log(`Directus cannot be installed here, so there is nothing to measure against: ${reason}`)
    return null
  }
}

/** Rows of its activity log, to see that it was on. */
async function countActivity(address: DatabaseAddress): Promise<number> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ count: string }>('SELECT count(*) AS count FROM directus_activity')
    return Number(rows[0]?.count)
  })
}

await withCleanup(async (cleanup) => {
  const directus = await tryInstall(cleanup)
  if (directus === null) return
  const shape = shapeOf(integerOf('leads', options.leads, 1), integerOf('companies', options.companies, 1), 0)
  const cluster = await startCluster(cleanup, options['data-dir'])
  const stage = await seededStage(cluster, 'bench', shape)
  const theirs = await cluster.bareDatabase('bench_directus')
  const setup: Setup = { ...stage, warmUpSeconds: numberOf('warm-up', options['warm-up']), keyedShare: 0.1 }
  const token = { ...setup.credentials[0], token: DIRECTUS_TOKEN } as Setup['credentials'][number]
  const theirSetup: Setup = { ...setup, credentials: setup.credentials.map(() => token), keyedShare: 0 }
  const server = await startServer(cleanup, { name: 'L', program: SERVER_PROGRAM, address: stage.address })
  const their = await startDirectus(cleanup, directus, theirs, leadCount(shape))
  await printConditions(cluster, stage.address, [
    'baseline D: Directus 12.4.0 as it ships, one process, activity log on',
  ])
  const connections = integerOf('connections', options.connections, 1)
  const slots = [
    loadSlot(setup, { name: 'L', meaning: 'status update', kind: 'renovationfind-status', connections, server }),
    // Its writes leave nothing in our outbox.
    loadSlot(theirSetup, {
      name: 'D',
      meaning: 'Directus: PATCH of one item',
      kind: 'directus-patch',
      connections,
      server: their,
      inMemory: true,
    }),
  ]
  await checkpoint(stage.address)
  const before = await countActivity(theirs)
  const rounds = integerOf('rounds', options.rounds, 1)
  const results = await runRounds(slots, { rounds, seconds: numberOf('seconds', options.seconds, 0.1) })
  console.log(`\nMedian (least to most) of ${rounds} rounds:\n\n${resultTable(slots, results)}`)
  const ratios = perRound(results, ['L', 'D'], (l, d) => l.perSecond / d.perSecond)
  console.log(`\n${targetTable([atLeast('L / D', 40, ratios)])}`)
  console.log(`\nIts activity log grew by ${(await countActivity(theirs)) - before} rows.`)
})
