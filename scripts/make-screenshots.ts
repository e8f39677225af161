// Takes the pictures of docs/images from the demo, so that they stay true; with a folder as argument, every page in
// every form into that folder, to be looked at.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findChromium } from '../test/browser/chromium.ts'
import { freePort, readDemo, spawnServer, untilReady } from '../test/support/child-server.ts'
import { connectDemo } from './lib/connected-demo.ts'

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
const SECTIONS = ['profile', 'company', 'follow-up', 'lists', 'users', 'access', 'webhooks', 'form']
const PAGES = [
  ['today', '/'],
  ['board', '/board'],
  ['leads', '/leads'],
  ['lead', 'lead'],
  ['reports', '/reports'],
  ['settings-webhook', 'webhook'],
  ...SECTIONS.map((section) => [`settings-${section}`, `/settings/${section}`] as const),
] as const

/** Pages of a company that is connected, which comes last: its leads stand on every other page then. */
const CONNECTED_PAGES = [
  ['settings-connections', '/settings/connections'],
  ['conflicts', '/conflicts'],
  ['lead-conflicts', 'lead'],
] as const

function everyShot(pages: readonly (readonly [string, string])[]): Shot[] {
  const forms = ['desktop', 'phone'] as const
  const schemes = ['light', 'dark'] as const
  return pages.flatMap(([page, address]) =>
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

/** An endpoint that nothing reaches, as its name is nobody's; with one test message that has failed. */
async function anEndpointOf(baseUrl: string, { token }: { readonly token: string }): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({
    url: 'https://crm.invalid/leadwright',
    description: 'CRM of the office',
    perSecond: 20,
  })
  const added = await fetch(`${baseUrl}/v1/webhook-endpoints`, { method: 'POST', headers, body })
  const { id } = (await added.json()) as { id: number }
  await fetch(`${baseUrl}/v1/webhook-endpoints/${id}/test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  return `/settings/webhooks/${id}`
}

async function aLeadOf(page: Page): Promise<string> {
  const response = await page.request.get('/v1/leads?boardStage=Estimate&limit=1')
  const { leads } = (await response.json()) as { leads: { id: number }[] }
  return `/leads/${leads[0]?.id}`
}

interface Look {
  readonly browser: Browser
  readonly options: BrowserContextOptions
  readonly folder: string
  /** Where the lead's own page is. */
  readonly lead: string
}

async function takeShot(
  { browser, options, folder, lead }: Look,
  { name, address, form, colorScheme }: Shot,
): Promise<void> {
  const shape = form === 'phone' ? PHONE : DESKTOP
  const context = await browser.newContext({ ...shape, ...COMMON, ...options, colorScheme })
  const page = await context.newPage()
  await page.goto(address === 'lead' ? lead : address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  // Charts and pictures come after the page's first paint.
  await page.waitForTimeout(SETTLE_MS)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await context.close()
}

/** Takes pictures of the demo, and of the demo connected to an account where there are any of that. */
async function take(folder: string, shots: readonly Shot[], connectedShots: readonly Shot[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'leadwright-pictures-'))
  const settings = { DATA_DIR: dataDir, DEMO: 'true', SYNC_ALLOW_PRIVATE_ADDRESSES: 'true' }
  const server = spawnServer({ ...settings, PORT: String(await freePort()) })
  const { executablePath, env } = await findChromium()
  const browser = await chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env } as never })
  try {
    await untilReady(server, 60_000)
    const [user, other] = (await readDemo(dataDir)).companies
    if (user === undefined || other === undefined) throw new Error('The demo has no two companies.')
    const { lead, storageState } = await signIn(browser, server.baseUrl, user)
    const look = { browser, options: { baseURL: server.baseUrl, storageState }, folder }
    const webhook = await anEndpointOf(server.baseUrl, user)
    for (const shot of shots) {
      await takeShot({ ...look, lead }, shot.address === 'webhook' ? { ...shot, address: webhook } : shot)
    }
    if (connectedShots.length === 0) return
    const unsure = await connectDemo(server.baseUrl, user, other)
    for (const shot of connectedShots) await takeShot({ ...look, lead: unsure }, shot)
  } finally {
    await browser.close()
    await server.end('SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  }
}

const [folder] = process.argv.slice(2)
if (folder === undefined) await take(join(import.meta.dirname, '../docs/images'), BEST, [])
else await take(folder, everyShot(PAGES), everyShot(CONNECTED_PAGES))
