import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { makeDesk } from './desk.ts'
import { PHONE, signIn } from './support.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

const TOUCH: BrowserContextOptions = { viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

/** How far the page reaches beyond the screen. */
const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

it('takes an offer and reports on it, by thumb', async () => {
  const id = await desk.offered({ firstName: 'Petra', lastName: 'Longname-Somewhere', category: 'Basement' })
  const page = await desk.open(TOUCH)
  await signIn(page, desk.company)
  expect(await overhang(page)).toBe(0)
  await page.getByRole('button', { name: 'Accept Basement' }).tap()
  await page.getByRole('button', { name: 'Open', exact: true }).tap()
  await page.getByRole('heading', { level: 1, name: 'Petra Longname-Somewhere' }).waitFor()
  expect(await overhang(page)).toBe(0)
  await page.getByRole('button', { name: 'Report what happened' }).tap()
  const form = page.getByRole('form', { name: 'Report a status' })
  await form.getByRole('combobox', { name: 'What happened?' }).tap()
  await page.getByRole('option', { name: 'Meeting scheduled' }).tap()
  await form.getByLabel('Meeting date').fill('2027-02-03')
  expect(await overhang(page)).toBe(0)
  await form.getByRole('button', { name: 'Report', exact: true }).tap()
  await page.getByText('Reported: meeting scheduled.').waitFor()
  expect(await desk.lead(id)).toMatchObject({ status: 'MEETUP_SCHEDULED', meetingDate: '2027-02-03' })
  await page.context().close()
})

it('selects leads of the list, and assigns them', async () => {
  const ids = [await desk.accepted({ lastName: 'Tick' }), await desk.accepted({ lastName: 'Tock' })]
  const page = await desk.visitAs('Omar Reyes', '/leads?q=tick', TOUCH)
  await page.getByRole('article').filter({ hasText: 'Tick' }).waitFor()
  expect(await page.getByRole('checkbox').count()).toBe(0)
  await page.getByRole('searchbox').fill('')
  await page.getByRole('article').filter({ hasText: 'Tock' }).waitFor()
  await page.getByRole('button', { name: 'More', exact: true }).tap()
  await page.getByRole('menuitem', { name: 'Select leads' }).tap()
  for (const name of ['Tick', 'Tock'])
    await page.getByRole('checkbox', { name: new RegExp(`^Select .*${name}$`) }).tap()
  const bar = page.getByRole('region', { name: 'Selected leads' })
  await bar.getByText('2 selected').waitFor()
  expect(await overhang(page)).toBe(0)
  await page.setViewportSize({ ...PHONE, width: 360 })
  const box = await bar.boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
  // In one line.
  expect(box?.height).toBeLessThan(64)
  await page.setViewportSize(PHONE)
  await bar.getByRole('button', { name: 'Assign' }).tap()
  await page.getByRole('menuitem', { name: 'Omar Reyes' }).tap()
  await bar.waitFor({ state: 'detached' })
  for (const id of ids) expect(await desk.lead(id)).toMatchObject({ assignee: { name: 'Omar Reyes' } })
  await page.getByRole('button', { name: 'Done', exact: true }).tap()
  await page.getByRole('checkbox').first().waitFor({ state: 'detached' })
  await page.context().close()
})

it('moves a lead on the board by touch, one stage at a time in sight', async () => {
  const id = await desk.accepted({ firstName: 'Otto', lastName: 'Lund' })
  const page = await desk.visit('/board', TOUCH)
  const stages = page.getByRole('navigation', { name: 'Stages' })
  await page.getByRole('button', { name: 'Move Otto Lund to…' }).tap()
  await page.getByRole('menuitem', { name: 'Lost' }).tap()
  const dialog = page.getByRole('dialog', { name: 'Move Otto Lund to Lost' })
  await dialog.getByRole('radio', { name: /^Lead lost/ }).check()
  await dialog.getByRole('radio', { name: 'Price' }).check()
  await dialog.getByRole('button', { name: 'Report', exact: true }).tap()
  await page.getByText('Otto Lund: Lead lost').waitFor()
  await stages.getByRole('button', { name: 'Lost' }).tap()
  await page.getByRole('region', { name: 'Lost', exact: true }).getByText('Otto Lund').waitFor()
  expect(await overhang(page)).toBe(0)
  expect(await desk.lead(id)).toMatchObject({ status: 'LEAD_LOST', lostReason: 'PRICE' })
  await page.context().close()
})

it.each([360, 390])('fits a screen of %d pixels on every page', async (width) => {
  const id = await desk.accepted({
    firstName: 'Wide',
    lastName: 'Words',
    email: `${'long.'.repeat(12)}name@example.com`,
  })
  const page = await desk.visit('/', { ...TOUCH, viewport: { width, height: 740 } })
  for (const address of [
    '/',
    '/board',
    '/leads',
    `/leads/${id}`,
    '/reports',
    '/settings/company',
    '/settings/access',
  ]) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
    expect([address, await overhang(page)]).toEqual([address, 0])
  }
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
