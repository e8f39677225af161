// Takes the pictures of docs/images from the demo, so that they stay true; with a folder as argument, every page in
// every form into that folder, to be looked at; with words after it, only those pages whose name has one of them.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import { findChromium } from '../test/browser/chromium.ts'
import { type DemoFile, freePort, readDemo, spawnServer, untilReady } from '../test/support/child-server.ts'
import { connectDemo } from './lib/connected-demo.ts'
import { caller } from './lib/demo-caller.ts'
import { addGuests, type Login } from './lib/demo-guests.ts'
import { hookDemo } from './lib/hooked-demo.ts'
import { BEST, EVERY, EVERY_CONNECTED, type Place, type Shot, type Who } from './lib/shots.ts'

type Company = DemoFile['companies'][number]

const DESKTOP = { viewport: { width: 1440, height: 900 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
const COMMON: BrowserContextOptions = { locale: 'en-CA', reducedMotion: 'reduce' }
const SETTLE_MS = 1500

type Kept = NonNullable<Exclude<BrowserContextOptions['storageState'], string>>

/** What a picture needs besides its own words. */
interface Studio {
  readonly browser: Browser
  readonly baseURL: string
  readonly folder: string
  readonly sessions: { readonly [W in Who]?: Kept }
  readonly places: { readonly [P in Place]: string }
}

/** Signs somebody in; what the browser then keeps opens every page of theirs. */
async function signIn(browser: Browser, baseURL: string, { email, password }: Login): Promise<Kept> {
  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  const kept = await context.storageState()
  await context.close()
  return kept
}

/** Where a lead at work, an offer and the public form are. */
async function findPlaces(baseUrl: string, { token }: Company): Promise<Omit<Studio['places'], 'endpoint'>> {
  const call = caller(baseUrl, token)
  const { leads } = (await call('GET', '/leads?boardStage=Estimate&limit=1')) as { leads: { id: number }[] }
  const offers = (await call('GET', '/leads?boardStage=Offered&limit=1')) as { leads: { id: number }[] }
  const { form } = (await call('PATCH', '/company', { form: { enabled: true } })) as { form: { slug: string } }
  return {
    lead: `/leads/${leads[0]?.id}`,
    offer: `/leads/${offers.leads[0]?.id}`,
    'public-form': `/forms/${form.slug}`,
  }
}

async function takeShot(studio: Studio, { name, address, who, form, colorScheme, isWhole }: Shot): Promise<void> {
  const { browser, baseURL, folder, sessions, places } = studio
  const kept = sessions[who]
  const shape = form === 'phone' ? PHONE : DESKTOP
  const signedIn = kept === undefined ? {} : { storageState: kept }
  const context = await browser.newContext({ ...shape, ...COMMON, baseURL, ...signedIn, colorScheme })
  const page = await context.newPage()
  await page.goto(isPlace(address, places) ? places[address] : address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  // Charts and pictures come after the page's first paint.
  await page.waitForTimeout(SETTLE_MS)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: isWhole })
  await context.close()
}

function isPlace(address: string, places: Studio['places']): address is Place {
  return address in places
}

/** Takes pictures of the demo, and of the demo connected to an account where there are any of that. */
async function take(folder: string, shots: readonly Shot[], connectedShots: readonly Shot[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'leadwright-pictures-'))
  const allowed = { SYNC_ALLOW_PRIVATE_ADDRESSES: 'true', WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true' }
  const settings = { DATA_DIR: dataDir, DEMO: 'true', ...allowed }
  const server = spawnServer({ ...settings, PORT: String(await freePort()) })
  const { executablePath, env } = await findChromium()
  const browser = await chromium.launch({ executablePath, args: FLAGS, env: { ...process.env, ...env } as never })
  try {
    await untilReady(server, 60_000)
    const [user, other] = (await readDemo(dataDir)).companies
    if (user === undefined || other === undefined) throw new Error('The demo has no two companies.')
    const baseURL = server.baseUrl
    const guests = await addGuests(settings)
    const sessions = {
      office: await signIn(browser, baseURL, user),
      newcomer: await signIn(browser, baseURL, guests.newcomer),
      operator: await signIn(browser, baseURL, guests.operator),
    }
    const { endpoint, close } = await hookDemo(baseURL, user)
    const studio = { browser, baseURL, folder, sessions, places: { endpoint, ...(await findPlaces(baseURL, user)) } }
    try {
      for (const shot of shots) await takeShot(studio, shot)
      if (connectedShots.length === 0) return
      const unsure = await connectDemo(baseURL, user, other)
      const connected = { ...studio, places: { ...studio.places, lead: unsure } }
      for (const shot of connectedShots) await takeShot(connected, shot)
    } finally {
      await close()
    }
  } finally {
    await browser.close()
    await server.end('SIGTERM')
    await rm(dataDir, { recursive: true, force: true })
  }
}

const [folder, ...words] = process.argv.slice(2)
const isWanted = ({ name }: Shot) => words.length === 0 || words.some((word) => name.includes(word))
if (folder === undefined) await take(join(import.meta.dirname, '../docs/images'), BEST, [])
else await take(folder, EVERY.filter(isWanted), EVERY_CONNECTED.filter(isWanted))
