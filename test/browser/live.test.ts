import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { untilListed } from '../support/lists.ts'
import { expectOk, isMarked, makeDesk, markPage } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

const report = (id: number, body: Record<string, unknown>) =>
  expectOk(desk.vendor('PUT', `/general-leads/${id}/status`, { body }))

async function untilLive(page: Page): Promise<void> {
  await page.getByText('Changes arrive live').waitFor()
  await markPage(page)
}

it('shows on every open page what a program reports, without a reload', async () => {
  const id = await desk.accepted({ firstName: 'Lena', lastName: 'Frost' })
  const board = await desk.visit('/board')
  const lead = await desk.visitAs('Omar Reyes', `/leads/${id}`)
  const table = await desk.visitAs('Omar Reyes', '/leads')
  const today = await desk.visit('/')
  const pages = [board, lead, table, today]
  for (const page of pages) await untilLive(page)
  await board.getByRole('region', { name: 'New', exact: true }).getByText('Lena Frost').waitFor()
  await table.getByRole('row').filter({ hasText: 'Lena Frost' }).getByText('Not contacted yet').waitFor()

  await report(id, { status: 'ESTIMATE_PROVIDED', reason: 'Sent on Monday' })
  await board.getByRole('region', { name: 'Estimate', exact: true }).getByText('Lena Frost').waitFor()
  await board.getByRole('region', { name: 'New', exact: true }).getByText('Lena Frost').waitFor({ state: 'detached' })
  const progress = lead.getByRole('region', { name: 'Progress' })
  await progress.getByText('Sent on Monday').waitFor()
  await lead.getByRole('region', { name: 'Timeline' }).getByText('through the RenovationFind API').waitFor()
  await table.getByRole('row').filter({ hasText: 'Lena Frost' }).getByText('Estimate provided').waitFor()
  await today.getByRole('region', { name: 'Newest' }).getByText('Estimate', { exact: true }).waitFor()
  for (const page of pages) {
    expect(await isMarked(page)).toBe(true)
    await page.context().close()
  }
})

it('shows a new lead and takes a deleted one away, with the counts', async () => {
  const page = await desk.visit('/board')
  await untilLive(page)
  const fresh = page.getByRole('region', { name: 'New', exact: true })
  const offered = page.getByRole('region', { name: 'Offered', exact: true })
  await desk.online.create({ FIRSTNAME: 'Ivo', LASTNAME: 'Lind', DISPLAY_NAME: 'Ivo Lind' })
  const card = fresh.getByRole('article').filter({ hasText: 'Ivo Lind' })
  await card.waitFor()
  const id = await desk.offered({ category: 'Sunroom' })
  await offered.getByText('Sunroom').waitFor()
  await offered.locator('header').getByText('1', { exact: true }).waitFor()
  await expectOk(desk.native('DELETE', `/leads/${id}`))
  await offered.getByText('Sunroom').waitFor({ state: 'detached' })
  await offered.locator('header').getByText('0', { exact: true }).waitFor()
  expect(await isMarked(page)).toBe(true)
  await page.context().close()
})

it.each([
  ['/', '/v1/today'],
  ['/board', '/v1/board'],
  ['/leads', '/v1/leads'],
])('misses at %s nothing that happens before the live line is there', async (address, path) => {
  const name = { firstName: 'Early', lastName: `Bird of ${path}` }
  const page = await desk.visit('/settings/company')
  const gate = Promise.withResolvers<void>()
  await page.route('**/v1/events', async (route) => {
    await gate.promise
    await route.continue()
  })
  const seen = page.waitForResponse((response) => new URL(response.url()).pathname === path)
  await page.goto(address)
  await (await seen).finished()
  await desk.accepted(name)
  await untilListed(desk.server.db)
  gate.resolve()
  await page.getByText(`Early Bird of ${path}`).first().waitFor()
  await page.context().close()
})

it.each(['/leads', '/board'])('shows at %s what is told while an older answer is on its way', async (address) => {
  const id = await desk.accepted({ firstName: 'Slow', lastName: `Answer of ${address}` })
  const [page, witness] = [await desk.visit('/settings/company'), await desk.visit(`/leads/${id}`)]
  for (const each of [page, witness]) await each.getByText('Changes arrive live').waitFor()
  const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route(`**/v1${address}?*`, async (route) => {
    const response = await route.fetch()
    asked.resolve()
    await gate.promise
    await route.fulfill({ response })
  })
  await page
    .getByRole('link', { name: address === '/leads' ? 'Leads' : 'Board' })
    .first()
    .click()
  await asked.promise
  await report(id, { status: 'QUOTE_SENT' })
  await witness.getByText('Quote sent').first().waitFor()
  const late = page.waitForResponse((response) => new URL(response.url()).pathname === `/v1${address}`)
  gate.resolve()
  await (await late).finished()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)))
  const shown = page.locator('tr, article').filter({ hasText: `Slow Answer of ${address}` })
  await shown.getByText('Quote sent').waitFor()
  for (const each of [page, witness]) await each.context().close()
})

it('says that the line is down, and catches up once it is back', async () => {
  const id = await desk.accepted({ firstName: 'Tess', lastName: 'Winter' })
  const page = await desk.visit(`/leads/${id}`)
  await untilLive(page)
  await page.context().setOffline(true)
  await report(id, { status: 'QUOTE_SENT', reason: 'While you were away' })
  await page.context().setOffline(false)
  await page.getByRole('region', { name: 'Progress' }).getByText('While you were away').waitFor()
  expect(await isMarked(page)).toBe(true)
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
