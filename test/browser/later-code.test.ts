import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { isMarked, makeDesk, markPage } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

/** Not the store of the same name, which the page begins with. */
const DIALOG = /\/create-lead-[\w-]{8}\.js(\?again=\d+)?$/

const newLead = (page: Page) => page.getByRole('dialog', { name: 'New lead' })

async function visitQuietly(): Promise<Page> {
  const page = await desk.visit('/reports')
  await page.getByText('Changes arrive live').waitFor()
  // The dialog of a session's end is the last that comes by itself.
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => /session-dialog/.test(name)),
  )
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await markPage(page)
  return page
}

it('keeps the page while the line is down, and shows what was asked for once it is back', async () => {
  const page = await visitQuietly()
  await page.context().setOffline(true)
  const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/healthz'))
  await page.keyboard.press('n')
  await failed
  expect(await newLead(page).isVisible()).toBe(false)
  await page.context().setOffline(false)
  await newLead(page).waitFor()
  expect(await isMarked(page)).toBe(true)
  expect(desk.faults()).toEqual([])
  await page.context().close()
})

it('loads the page anew after an update of the server, once', async () => {
  const page = await visitQuietly()
  let asked = 0
  await page.route(DIALOG, (route) => {
    asked += 1
    return route.fulfill({ status: 404 })
  })
  await page.route(
    (url) => url.pathname === '/',
    async (route) => {
      const response = await route.fetch()
      const text = (await response.text()).replace(/\/assets\/index-[\w-]+\.js/, '/assets/index-updated.js')
      await route.fulfill({ response, body: text })
    },
  )
  const loaded = page.waitForEvent('load')
  await page.keyboard.press('n')
  await loaded
  expect(await isMarked(page)).toBe(false)
  await page.getByText('Changes arrive live').waitFor()
  await markPage(page)
  const before = asked
  await page.keyboard.press('n')
  await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(before + 1)
  expect(await isMarked(page)).toBe(true)
  await page.unroute(DIALOG)
  await newLead(page).waitFor()
  await page.context().close()
})
