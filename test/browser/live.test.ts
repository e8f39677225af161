import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
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
  await expectOk(desk.online.post({ FIRSTNAME: 'Ivo', LASTNAME: 'Lind', DISPLAY_NAME: 'Ivo Lind' }).then(textual))
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

it('misses nothing that happens between the first look and the begin of the live line', async () => {
  const page = await desk.visit('/settings/company')
  for (const [address, stage] of [
    ['/', 'today'],
    ['/board', 'board'],
    ['/leads', 'leads'],
  ] as const) {
    const gate = Promise.withResolvers<void>()
    await page.route('**/v1/events', async (route) => {
      await gate.promise
      await route.continue()
    })
    const seen = page.waitForResponse((response) => new URL(response.url()).pathname.startsWith(`/v1/${stage}`))
    await page.goto(address)
    await (await seen).finished()
    await page.getByRole('heading', { level: 1 }).waitFor()
    const id = await desk.accepted({ firstName: 'Early', lastName: `Bird ${stage}` })
    await expectOk(desk.native('GET', `/leads?q=bird`))
    gate.resolve()
    await page.getByText(`Early Bird ${stage}`).first().waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    expect(id).toBeGreaterThan(0)
  }
  await page.context().close()
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

function textual<A extends { body: unknown }>(answer: A): A & { text: string } {
  return { ...answer, text: JSON.stringify(answer.body) }
}
