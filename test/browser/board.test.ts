import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

const column = (page: Page, stage: string) => page.getByRole('region', { name: stage, exact: true })
const cardIn = (page: Page, stage: string, id: number) => column(page, stage).locator(`[data-card="${id}"]`)

const MIDDLE = 450

/** Takes a card with the mouse; at the right edge of the board, it brings the stages further on into sight. */
async function dragTo(page: Page, id: number, stage: string): Promise<void> {
  await page.locator(`[data-card="${id}"]`).hover()
  await page.mouse.down()
  const edge = (page.viewportSize()?.width ?? 0) - 15
  await page.mouse.move(edge, MIDDLE, { steps: 12 })
  const target = column(page, stage)
  for (let place = await spotOf(target); place > edge - 80; place = await spotOf(target)) {
    await page.mouse.move(edge, MIDDLE + (place % 2), { steps: 2 })
  }
  // The board may still be on the move.
  await page.mouse.move(edge - 300, MIDDLE, { steps: 4 })
  for (let [place, before] = [await spotOf(target), -1]; place !== before; place = await spotOf(target)) {
    before = place
    await page.mouse.move(place, MIDDLE, { steps: 4 })
  }
  await page.getByText(new RegExp(`^Over ${stage}\\.`)).waitFor({ state: 'attached' })
  await page.mouse.up()
}

/** Where the middle of a column is, from the left. */
async function spotOf(target: Locator): Promise<number> {
  const box = await target.boundingBox()
  return box === null ? Number.POSITIVE_INFINITY : Math.round(box.x + box.width / 2)
}

it('asks a lead that is dragged to Won for amount and dates, and shows the win to both wire APIs', async () => {
  const id = await desk.accepted({ firstName: 'Ines', lastName: 'Okafor' })
  const page = await desk.visit('/board')
  await cardIn(page, 'New', id).waitFor()
  await dragTo(page, id, 'Won')
  const dialog = page.getByRole('dialog', { name: 'Move Ines Okafor to Won' })
  await dialog.getByRole('radio', { name: /^Lead won/ }).check()
  expect(await dialog.getByRole('textbox').count()).toBe(4)
  expect(await dialog.getByRole('checkbox').count()).toBe(2)
  const report = dialog.getByRole('button', { name: 'Report', exact: true })
  await report.click()
  await dialog.getByText('Write the amount of the job.').waitFor()
  expect(await dialog.getByText('Choose a day, or tick the box.').count()).toBe(2)
  await dialog.getByLabel('Job amount').fill('18500.50')
  await dialog.getByRole('textbox', { name: 'Estimated start' }).fill('2027-05-04')
  await dialog.getByRole('textbox', { name: 'Estimated completion' }).fill('2027-05-03')
  await report.click()
  await dialog.getByText('Not before estimated start.').waitFor()
  await dialog.getByLabel('Estimated completion: to be determined').check()
  expect(await dialog.getByRole('textbox', { name: 'Estimated completion' }).inputValue()).toBe('')
  await report.click()
  await page.getByText('Ines Okafor: Lead won').waitFor()
  await cardIn(page, 'Won', id).getByText('$18,500.50').waitFor()
  const vendor = await expectOk(desk.vendor('GET', `/general-leads/${id}`))
  expect(vendor.body['data']).toMatchObject({
    postLeadStatus: 'LEAD_WON',
    postLeadStatusData: {
      jobAmount: 18500.5,
      estimatedProjectStartDate: '2027-05-04T00:00:00Z',
      estimatedCompletionDate: null,
      completionDateTbd: true,
    },
  })
  expect(await desk.online.read(id)).toMatchObject({ LEAD_STATUS: 'Closed - Won', LEAD_VALUE: 18500.5 })
  await page.context().close()
})

