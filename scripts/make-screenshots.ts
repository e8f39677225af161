// Takes the pictures of docs/images from the demo, so that they stay true; with a folder as argument, every page in
// every form into that folder, to be looked at; with words after it, only those pages whose name has one of them.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findChromium } from '../test/browser/chromium.ts'
import { freePort, readDemo, spawnServer, untilReady } from '../test/support/child-server.ts'
import { connectDemo } from './lib/connected-demo.ts'
import { type Caller, caller } from './lib/demo-caller.ts'
import { addGuests, type Login } from './lib/demo-guests.ts'
import { fileDemo } from './lib/filed-demo.ts'
import { hookDemo } from './lib/hooked-demo.ts'
import { BEST, EVERY, EVERY_CONNECTED, type Place, type Shot, type Who } from './lib/shots.ts'

const DESKTOP = { viewport: { width: 1440, height: 900 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
// Where the demo's first company is, so that its days are the browser's.
const COMMON: BrowserContextOptions = { locale: 'en-CA', timezoneId: 'America/Edmonton', reducedMotion: 'reduce' }
const SETTLE_MS = 1500
const WAIT_MS = 15_000

type Kept = NonNullable<Exclude<BrowserContextOptions['storageState'], string>>

/** What a picture needs besides its own words. */
interface Studio {
  readonly browser: Browser
  readonly baseURL: string
  readonly folder: string
  readonly sessions: { readonly [W in Who]?: Kept }
  readonly places: { readonly [P in Place]: string }
  readonly call: Caller
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

/** Where a lead of each kind and the public form are. */
async function findPlaces(call: Caller): Promise<Omit<Studio['places'], 'endpoint'>> {
  const first = async (stage: string) => {
    const { leads } = (await call('GET', `/leads?boardStage=${stage}&limit=1`)) as { leads: { id: number }[] }
    return `/leads/${leads[0]?.id}`
  }
  const { form } = (await call('PATCH', '/company', { form: { enabled: true } })) as { form: { slug: string } }
  return {
    lead: await first('Estimate'),
    won: await first('Won'),
    lost: await first('Lost'),
    offer: await first('Offered'),
    'public-form': `/forms/${form.slug}`,
  }
}

/** Takes each, however the others come out; rejects with the names of those that failed. */
async function takeAll(studio: Studio, shots: readonly Shot[]): Promise<void> {
  const failures: string[] = []
  for (const shot of shots) {
    await takeShot(studio, shot).catch((error: unknown) => failures.push(`${shot.name}: ${String(error)}`))
  }
  if (failures.length > 0) throw new Error(failures.join('\n'))
}

async function takeShot(studio: Studio, shot: Shot): Promise<void> {
  const { browser, baseURL, folder, sessions, places, call } = studio
  const { name, address, who, form, colorScheme, isWhole, steps = [] } = shot
  const kept = sessions[who]
  const shape = form === 'phone' ? PHONE : DESKTOP
  const signedIn = kept === undefined ? {} : { storageState: kept }
  const context = await browser.newContext({ ...shape, ...COMMON, baseURL, ...signedIn, colorScheme })
  context.setDefaultTimeout(WAIT_MS)
  const page = await context.newPage()
  await page.goto(isPlace(address, places) ? places[address] : address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  for (const step of steps) await step(page, call)
  // Charts and pictures come after the page's first paint.
  await page.waitForTimeout(SETTLE_MS)
  if (isWhole) await growToContent(page, shape.viewport)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await context.close()
}

/** Makes the window as high as the page, so that what sticks to its edges covers nothing in the middle of the picture. */
async function growToContent(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  const whole = await page.evaluate<number>('document.documentElement.scrollHeight')
  if (whole <= height) return
  await page.setViewportSize({ width, height: whole })
  await page.waitForTimeout(SETTLE_MS / 5)
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
    const call = caller(baseURL, user.token)
    const places = { endpoint, ...(await findPlaces(call)) }
    const studio = { browser, baseURL, folder, sessions, places, call }
    try {
      await fileDemo(browser, baseURL, user, places.won)
      await takeAll(studio, shots)
      if (connectedShots.length === 0) return
      const unsure = await connectDemo(baseURL, user, other)
      const connected = { ...studio, places: { ...studio.places, lead: unsure } }
      await takeAll(connected, connectedShots)
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
