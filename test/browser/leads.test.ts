import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

const NAMES = ['Amir', 'Beth', 'Cleo', 'Drew', 'Elif', 'Finn'] as const
const ids = new Map<string, number>()
beforeAll(async () => {
  for (const [place, firstName] of NAMES.entries()) {
    const category = place < 3 ? 'Deck' : 'Roof, "flat"'
    const fields = { firstName, lastName: 'Tabler', phone: `403-555-020${place}`, category, city: 'Calgary' }
    ids.set(firstName, await desk.accepted(fields))
  }
})

/** The names in the table, from top to bottom. */
async function namesIn(page: Page): Promise<string[]> {
  const links = await page.getByRole('table').getByRole('link').allTextContents()
  return links.map((name) => name.replace(' Tabler', ''))
}

const expectNames = (page: Page, names: readonly string[]) =>
  expect.poll(() => namesIn(page), { timeout: 20_000 }).toEqual(names)

it('finds a lead by its phone in another notation, and opens it from the row', async () => {
  const page = await desk.visit('/leads')
  await expectNames(page, NAMES.toReversed())
  await page.getByLabel('Search leads').fill('+1 (403) 5550 202')
  await expectNames(page, ['Cleo'])
  await page.getByText('1 lead', { exact: true }).waitFor()
  await page.getByRole('cell', { name: 'Deck' }).click()
  await page.getByRole('heading', { level: 1, name: 'Cleo Tabler' }).waitFor()
  await page.goBack()
  expect(await page.getByLabel('Search leads').inputValue()).toBe('+1 (403) 5550 202')
  await expectNames(page, ['Cleo'])
  await page.context().close()
})

it('keeps filters and order in the address, through reload and the back button', async () => {
  await expectOk(desk.native('POST', `/leads/${ids.get('Beth')}/status`, { body: { status: 'QUOTE_SENT' } }))
  const page = await desk.visit('/leads')
  await page.getByRole('button', { name: 'Filters' }).click()
  const drawer = page.getByRole('dialog', { name: 'Filters' })
  await drawer.getByRole('combobox', { name: 'Stage' }).click()
  await page.getByRole('option', { name: 'New', exact: true }).click()
  await page.keyboard.press('Escape')
  await drawer.getByRole('button', { name: 'Show the leads' }).click()
  await drawer.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Lead', exact: true }).click()
  const inOrder = ['Amir', 'Cleo', 'Drew', 'Elif', 'Finn']
  await expectNames(page, inOrder)
  expect(new URL(page.url()).search).toBe('?boardStage=New&sort=name')
  await page.reload()
  await expectNames(page, inOrder)
  await page.getByRole('button', { name: 'Remove the filter New' }).click()
  await expectNames(page, NAMES)
  await page.goBack()
  await expectNames(page, inOrder)
  await page.getByRole('group', { name: 'Filters in use' }).getByText('New').waitFor()
  await page.context().close()
})

it('assigns several leads at once, and takes it back on wish', async () => {
  const page = await desk.visitAs('Omar Reyes', '/leads?sort=name')
  const assignee = async (name: string) => (await desk.lead(ids.get(name) ?? 0))['assignee']
  for (const name of ['Amir', 'Drew']) await page.getByRole('checkbox', { name: `Select ${name} Tabler` }).check()
  const bar = page.getByRole('region', { name: 'Selected leads' })
  await bar.getByText('2 selected').waitFor()
  await bar.getByRole('button', { name: 'Assign' }).click()
  await page.getByRole('menuitem', { name: 'Omar Reyes' }).click()
  await page.getByText('2 assigned to Omar Reyes').waitFor()
  await page.getByRole('row').filter({ hasText: 'Amir' }).getByText('Omar Reyes').waitFor()
  expect([await assignee('Amir'), await assignee('Beth')]).toMatchObject([{ name: 'Omar Reyes' }, null])
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('row').filter({ hasText: 'Amir' }).getByText('Omar Reyes').waitFor({ state: 'detached' })
  expect([await assignee('Amir'), await assignee('Drew')]).toEqual([null, null])
  await page.context().close()
})

async function openViews(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Views', exact: true }).click()
  return page.getByRole('dialog').filter({ hasText: 'Save this view…' })
}

it('saves a view under a name, for its user alone', async () => {
  const page = await desk.visit('/leads?category=Deck&sort=name')
  await expectNames(page, ['Amir', 'Beth', 'Cleo'])
  await (await openViews(page)).getByRole('button', { name: 'Save this view…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save this view' })
  await dialog.getByLabel('Name').fill('Decks by name')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved the view Decks by name').waitFor()
  await page.context().close()

  const again = await desk.visit('/leads')
  await (await openViews(again)).getByRole('button', { name: 'Decks by name', exact: true }).click()
  await expectNames(again, ['Amir', 'Beth', 'Cleo'])
  await again.context().close()
  const other = await desk.visitAs('Omar Reyes', '/leads')
  await (await openViews(other)).getByText('A view keeps filters, search and order under a name').waitFor()
  await other.context().close()
})

/** The text of the file that a press downloads. */
async function downloaded(page: Page, press: () => Promise<void>): Promise<string> {
  const coming = page.waitForEvent('download')
  await press()
  const download = await coming
  expect(download.suggestedFilename()).toMatch(/\.csv$/)
  return readFile(await download.path(), 'utf8')
}

it('exports the leads of the filter, or those selected, as CSV', async () => {
  const page = await desk.visit('/leads?category=Roof%2C+%22flat%22&sort=name')
  await expectNames(page, ['Drew', 'Elif', 'Finn'])
  const whole = await downloaded(page, async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Export these leads as CSV' }).click()
  })
  expect(whole.match(/\w+ Tabler/g)).toEqual(['Drew Tabler', 'Elif Tabler', 'Finn Tabler'])
  expect(whole).toContain('"Roof, ""flat"""')
  await page.getByRole('checkbox', { name: 'Select Elif Tabler' }).check()
  const part = await downloaded(page, () =>
    page.getByRole('region', { name: 'Selected leads' }).getByRole('link', { name: 'Export' }).click(),
  )
  expect(part.match(/\w+ Tabler/g)).toEqual(['Elif Tabler'])
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
