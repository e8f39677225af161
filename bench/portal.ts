// The portal in a browser, in a company with very many leads: `node bench/portal.ts --help`.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { type BrowserOffice, heldBy, openBrowserOffice, scroll, untilUseful } from './lib/browser-office.ts'
import { withCleanup } from './lib/cleanup.ts'
import { startCluster } from './lib/cluster.ts'
import { Histogram } from './lib/histogram.ts'
import { integerOf, numberOf, readOptions } from './lib/options.ts'
import type { Credentials } from './lib/requests.ts'
import { SERVER_PROGRAM, startServer } from './lib/servers.ts'
import { describeShape, shapeOf } from './lib/shape.ts'
import { checkpoint, printConditions, seededStage } from './lib/stage.ts'
import { formatNumber, formatTable } from './lib/statistics.ts'

const options = readOptions('Measures board and table in a browser, and how soon a second one sees a change.', {
  'data-dir': { fallback: '', meaning: 'folder of the embedded PostgreSQL, kept; none: a temporary one' },
  leads: { fallback: '100k', meaning: 'leads of the one company' },
  seconds: { fallback: '60', meaning: 'how long each page is scrolled' },
  step: { fallback: '120', meaning: 'pixels a frame; 120 is a fast wheel' },
  changes: { fallback: '30', meaning: 'changes whose way into the browser is timed' },
})

const PAGES = [
  { name: 'board', address: '/board', row: '[data-card]' },
  { name: 'table', address: '/leads', row: '[data-lead-link]' },
] as const

async function scrollPage(office: BrowserOffice, { name, address, row }: (typeof PAGES)[number]): Promise<string[]> {
  const page = await office.open(address)
  const useful = await untilUseful(page, row)
  const before = await heldBy(page)
  const step = integerOf('step', options.step, 1)
  const { frames, pixels } = await scroll(page, row, { step, seconds: numberOf('seconds', options.seconds, 1) })
  const times = new Histogram()
  for (const frame of frames) times.record(frame)
  const after = await heldBy(page)
  const rows = await page.locator(row).count()
  await page.close()
  const figures = [useful, times.quantile(0.5), times.quantile(0.99), times.max(), pixels, rows]
  const held = [
    `${formatNumber(before.heapMb)} → ${formatNumber(after.heapMb)}`,
    `${before.elements} → ${after.elements}`,
  ]
  return [name, ...figures.map(formatNumber), ...held]
}

interface Lead {
  readonly id: number
  readonly name: string
}

/** Moves leads by the vendor's API; gives the times from sending a report until the board of somebody else shows it. */
async function timeChanges(office: BrowserOffice, baseUrl: string, { token }: Credentials): Promise<Histogram> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const page = await office.open('/board')
  await untilUseful(page, '[data-card]')
  await page.getByText('Changes arrive live').waitFor()
  const answer = await fetch(`${baseUrl}/v1/board/New?limit=${integerOf('changes', options.changes, 1)}`, { headers })
  const { leads } = (await answer.json()) as { leads: Lead[] }
  const times = new Histogram()
  for (const lead of leads) {
    const seen = untilMoved(page, lead.id)
    const sentAt = performance.now()
    const body = JSON.stringify({ status: 'QUOTE_SENT' })
    const path = `${baseUrl}/rest-api-v1/general-leads/${lead.id}/status`
    const { status } = await fetch(path, { method: 'PUT', headers, body })
    if (status !== 200) throw new Error(`The report was refused: ${status}`)
    await seen
    times.record(performance.now() - sentAt)
    await sleep(200)
  }
  await page.close()
  return times
}

/** The card on top of another column, as who came last stands there. */
async function untilMoved(page: Page, id: number): Promise<void> {
  await page.getByRole('region', { name: 'Estimate', exact: true }).locator(`[data-card="${id}"]`).waitFor()
}

await withCleanup(async (cleanup) => {
  const shape = shapeOf(integerOf('leads', options.leads, 1), 1, 0)
  const cluster = await startCluster(cleanup, options['data-dir'])
  const { address, credentials } = await seededStage(cluster, 'bench_office', shape)
  const [company] = credentials
  if (company === undefined) throw new Error('There is no company.')
  const settings = { LOG_LEVEL: 'error' }
  const server = await startServer(cleanup, { name: 'portal', program: SERVER_PROGRAM, address, settings })
  const baseUrl = `http://${server.host}:${server.port}`
  await printConditions(cluster, address, [describeShape(shape)])
  await checkpoint(address)
  const office = await openBrowserOffice(cleanup, baseUrl, company)
  const rows: string[][] = []
  for (const page of PAGES) rows.push(await scrollPage(office, page))
  const head = 'page,useful ms,frame p50 ms,frame p99 ms,longest frame ms,pixels,rows in the page,script MB,elements'
  console.log(formatTable(head.split(','), rows))
  const times = await timeChanges(office, baseUrl, company)
  const [p50, p99] = [times.quantile(0.5), times.quantile(0.99)].map(formatNumber)
  console.log(
    `${times.total} changes, until a board shows them: p50 ${p50} ms, p99 ${p99} ms, longest ${formatNumber(times.max())} ms`,
  )
})