it('moves a lead by keys alone, and leaves the focus on its card', async () => {
  const id = await desk.accepted({ firstName: 'Keya', lastName: 'Brand' })
  const page = await desk.visit('/board')
  await cardIn(page, 'New', id).getByRole('button', { name: 'Move Keya Brand to…' }).focus()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu')
  await menu.getByRole('menuitem', { name: 'On hold' }).waitFor()
  expect(await menu.getByRole('menuitem').allTextContents()).toEqual([
    'Contacting',
    'In conversation',
    'Estimate',
    'Won',
    'Lost',
    'On hold',
  ])
  await menu.getByRole('menuitem', { name: 'On hold' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Move Keya Brand to On hold' })
  await dialog.getByLabel('Why it waits or was cancelled').focus()
  await page.keyboard.type('Waits for the permit')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await cardIn(page, 'On hold', id).getByRole('link', { name: 'Keya Brand' }).waitFor()
  await dialog.waitFor({ state: 'detached' })
  await page.waitForFunction((card) => document.activeElement?.closest(`[data-card="${card}"]`) !== null, id)
  expect(await desk.lead(id)).toMatchObject({ status: 'JOB_POSTPONED_OR_CANCELLED', reason: 'Waits for the permit' })
  await page.context().close()
})

it('drags by keys: Space picks up, arrows choose the stage, Space drops', async () => {
  const id = await desk.accepted({ firstName: 'Pia', lastName: 'Roth' })
  const page = await desk.visit('/board')
  await cardIn(page, 'New', id).getByRole('button', { name: 'Drag Pia Roth' }).focus()
  await page.keyboard.press('Space')
  await page.getByText('Over New, where it is now.').waitFor({ state: 'attached' })
  await page.keyboard.press('ArrowRight')
  await page.getByText('Over Contacting.').waitFor({ state: 'attached' })
  await page.keyboard.press('Space')
  const dialog = page.getByRole('dialog', { name: 'Move Pia Roth to Contacting' })
  await dialog.getByRole('radio', { name: 'Homeowner contacted' }).check()
  await dialog.getByRole('button', { name: 'Report', exact: true }).click()
  await cardIn(page, 'Contacting', id).waitFor()
  expect(await desk.lead(id)).toMatchObject({ status: 'HOMEOWNER_CONTACTED' })
  await page.context().close()
})

it('says why a won lead cannot move, and leaves it where it is', async () => {
  const id = await desk.accepted({ firstName: 'Won', lastName: 'Already' })
  await expectOk(desk.vendor('PUT', `/general-leads/${id}/status`, { body: { status: 'JOB_WON', jobAmount: 900 } }))
  const page = await desk.visit('/board')
  await cardIn(page, 'Won', id).scrollIntoViewIfNeeded()
  await dragTo(page, id, 'On hold')
  await page.getByText('Won Already stays in Won').waitFor()
  await page.getByText('“Job won” is final: neither status nor amount can change any more.').first().waitFor()
  expect(await cardIn(page, 'Won', id).count()).toBe(1)
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.context().close()
})

it('takes a move back that came too late, and sends it again only when the user says so', async () => {
  const id = await desk.accepted({ firstName: 'Sol', lastName: 'Vega' })
  const page = await desk.visit('/board')
  const dialog = page.getByRole('dialog', { name: 'Move Sol Vega to In conversation' })
  const report = dialog.getByRole('button', { name: /^Report/ })
  const change = (body: Record<string, unknown>) =>
    expectOk(desk.vendor('PUT', `/general-leads/${id}/status`, { body }))
  await cardIn(page, 'New', id).getByRole('button', { name: 'Move Sol Vega to…' }).click()
  await page.getByRole('menuitem', { name: 'In conversation' }).click()
  await dialog.getByRole('radio', { name: 'Contact made' }).check()
  await change({ status: 'QUOTE_SENT' })
  await report.click()
  await dialog.getByText('Someone changed this lead').waitFor()
  await dialog.getByText('It is now at “Quote sent”').waitFor()
  await change({ status: 'JOB_WON', jobAmount: 700 })
  await dialog.getByRole('button', { name: 'Report all the same' }).click()
  await dialog.getByText('“Job won” is final').waitFor()
  expect(await report.count()).toBe(0)
  await page.keyboard.press('Escape')
  await cardIn(page, 'Won', id).waitFor()
  for (const stage of ['New', 'In conversation']) await cardIn(page, stage, id).waitFor({ state: 'detached' })
  expect(await desk.lead(id)).toMatchObject({ status: 'JOB_WON', jobAmount: '700.00' })
  expect(desk.faults()).toEqual([])
  await page.context().close()
})

it('a search leaves what it finds in each column, with its count and what it comes to', async () => {
  const [won, open] = [
    await desk.accepted({ firstName: 'Wanda', lastName: 'Quillon' }),
    await desk.accepted({ firstName: 'Otto', lastName: 'Quillon' }),
  ]
  const other = await desk.accepted({ firstName: 'Bo', lastName: 'Lindqvist' })
  for (const [id, jobAmount] of [
    [won, 1200],
    [other, 999_000],
  ]) {
    await expectOk(desk.vendor('PUT', `/general-leads/${id}/status`, { body: { status: 'JOB_WON', jobAmount } }))
  }
  const page = await desk.visit('/board')
  await cardIn(page, 'Won', other).waitFor()
  await page.getByRole('searchbox', { name: 'Search the board' }).fill('quillon')
  await cardIn(page, 'Won', other).waitFor({ state: 'detached' })
  await cardIn(page, 'Won', won).waitFor()
  await cardIn(page, 'New', open).waitFor()
  const head = column(page, 'Won').locator('header')
  expect((await head.innerText()).split(/\s+/)).toEqual(['Won', '1', '$1,200'])
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await cardIn(page, 'Won', other).waitFor()
  await page.context().close()
})
