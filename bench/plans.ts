// Writes down how PostgreSQL carries out every statement of a request: `node bench/plans.ts --help`.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { withCleanup } from './lib/cleanup.ts'
import { startCluster } from './lib/cluster.ts'
import { integerOf, readOptions } from './lib/options.ts'
import { type PlannedStatement, recordPlans } from './lib/recorded-plans.ts'
import { describeShape, shapeOf } from './lib/shape.ts'
import { seededStage } from './lib/stage.ts'

const options = readOptions('Writes the plans of all statements that requests lead to on tables that grow.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  database: {
    fallback: 'bench_plans',
    meaning: 'database in it; one of this shape, such as that of growth, is taken as it is',
  },
  leads: { fallback: '1m', meaning: 'leads in all' },
  companies: { fallback: '1000', meaning: 'companies' },
  big: { fallback: '100k', meaning: 'leads of the first company, which the requests are about' },
  out: { fallback: 'docs/query-plans.md', meaning: 'the document' },
})

function section({ request, statement, plans }: PlannedStatement): string {
  const [own, generic] = plans.map(({ lines }) => lines.join('\n'))
  const other = generic === undefined || generic === own ? '' : `\n\nfor any values:\n${generic}`
  return `### ${statement.name ?? 'unnamed'}, first of ${request}\n\n\`\`\`\n${own}${other}\n\`\`\`\n`
}

function documentOf(planned: readonly PlannedStatement[], data: string): string {
  const scanned = planned.filter(({ plans }) => plans.some((plan) => plan.scanned.length > 0))
  return `# Query plans

Every statement on a table that grows with the leads (\`lead\`, \`timeline\`, \`lead_card\`, \`lead_search\`), as
PostgreSQL plans it on ${data}. Made by \`npm run bench -- plans\`: a server
is sent every kind of request and what it sends to PostgreSQL is recorded and explained. Only the nodes that touch a
table are shown. The writer and the relay forbid themselves sequential scans, and the relay bitmaps, too, which is not seen
here. A test makes the same on a smaller store and fails when one of these tables is read from the first row
to the last.

${planned.length} statements, ${scanned.length === 0 ? 'none' : scanned.length} of them with a sequential scan of such a table.

${planned.map(section).join('\n')}`
}

await withCleanup(async (cleanup) => {
  const [leads, companies, big] = [options.leads, options.companies, options.big].map((text) =>
    integerOf('leads', text),
  )
  const shape = shapeOf(leads ?? 0, companies ?? 0, big ?? 0)
  const cluster = await startCluster(cleanup, options['data-dir'])
  const { address, credentials } = await seededStage(cluster, options.database, shape)
  const [first] = credentials
  if (first === undefined) throw new Error('There is no company.')
  const planned = await recordPlans(address, shape, first)
  writeFileSync(path.resolve(options.out), documentOf(planned, describeShape(shape)))
  console.log(`${planned.length} statements written to ${options.out}`)
  for (const { request, statement, plans } of planned) {
    const scanned = [...new Set(plans.flatMap((plan) => plan.scanned))]
    if (scanned.length > 0)
      console.log(`SEQUENTIAL SCAN of ${scanned}: ${statement.name ?? statement.text} (${request})`)
  }
})
