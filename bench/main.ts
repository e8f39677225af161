// What `npm run bench` runs, such as `npm run bench -- status-update --rounds=3`.
const PROGRAMS: Readonly<Record<string, { readonly meaning: string; readonly load: () => Promise<unknown> }>> = {
  'status-update': {
    meaning: 'updates and reads through HTTP, against PostgreSQL alone, batches of one and no database',
    load: () => import('./status-update.ts'),
  },
  'bulk-create': {
    meaning: 'leads created through the store, as an import does it',
    load: () => import('./bulk-create.ts'),
  },
  growth: {
    meaning: 'the same requests on a small and on a large store, side by side',
    load: () => import('./growth.ts'),
  },
  office: {
    meaning: 'what an office waits for in a company with very many leads, and how soon it sees a change',
    load: () => import('./office.ts'),
  },
  portal: {
    meaning: 'board and table in a browser, in a company with very many leads',
    load: () => import('./portal.ts'),
  },
  lanes: {
    meaning: 'lanes and batch caps of the writer, on this disk and on one whose fsync takes a millisecond more',
    load: () => import('./lanes.ts'),
  },
  directus: {
    meaning: 'status updates against Directus on the same PostgreSQL; installs it into a temporary folder',
    load: () => import('./directus.ts'),
  },
  soak: {
    meaning: 'a mixed load for long, with memory and table sizes as they go',
    load: () => import('./soak.ts'),
  },
  webhooks: {
    meaning: 'webhooks under faults and kills, the time to the first attempt, and what they cost the writes',
    load: () => import('./webhooks.ts'),
  },
  plans: {
    meaning: 'writes down how PostgreSQL carries out every statement of a request',
    load: () => import('./plans.ts'),
  },
  sync: {
    meaning: 'two installations in step while both are edited at random, cut apart and killed',
    load: () => import('./sync.ts'),
  },
  seed: { meaning: 'only fills a database with made-up leads', load: () => import('./seed.ts') },
}

const [, script = '', name = '', ...rest] = process.argv
const program = PROGRAMS[name]
if (program === undefined) {
  console.log('Usage: npm run bench -- <program> [--option=value …]; <program> --help lists the options.\n')
  for (const [known, { meaning }] of Object.entries(PROGRAMS)) console.log(`  ${known.padEnd(15)} ${meaning}`)
  process.exitCode = name === '' || name === '--help' ? 0 : 2
} else {
  process.argv = [process.execPath, script, ...rest]
  await program.load()
}
