// Lanes and batches of the lead writer on a fast and on a slow disk: `node bench/lanes.ts --help`.
import { withCleanup } from './lib/cleanup.ts'
import { type DatabaseAddress, startCluster, withClient } from './lib/cluster.ts'
import { integerOf, listOf, numberOf, readOptions } from './lib/options.ts'
import { resultTable, runRounds, type Slot } from './lib/rounds.ts'
import { SERVER_PROGRAM, startServer } from './lib/servers.ts'
import { shapeOf } from './lib/shape.ts'
import { loadSlot, type Setup } from './lib/slots.ts'
import { compileDelay, withSlowDisk } from './lib/slow-disk.ts'
import { checkpoint, printConditions, seededStage } from './lib/stage.ts'
import { median } from './lib/statistics.ts'

const options = readOptions(
  'Measures status updates by lanes and batch caps of the writer, with and without a delay of each fsync.',
  {
    'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
    leads: { fallback: '100k', meaning: 'leads in all' },
    companies: { fallback: '20', meaning: 'companies' },
    lanes: { fallback: '1,2,3,4', meaning: 'numbers of lanes' },
    batches: { fallback: '64,256,1024', meaning: 'batch caps' },
    connections: { fallback: '64,256', meaning: 'connections' },
    delays: { fallback: '0,1000', meaning: 'microseconds that each fsync takes more' },
    rounds: { fallback: '3', meaning: 'rounds that count' },
    seconds: { fallback: '5', meaning: 'measured seconds of a slot' },
    'warm-up': { fallback: '3', meaning: 'seconds of load before them, as each slot starts its server anew' },
  },
)

const COMMITS = 200

/** The median time of a commit that writes one row, in microseconds: whether the disk is as slow as it should be. */
async function commitUs(address: DatabaseAddress): Promise<number> {
  return withClient(address, async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS bench_commit (n integer)')
    const times: number[] = []
    for (let n = 0; n < COMMITS; n += 1) {
      const since = performance.now()
      await client.query('INSERT INTO bench_commit VALUES (1)')
      times.push((performance.now() - since) * 1000)
    }
    return median(times)
  })
}

/** One combination; its server runs only while it is measured, so that no other one's relay takes time from it. */
function slotOf(setup: Setup, lanes: number, batch: number, connections: number): Slot {
  const name = `${lanes}x${batch}@${connections}`
  const meaning = `lanes: ${lanes}, batch cap: ${batch}, connections: ${connections}`
  return {
    name,
    meaning,
    async measure(seconds) {
      const releases: (() => unknown)[] = []
      const settings = { WRITER_LANES: String(lanes), WRITER_BATCH_MAX: String(batch) }
      const started = { name, program: SERVER_PROGRAM, address: setup.address, settings }
      try {
        const server = await startServer({ defer: (release) => releases.push(release) }, started)
        return await loadSlot(setup, { name, meaning, kind: 'renovationfind-status', connections, server }).measure(
          seconds,
        )
      } finally {
        for (const release of releases) await release()
      }
    },
  }
}

function numbersOf(name: 'lanes' | 'batches' | 'connections' | 'delays', min: number): number[] {
  return listOf(options[name]).map((text) => integerOf(name, text, min))
}

async function measureDisk(delayUs: number): Promise<void> {
  await withCleanup(async (cleanup) => {
    const cluster = await startCluster(cleanup, options['data-dir'])
    const shape = shapeOf(integerOf('leads', options.leads, 1), integerOf('companies', options.companies, 1), 0)
    const stage = await seededStage(cluster, 'bench', shape)
    const setup: Setup = { ...stage, warmUpSeconds: numberOf('warm-up', options['warm-up']), keyedShare: 0.1 }
    await printConditions(cluster, stage.address, [
      `each fsync of PostgreSQL: ${delayUs} us more; a commit of one row takes ${Math.round(await commitUs(stage.address))} us`,
    ])
    const slots = numbersOf('connections', 1).flatMap((connections) =>
      numbersOf('batches', 1).flatMap((batch) =>
        numbersOf('lanes', 1).map((lanes) => slotOf(setup, lanes, batch, connections)),
      ),
    )
    await checkpoint(stage.address)
    const rounds = integerOf('rounds', options.rounds, 1)
    const results = await runRounds(slots, { rounds, seconds: numberOf('seconds', options.seconds, 0.1) })
    console.log(
      `\nMedian (least to most) of ${rounds} rounds, fsync + ${delayUs} us:\n\n${resultTable(slots, results)}\n`,
    )
  })
}

await withCleanup(async (cleanup) => {
  const library = await compileDelay(cleanup)
  for (const delayUs of numbersOf('delays', 0)) {
    if (delayUs === 0) await measureDisk(0)
    else if (library === null) console.log(`A slow disk (${delayUs} us) needs Linux and a C compiler (cc): left out.`)
    else await withSlowDisk(library, delayUs, () => measureDisk(delayUs))
  }
})
