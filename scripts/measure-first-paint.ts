// Measures how soon pages of the portal can be seen and used, on the demo: each in a browser that has nothing cached.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { findChromium } from '../test/browser/chromium.ts'
import { freePort, readDemo, spawnServer, untilReady } from '../test/support/child-server.ts'

const LOADS = 3
const VIEW: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-CA', reducedMotion: 'reduce' }

/** Milliseconds from the request of the page, and the kilobytes of script that had come by then. */
interface Figures {
  readonly firstPaint: number
  readonly useful: number
  readonly scriptKb: number
}

const READ = `JSON.stringify({
  firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  useful: performance.now(),
  scriptKb: performance.getEntriesByType('resource')
    .filter(({ name }) => name.endsWith('.js')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1000,
})`

/** One cold load: useful is when the page's heading stands there and no skeleton stands in for anything. */
async function load(browser: Browser, options: BrowserContextOptions, address: string): Promise<Figures> {
  const context = await browser.newContext({ ...VIEW, ...options })
  const page = await context.newPage()
  await page.goto(address, { waitUntil: 'commit' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  const figures = JSON.parse(await page.evaluate<string>(READ)) as Figures
  await context.close()
  return figures
}

async function signedIn(browser: Browser, baseURL: string, { email, password }: { email: string; password: string }) {
  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  const storageState = await context.storageState()
  await context.close()
  return storageState
}

function row(name: string, loads: readonly Figures[]): string {
  const list = (read: (figures: Figures) => number) => loads.map((figures) => Math.round(read(figures))).join(', ')
  return `| ${name} | ${list((each) => each.firstPaint)} | ${list((each) => each.useful)} | ${list((each) => each.scriptKb)} |`
}

const dataDir = await mkdtemp(join(tmpdir(), 'leadwright-paint-'))
const server = spawnServer({ DATA_DIR: dataDir, DEMO: 'true', PORT: String(await freePort()) })
const { executablePath, env } = await findChromium()
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
const browser = await chromium.launch({ executablePath, args: flags, env: { ...process.env, ...env } as never })
try {
  await untilReady(server, 60_000)
  const user = (await readDemo(dataDir)).companies[0]
  if (user === undefined) throw new Error('The demo has no company.')
  const storageState = await signedIn(browser, server.baseUrl, user)
  console.log('| page | first paint, ms | useful, ms | script, kB gzip |\n| --- | --- | --- | --- |')
  for (const [name, address, state] of [
    ['Sign in', '/sign-in', null],
    ['Today', '/', storageState],
    ['Board', '/board', storageState],
  ] as const) {
    const loads: Figures[] = []
    for (let times = 0; times < LOADS; times += 1) {
      const options = { baseURL: server.baseUrl, ...(state === null ? {} : { storageState: state }) }
      loads.push(await load(browser, options, address))
    }
    console.log(row(name, loads))
  }
} finally {
  await browser.close()
  await server.end('SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
}
