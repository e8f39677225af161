import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../test/browser/chromium.ts'
import type { Cleanup } from './cleanup.ts'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
const VIEW = { viewport: { width: 1440, height: 900 }, locale: 'en-CA' } as const

export interface Login {
  readonly email: string
  readonly password: string
}

/** A Chromium in which somebody is signed in; every page shares the session. */
export interface BrowserOffice {
  open(address: string): Promise<Page>
}

export async function openBrowserOffice(cleanup: Cleanup, baseURL: string, login: Login): Promise<BrowserOffice> {
  const { executablePath, env } = await findChromium()
  const browser: Browser = await chromium.launch({
    executablePath,
    args: FLAGS,
    env: { ...process.env, ...env } as never,
  })
  cleanup.defer(() => browser.close())
  const context = await browser.newContext({ ...VIEW, baseURL })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(login.email)
  await page.getByLabel('Password', { exact: true }).fill(login.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  await page.close()
  return {
    async open(address) {
      const opened = await context.newPage()
      await opened.goto(address, { waitUntil: 'commit' })
      return opened
    },
  }
}

/** Milliseconds from the request of a page until the first of what it lists can be read. */
export async function untilUseful(page: Page, row: string): Promise<number> {
  await page.locator(row).first().waitFor()
  return page.evaluate<number>('performance.now()')
}

/** What a page holds on to: megabytes of script memory after a collection, and elements. */
export interface Held {
  readonly heapMb: number
  readonly elements: number
}

export async function heldBy(page: Page): Promise<Held> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return { heapMb: usedSize / 1_000_000, elements: await page.locator('*').count() }
}

export interface Scrolled {
  /** Milliseconds between two frames, one after the other. */
  readonly frames: readonly number[]
  readonly pixels: number
}

/** Scrolls the box around the first element of a selector down, so many pixels a frame, for some seconds. */
export function scroll(page: Page, selector: string, { step, seconds }: { step: number; seconds: number }) {
  // As text: it runs in the page, where there are other things than here.
  return page.evaluate<Scrolled>(`new Promise((resolve) => {
    const isScrollable = (box) =>
      box.scrollHeight > box.clientHeight && ['auto', 'scroll'].includes(getComputedStyle(box).overflowY)
    let box = document.querySelector(${JSON.stringify(selector)})
    while (box !== null && !isScrollable(box)) box = box.parentElement
    const scroller = box ?? document.documentElement
    const frames = []
    const [from, first] = [scroller.scrollTop, performance.now()]
    let last = first
    const onFrame = (now) => {
      frames.push(now - last)
      last = now
      scroller.scrollBy(0, ${step})
      if (now - first < ${seconds * 1000}) requestAnimationFrame(onFrame)
      else resolve({ frames: frames.slice(1), pixels: scroller.scrollTop - from })
    }
    requestAnimationFrame(onFrame)
  })`)
}
