// Leads created in bulk, three ways: `node bench/bulk-create.ts --help`.

import type { App } from '../src/app/app.ts'
import { readConfig } from '../src/config.ts'
import { makeSeededRandom } from '../src/lib/seeded-random.ts'
import { openApp } from '../src/open-app.ts'
import { bulkLoad, type FinishedLead } from '../src/store/bulk-load.ts'
import { drawLeadIds } from '../src/store/lead-writer/statements.ts'
import { bareCreateScript } from './lib/bare-create.ts'
import { withCleanup } from './lib/cleanup.ts'
import { startCluster } from './lib/cluster.ts'
import { drawNewLead, finish, IMPORTER } from './lib/new-leads.ts'
import { integerOf, readOptions } from './lib/options.ts'
import { findPgbench, runPgbench } from './lib/pgbench.ts'
import { type Measured, perRound, type Results, resultTable, runRounds, type Slot } from './lib/rounds.ts'
import { describeShape, shapeOf } from './lib/shape.ts'
import { checkpoint, printConditions, type Stage, seededStage } from './lib/stage.ts'
import { atLeast, forInformation, type Target, targetTable } from './lib/targets.ts'

const options = readOptions('Measures the creation of leads in bulk.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  leads: { fallback: '100k', meaning: 'leads in the store before' },
  companies: { fallback: '20', meaning: 'companies' },
  create: { fallback: '20k', meaning: 'leads that one slot creates' },
  transaction: { fallback: '5000', meaning: 'leads of one transaction of the bulk load' },
  'in-flight': { fallback: '1000', meaning: 'leads that wait in the writer at once' },
  rounds: { fallback: '5', meaning: 'rounds that count' },
})

const PGBENCH_CLIENTS = 16
const PGBENCH_SECONDS = 5

let seed = 0

/** Runs work that creates leads for one company and checks that they are all there. */
async function timed(app: App, companyId: number, count: number, work: () => Promise<void>): Promise<Measured> {
  const before = await countLeads(app, companyId)
  const since = performance.now()
  await work()
  const milliseconds = performance.now() - since
  const made = (await countLeads(app, companyId)) - before
  if (made !== count) throw new Error(`${count} leads were to be created, but there are ${made} more.`)
  return { perSecond: (count * 1000) / milliseconds, p50: milliseconds / count }
}

async function countLeads(app: App, companyId: number): Promise<number> {
  const rows = await app.db.query<{ count: number }>({
    text: 'SELECT count(*) AS count FROM lead WHERE company_id = $1',
    values: [companyId],
  })
  return rows[0]?.count ?? 0
}

/** What an import uses: finished leads with their timelines, many in one transaction, told to nobody. */
async function loadInBulk(app: App, companyId: number, count: number, perTransaction: number): Promise<void> {
  seed += 1
  const random = makeSeededRandom(seed)
  for (let done = 0; done < count; done += perTransaction) {
    const size = Math.min(perTransaction, count - done)
    await app.db.transaction(async (tx) => {
      const ids = await tx.query<{ id: number }>(drawLeadIds(size))
      const now = app.clock().toISOString()
      await bulkLoad(
        tx,
        finishAll(ids, (id) => finish(drawNewLead(random, companyId), id, now)),
      )
    })
  }
}

/** One lead after the other, as an import makes them of its lines. */
function* finishAll(ids: readonly { readonly id: number }[], make: (id: number) => FinishedLead) {
  for (const { id } of ids) yield make(id)
}

/** The way of a POST without HTTP: each lead by itself through the writer, with its outbox row. */
async function throughWriter(app: App, companyId: number, count: number, inFlight: number): Promise<void> {
  seed += 1
  const random = makeSeededRandom(seed)
  let left = count
  const work = async () => {
    while (left > 0) {
      left -= 1
      const target = { kind: 'new', decide: drawNewLead(random, companyId) } as const
      const { kind } = await app.writer.write({ companyId, actor: IMPORTER, target })
      if (kind !== 'changed') throw new Error(`A new lead was ${kind}.`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, work))
}

function makeSlots(app: App, { credentials, address }: Stage, pgbench: string | null): Slot[] {
  const companyId = credentials[0]?.companyId ?? 0
  const count = integerOf('create', options.create, 1)
  const perTransaction = integerOf('transaction', options.transaction, 1)
  const inFlight = integerOf('in-flight', options['in-flight'], 1)
  const bare: Slot = {
    name: 'A16',
    meaning: `PostgreSQL alone, one lead a transaction, ${PGBENCH_CLIENTS} clients`,
    async measure(seconds) {
      const run = { program: pgbench ?? '', address, clients: PGBENCH_CLIENTS, seconds }
      const result = await runPgbench({ ...run, script: bareCreateScript(), defines: { company: companyId } })
      return { perSecond: result.transactionsPerSecond, p50: result.latencyMs }
    },
  }
  return [
    ...(pgbench === null ? [] : [bare]),
    {
      name: 'bulk',
      meaning: `bulk load, ${perTransaction} leads a transaction, one connection`,
      measure: () => timed(app, companyId, count, () => loadInBulk(app, companyId, count, perTransaction)),
    },
    {
      name: 'writer',
      meaning: `lead writer, ${inFlight} waiting at once`,
      measure: () => timed(app, companyId, count, () => throughWriter(app, companyId, count, inFlight)),
    },
  ]
}

function makeTargets(results: Results): Target[] {
  return [
    atLeast(
      'bulk: leads a second',
      10_000,
      perRound(results, ['bulk'], ({ perSecond }) => perSecond),
    ),
    forInformation(
      'bulk / A16',
      perRound(results, ['bulk', 'A16'], (bulk, bare) => bulk.perSecond / bare.perSecond),
    ),
    forInformation(
      'writer / A16',
      perRound(results, ['writer', 'A16'], (writer, bare) => writer.perSecond / bare.perSecond),
    ),
  ]
}

await withCleanup(async (cleanup) => {
  const shape = shapeOf(integerOf('leads', options.leads, 1), integerOf('companies', options.companies, 1), 0)
  const rounds = integerOf('rounds', options.rounds, 1)
  const cluster = await startCluster(cleanup, options['data-dir'])
  const stage = await seededStage(cluster, 'bench', shape)
  const opened = openApp(readConfig({}, '/'), stage.address, (_level, message) => console.error(message))
  cleanup.defer(() => opened.close())
  const pgbench = await findPgbench()
  await printConditions(cluster, stage.address, [
    `baseline A: ${pgbench === null ? 'left out, as there is no pgbench here' : `${pgbench.version}, -M prepared`}`,
    `data: ${describeShape(shape)}; a slot creates ${options.create} leads with timelines; the client runs in this process`,
  ])
  const slots = makeSlots(opened.app, stage, pgbench?.program ?? null)
  await checkpoint(stage.address)
  const results = await runRounds(slots, { rounds, seconds: PGBENCH_SECONDS })
  console.log(`\nMedian (least to most) of ${rounds} rounds:\n\n${resultTable(slots, results)}`)
  console.log(`\n${targetTable(makeTargets(results))}`)
})
