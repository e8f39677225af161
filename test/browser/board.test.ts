import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

const column = (page: Page, stage: string) => page.getByRole('region', { name: stage, exact: true })
const cardIn = (page: Page, stage: string, id: number) => column(page, stage).locator(`[data-card="${id}"]`)

/** Takes a card with the mouse and goes with it to the right edge, until the board has brought the stage into sight. */
async function dragTo(page: Page, id: number, stage: string): Promise<void> {
  await page.locator(`[data-card="${id}"]`).hover()
  await page.mouse.down()
  const [edge, middle] = [1420, 450]
  await page.mouse.move(edge - 200, middle, { steps: 8 })
  let box = await column(page, stage).boundingBox()
  for (; box === null || box.x + box.width > edge; box = await column(page, stage).boundingBox()) {
    await page.mouse.move(edge, middle, { steps: 2 })
  }
  await page.mouse.move(box.x + box.width / 2, middle, { steps: 6 })
  await page.mouse.up()
}

it('asks a lead that is dragged to Won for amount and dates, and shows the win to both wire APIs', async () => {
  const id = await desk.accepted({ firstName: 'Ines', lastName: 'Okafor' })
  const page = await desk.visit('/board')
  await cardIn(page, 'New', id).waitFor()
  await dragTo(page, id, 'Won')
  const dialog = page.getByRole('dialog', { name: 'Move Ines Okafor to Won' })
  await dialog.getByRole('radio', { name: /^Lead won/ }).check()
  expect(await dialog.getByRole('textbox').count() + (await dialog.locator('input[type=date]').count())).toBe(4)
  const report = dialog.getByRole('button', { name: 'Report', exact: true })
  await report.click()
  await dialog.getByText('Write the amount of the job.').waitFor()
  expect(await dialog.getByText('Choose a day, or tick the box.').count()).toBe(2)
  await dialog.getByLabel('Job amount').fill('18500.50')
  await dialog.getByLabel('Estimated start', { exact: true }).fill('2027-05-04')
  await dialog.getByLabel('Estimated completion', { exact: true }).fill('2027-05-03')
  await report.click()
  await dialog.getByText('Not before estimated start.').waitFor()
  await dialog.getByLabel('Estimated completion: to be determined').check()
  expect(await dialog.getByLabel('Estimated completion', { exact: true }).inputValue()).toBe('')
  await report.click()
  await page.getByText('Ines Okafor: Lead won').waitFor()
  await cardIn(page, 'Won', id).getByText('$18,500.50').waitFor()
  const vendor = await expectOk(desk.vendor('GET', `/general-leads/${id}`))
  expect(vendor.body['data']).toMatchObject({
    status: 'LEAD_WON',
    jobAmount: 18500.5,
    completionDateTbd: true,
    estimatedCompletionDate: null,
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
  await page.getByText('Picked up Pia Roth from New.').waitFor({ state: 'attached' })
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

it('takes a move back that the server refuses, and says why', async () => {
  const id = await desk.accepted({ firstName: 'Sol', lastName: 'Vega' })
  const page = await desk.visit('/board')
  await cardIn(page, 'New', id).getByRole('button', { name: 'Move Sol Vega to…' }).click()
  await page.getByRole('menuitem', { name: 'In conversation' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move Sol Vega to In conversation' })
  await dialog.getByRole('radio', { name: 'Contact made' }).check()
  await expectOk(desk.vendor('PUT', `/general-leads/${id}/status`, { body: { status: 'JOB_WON', jobAmount: 700 } }))
  await dialog.getByRole('button', { name: 'Report', exact: true }).click()
  await dialog.getByText('Someone changed this lead').waitFor()
  await dialog.getByText('It is now at “Job won”').waitFor()
  await dialog.getByRole('button', { name: 'Report all the same' }).click()
  await dialog.getByText('The status was not reported').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await cardIn(page, 'Won', id).waitFor()
  await cardIn(page, 'In conversation', id).waitFor({ state: 'detached' })
  expect(await desk.lead(id)).toMatchObject({ status: 'JOB_WON', jobAmount: '700.00' })
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
