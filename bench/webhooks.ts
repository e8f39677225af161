// Webhooks: nothing lost under faults, the time to the first attempt, and what they cost: `node bench/webhooks.ts --help`.
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../src/config.ts'
import { openApp } from '../src/open-app.ts'
import { freePort, spawnServer, untilReady } from '../test/support/child-server.ts'
import { addEndpoint, SECRET_KEY } from '../test/webhooks/endpoints.ts'
import { FAULT_SETTINGS, runFaults } from '../test/webhooks/fault-run.ts'
import { type Cleanup, withCleanup } from './lib/cleanup.ts'
import { type Cluster, startCluster, urlOf } from './lib/cluster.ts'
import { integerOf, listOf, numberOf, readOptions } from './lib/options.ts'
import { perRound, resultTable, runRounds, type Slot } from './lib/rounds.ts'
import { SERVER_PROGRAM, startServer } from './lib/servers.ts'
import { shapeOf } from './lib/shape.ts'
import { loadSlot } from './lib/slots.ts'
import { checkpoint, printConditions, seededStage } from './lib/stage.ts'
import { formatNumber } from './lib/statistics.ts'
import { writeSteadily } from './lib/steady-writes.ts'
import { atLeast, atMost, targetTable } from './lib/targets.ts'
import { countDeliveries, startTarget, switchEndpoints } from './lib/webhook-target.ts'

const options = readOptions('Measures webhooks: faults, the time to the first attempt, and the rate of writes.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  parts: { fallback: 'faults,latency,rate', meaning: 'what is measured' },
  changes: { fallback: '5k', meaning: 'changes of the run with faults' },
  'drain-seconds': { fallback: '600', meaning: 'how long the last of them may take to arrive' },
  'per-second': { fallback: '500', meaning: 'changes a second while the time to the first attempt is measured' },
  seconds: { fallback: '20', meaning: 'seconds of that, and of a slot of the rate' },
  rounds: { fallback: '3', meaning: 'rounds of the rate that count' },
  connections: { fallback: '64', meaning: 'connections of the rate' },
  leads: { fallback: '20k', meaning: 'leads of latency and rate' },
})

async function measureFaults(cleanup: Cleanup, cluster: Cluster): Promise<boolean> {
  const address = await cluster.emptyDatabase('faults')
  const opened = openApp(readConfig({ LOG_LEVEL: 'fatal' }, process.cwd()), address, () => undefined)
  cleanup.defer(() => opened.close())
  const serve = async () => {
    const server = spawnServer({
      ...FAULT_SETTINGS,
      ...{ PORT: String(await freePort()), DATABASE_URL: urlOf(address), DEMO: 'false', SECRET_KEY },
    })
    cleanup.defer(() => server.end('SIGKILL'))
    await untilReady(server)
    return server
  }
  const run = await runFaults({
    app: opened.app,
    serve,
    changes: integerOf('changes', options.changes, 1),
    drainMs: numberOf('drain-seconds', options['drain-seconds']) * 1000,
    log: (line) => console.log(line),
  })
  const { tally, missing, left, owners, leads, seconds } = run
  const isGood = missing.length + tally.faults.length + left === 0
  console.log(
    `${run.changes} changes of ${leads} leads in ${seconds} s: ${tally.calls} calls, ${tally.accepted} accepted, ` +
      `${tally.repeated} accepted twice with the same id and bytes, ${tally.restarts} restarts of the receiver, ` +
      `${owners} processes sent; missing ${missing.length}, left ${left}, wrong ${tally.faults.length}: ` +
      (isGood ? 'every event arrived, in order' : 'NOT RIGHT'),
  )
  for (const fault of [...missing.slice(0, 5), ...tally.faults.slice(0, 5)]) console.log(`  ${fault}`)
  return isGood
}

async function measureCosts(cleanup: Cleanup, cluster: Cluster, parts: readonly string[]): Promise<void> {
  const shape = shapeOf(integerOf('leads', options.leads, 1), 20, 0)
  const stage = await seededStage(cluster, 'webhooks', shape)
  const { address, credentials } = stage
  await printConditions(cluster, address, [])
  const opened = openApp(readConfig({ LOG_LEVEL: 'fatal' }, process.cwd()), address, () => undefined)
  cleanup.defer(() => opened.close())
  const target = await startTarget(cleanup)
  // A kept database has those of the run before.
  await opened.app.db.query({ text: 'TRUNCATE webhook_endpoint, webhook_secret, webhook_delivery, webhook_attempt' })
  for (const { companyId } of credentials) await addEndpoint(opened.app.db, companyId, target.url)
  const settings = { WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true', SECRET_KEY }
  const server = await startServer(cleanup, { name: 'leadwright', program: SERVER_PROGRAM, address, settings })
  if (parts.includes('latency')) {
    const seconds = numberOf('seconds', options.seconds, 1)
    const perSecond = integerOf('per-second', options['per-second'], 1)
    await writeSteadily({ ...server, shape, credentials }, perSecond, 3)
    await sleep(2_000)
    target.take()
    const written = await writeSteadily({ ...server, shape, credentials }, perSecond, seconds)
    await sleep(3_000)
    const times = target.take()
    const p99 = atMost(`commit to first attempt at ${perSecond}/s: p99 ms`, 1000, [times.quantile(0.99)])
    console.log(
      `${formatNumber(written)} changes/s, ${times.total} messages; event to first attempt: p50 ` +
        `${formatNumber(times.quantile(0.5))} ms, p99 ${formatNumber(times.quantile(0.99))} ms, max ${formatNumber(times.max())} ms`,
    )
    console.log(targetTable([p99]))
  }
  if (!parts.includes('rate')) return
  const setup = { ...stage, warmUpSeconds: 1, keyedShare: 0.1 }
  const connections = integerOf('connections', options.connections, 1)
  const slot = (name: string, isOn: boolean): Slot => {
    const meaning = isOn ? 'status updates with an endpoint in each company' : 'the same without'
    const load = loadSlot(setup, { name, meaning, server, kind: 'renovationfind-status', connections })
    return {
      ...load,
      async measure(seconds) {
        await switchEndpoints(address, isOn)
        await sleep(1_500)
        target.take()
        const measured = await load.measure(seconds)
        if (isOn)
          console.log(`  ${target.take().total} messages were sent meanwhile, ${await countDeliveries(address)} wait`)
        await switchEndpoints(address, false)
        return measured
      },
    }
  }
  const slots = [slot('without', false), slot('with', true)]
  await checkpoint(address)
  const rounds = { rounds: integerOf('rounds', options.rounds, 1), seconds: numberOf('seconds', options.seconds, 1) }
  const results = await runRounds(slots, rounds)
  const ratio = perRound(results, ['with', 'without'], (on, off) => on.perSecond / off.perSecond)
  console.log(
    `\n${resultTable(slots, results)}\n\n${targetTable([atLeast('rate with webhooks against without', 0.9, ratio)])}`,
  )
}

await withCleanup(async (cleanup) => {
  const parts = listOf(options.parts)
  const cluster = await startCluster(cleanup, options['data-dir'])
  if (parts.includes('faults') && !(await measureFaults(cleanup, cluster))) process.exitCode = 1
  if (parts.includes('latency') || parts.includes('rate')) await measureCosts(cleanup, cluster, parts)
})
