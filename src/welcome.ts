import type { DemoCompany } from './app/demo/demo-company.ts'
import { ensureDemo } from './app/demo/ensure-demo.ts'
import { type DemoExamples, findExamples } from './app/demo/find-examples.ts'
import type { RunningServer } from './compose.ts'
import type { Config } from './config.ts'
import { demoFileOf, readDemoFile, writeDemoFile } from './demo-file.ts'
import { curlCommand } from './lib/shell.ts'

export interface Demo {
  /** At least one. */
  readonly companies: readonly DemoCompany[]
  readonly file: string
  /** Requests to try with the first company; null when its leads are all closed or gone. */
  readonly examples: DemoExamples | null
}

/**
 * Sees to it that the demo is there and that `demo.json` names this server and opens the demo. Null when the demo is
 * off, or when the store has other companies only; then nothing is written. Throws a StartError when the file cannot be
 * written.
 */
export async function prepareDemo(
  config: Config,
  { app, baseUrl }: Pick<RunningServer, 'app' | 'baseUrl'>,
): Promise<Demo | null> {
  if (!config.demo) return null
  const file = demoFileOf(config.dataDir)
  const keeper = {
    read: () => readDemoFile(file),
    write: (companies: readonly DemoCompany[]) => writeDemoFile(file, baseUrl, companies),
  }
  const companies = await ensureDemo(app, keeper, { tokenDays: config.tokenDays })
  const [first] = companies
  if (first === undefined) return null
  return { companies, file, examples: await findExamples(app, first.email) }
}

/** Tells on standard output where the server is and what to try. Prints no secrets but the demo's own. */
export function printWelcome(
  config: Config,
  baseUrl: string,
  engineKind: 'embedded' | 'external',
  demo: Demo | null,
): void {
  process.stdout.write(welcomeText({ config, baseUrl, engineKind, demo }))
}

interface Welcome {
  readonly config: Pick<Config, 'dataDir'>
  readonly baseUrl: string
  readonly engineKind: 'embedded' | 'external'
  readonly demo: Demo | null
}

/** What `printWelcome` prints. */
export function welcomeText({ config, baseUrl, engineKind, demo }: Welcome): string {
  const data = engineKind === 'embedded' ? `${config.dataDir} (own PostgreSQL)` : 'the PostgreSQL of DATABASE_URL'
  const lines = [
    `Leadwright is ready at ${baseUrl}`,
    `  portal     ${baseUrl}/`,
    `  documents  ${baseUrl}/docs`,
    `  data       ${data}`,
    '',
    ...(demo === null ? firstCompany() : demoLines(baseUrl, demo)),
  ]
  return `\n${lines.join('\n')}\n\n`
}

function firstCompany(): string[] {
  return [
    'Add a company; the answer shows its token and its API key, once:',
    '',
    "bin/leadwright company add --name 'Your company' --email 'you@example.com' --password '…'",
  ]
}

function demoLines(baseUrl: string, { companies, file, examples }: Demo): string[] {
  const [first] = companies
  const names = companies.map(({ name }) => name).join(' and ')
  const intro = [`Demo: ${names}. What opens them is in`, `  ${file}`]
  if (first === undefined) return intro
  const portal = ['', `Portal: open ${baseUrl}/ and sign in as ${first.email}`, `  with the password ${first.password}`]
  if (examples === null) return [...intro, ...portal]
  return [
    ...intro,
    ...portal,
    '',
    'RenovationFind API: report that the homeowner was reached.',
    '',
    curlCommand([
      ['-X', 'PUT', `${baseUrl}/rest-api-v1/general-leads/${examples.report.leadId}/status`],
      ['-H', `Authorization: Bearer ${first.token}`],
      ['-H', 'Content-Type: application/json'],
      ['-d', JSON.stringify({ status: 'CONTACT_MADE', contactMethod: 'PHONE_CALL' })],
    ]),
    '',
    'ConstructionOnline API: say how good a lead is and what it is worth.',
    '',
    curlCommand([
      ['-X', 'PUT', `${baseUrl}/api/Leads?id=${examples.update.leadId}`],
      ['-u', `${first.email}:${first.password}`],
      ['-H', `APIKey: ${first.apiKey}`],
      ['-H', 'Content-Type: application/json'],
      [
        '-d',
        JSON.stringify({ LEAD_QUALITY: String(examples.update.quality), LEAD_VALUE: String(examples.update.value) }),
      ],
    ]),
  ]
}
