// Fills a database with made-up leads, for looking at plans and for measuring: `node bench/seed.ts --help`.
import { withCleanup } from './lib/cleanup.ts'
import { startCluster } from './lib/cluster.ts'
import { integerOf, readOptions } from './lib/options.ts'
import { seed } from './lib/seeding.ts'
import { shapeOf } from './lib/shape.ts'

const options = readOptions('Fills a database of the embedded PostgreSQL with made-up leads.', {
  'data-dir': { fallback: './data/bench', meaning: 'folder of the embedded PostgreSQL, kept' },
  database: { fallback: 'bench', meaning: 'database in it; emptied first' },
  leads: { fallback: '100k', meaning: 'leads in all' },
  companies: { fallback: '20', meaning: 'companies' },
  big: { fallback: '0', meaning: 'leads of the first company, the others share the rest; 0: all equal' },
  'timeline-every': { fallback: '4', meaning: 'one lead in so many has its history' },
  jobs: { fallback: '2', meaning: 'sessions that load side by side' },
})

await withCleanup(async (cleanup) => {
  const shape = shapeOf(
    integerOf('leads', options.leads, 1),
    integerOf('companies', options.companies, 1),
    integerOf('big', options.big),
  )
  const cluster = await startCluster(cleanup, options['data-dir'])
  const address = await cluster.emptyDatabase(options.database)
  await seed(address, {
    shape,
    timelineEvery: integerOf('timeline-every', options['timeline-every'], 1),
    jobs: integerOf('jobs', options.jobs, 1),
    log: (message) => console.log(message),
  })
})
