import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { vi } from 'vitest'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { findChromium } from './chromium.ts'

const BUILT = path.resolve(import.meta.dirname, '../../portal/dist/index.html')
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
]

/** A browser takes its time, above all while other files keep the machine busy. */
const TEST_MS = 120_000
const WAIT_MS = 20_000

export const DESKTOP = { width: 1440, height: 900 } as const
export const PHONE = { width: 390, height: 844 } as const

export interface Stage {
  readonly server: TestServer
  readonly browser: Browser
  /** A company of this file's own, with an admin. */
  readonly company: TestCompany
  /** A page of a browser of its own, as on another machine; nobody is signed in. */
  open(options?: BrowserContextOptions): Promise<Page>
  /** A page on which the company's admin is signed in, at an address of the portal. */
  openSignedIn(address?: string, options?: BrowserContextOptions): Promise<Page>
  /** What went wrong in scripts of any page so far: errors that nobody caught, and refusals of the page's policy. */
  faults(): readonly string[]
  close(): Promise<void>
}

/** A real server with the built portal, and a real Chromium that looks at it. `settings` are environment variables. */
export async function makeStage(settings: Record<string, string> = {}): Promise<Stage> {
  if (!existsSync(BUILT))
    throw new Error('The portal is not built: npm test builds it, or vite build -c portal/vite.config.ts.')
  vi.setConfig({ testTimeout: TEST_MS, hookTimeout: TEST_MS })
  const server = await startServer(settings)
  const { executablePath, env } = await findChromium()
  const browser = await chromium.launch({ executablePath, args: FLAGS, env: { ...ownEnv(), ...env } })
  const company = await server.company()
  const faults: string[] = []
  const open = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({
      baseURL: server.baseUrl,
      viewport: DESKTOP,
      locale: 'en-CA',
      ...options,
    })
    // Below the test's own limit, so that a failure says what was waited for.
    context.setDefaultTimeout(WAIT_MS)
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) faults.push(message.text())
    })
    return page
  }
  return {
    server,
    browser,
    company,
    open,
    async openSignedIn(address = '/', options = {}) {
      const page = await open(options)
      await signIn(page, company, address)
      return page
    },
    faults: () => faults,
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/** Signs in by the form, and waits for the page that was wanted. */
export async function signIn(
  page: Page,
  { email, password }: Pick<TestCompany, 'email' | 'password'>,
  address = '/',
): Promise<void> {
  await page.goto(address)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname === new URL(address, page.url()).pathname)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** Waits until what the page shows of itself is there: no skeleton stands in for anything any more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
}

/** Whether the keyboard is at this place. */
export const isFocused = (place: Locator): Promise<boolean> =>
  place.evaluate((element) => element === document.activeElement)

function ownEnv(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
