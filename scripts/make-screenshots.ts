// Takes the pictures of docs/images from the demo, so that they stay true; with a folder as argument, every page in
// every form into that folder, to be looked at.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findChromium } from '../test/browser/chromium.ts'
import { freePort, readDemo, spawnServer, untilReady } from '../test/support/child-server.ts'

const DESKTOP = { viewport: { width: 1440, height: 900 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
const COMMON: BrowserContextOptions = { locale: 'en-CA', reducedMotion: 'reduce' }
const SETTLE_MS = 1500

interface Shot {
  readonly name: string
  readonly address: string
  readonly form: 'desktop' | 'phone'
  readonly colorScheme: 'light' | 'dark'
}

const BEST: readonly Shot[] = [
  { name: 'today', address: '/', form: 'desktop', colorScheme: 'light' },
  { name: 'board', address: '/board', form: 'desktop', colorScheme: 'light' },
  { name: 'lead', address: 'lead', form: 'desktop', colorScheme: 'dark' },
  { name: 'reports', address: '/reports', form: 'desktop', colorScheme: 'light' },
  { name: 'phone', address: 'lead', form: 'phone', colorScheme: 'light' },
]
const SECTIONS = ['profile', 'company', 'follow-up', 'lists', 'users', 'access', 'form']
const PAGES = [
  ['today', '/'],
  ['board', '/board'],
  ['leads', '/leads'],
  ['lead', 'lead'],
  ['reports', '/reports'],
  ...SECTIONS.map((section) => [`settings-${section}`, `/settings/${section}`]),
] as const

function everyShot(): Shot[] {
  const forms = ['desktop', 'phone'] as const
  const schemes = ['light', 'dark'] as const
  return PAGES.flatMap(([page = '', address = '/']) =>
    forms.flatMap((form) =>
      schemes.map((colorScheme) => ({ name: `${page}-${form}-${colorScheme}`, address, form, colorScheme })),
    ),
  )
}

/** Signs the demo's first user in; what the browser then keeps opens every other page. */
async function signIn(browser: Browser, baseURL: string, user: { email: string; password: string }) {
  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByLabel('E-mail address').fill(user.email)
  await page.getByLabel('Password', { exact: true }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  const [lead, storageState] = [await aLeadOf(page), await context.storageState()]
  await context.close()
  return { lead, storageState }
}

async function aLeadOf(page: Page): Promise<string> {
  const response = await page.request.get('/v1/leads?boardStage=Estimate&limit=1')
  const { leads } = (await response.json()) as { leads: { id: number }[] }
  return `/leads/${leads[0]?.id}`
}

async function take(folder: string, shots: readonly Shot[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'leadwright-pictures-'))
  const server = spawnServer({ DATA_DIR: dataDir, PORT: String(await freePort()), DEMO: 'true' })
  const { executablePath, env } = await findChromium()
  const browser = await chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env } as never })
  try {
    await untilReady(server, 60_000)
    const user = (await readDemo(dataDir)).companies[0]
    if (user === undefined) throw new Error('The demo has no company.')
    const { lead, storageState } = await signIn(browser, server.baseUrl, user)
    for (const { name, address, form, colorScheme } of shots) {
      const shape = form === 'phone' ? PHONE : DESKTOP
      const context = await browser.newContext({
        ...shape,
        ...COMMON,
        baseURL: server.baseUrl,
        storageState,
        colorScheme,
      })
      const page = await context.newPage()
      await page.goto(address === 'lead' ? lead : address)
      await page.getByRole('heading', { level: 1 }).waitFor()
      // Charts and pictures come after the page's first paint.
      await page.waitForTimeout(SETTLE_MS)
      await page.screenshot({ path: join(folder, `${name}.png`) })
      await context.close()
    }
  } finally {
    await browser.close()
    await server.end('SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  }
}

const [folder] = process.argv.slice(2)
await (folder === undefined ? take(join(import.meta.dirname, '../docs/images'), BEST) : take(folder, everyShot()))
