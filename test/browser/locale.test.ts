import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { STATUS_WORDS } from '../../portal/words.ts'
import { expectOk, makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

const GERMAN = { locale: 'de-DE' } as const
const CANADIAN = { locale: 'en-CA' } as const

/** Key by key, as people do it: a separator is read in the moment in which it is typed. */
async function retype(input: Locator, text: string): Promise<void> {
  await input.fill('')
  await input.pressSequentially(text)
}

async function openOffice(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Edit office' }).click()
  return page.getByRole('form', { name: 'Office' })
}

const officeOf = (page: Page) => page.getByRole('region', { name: 'Office' })

describe('an amount is written as in the user’s language', () => {
  it.each([
    ['de-DE', '1.200,00', '18.500,50', '18.500,50'],
    ['en-CA', '1,200.00', '18,500.50', '$18,500.50'],
    ['fr-CA', '1 200,00', '18500,5', '18 500,50'],
  ])('on the card of a lead, in %s', async (locale, before, typed, shown) => {
    const id = await desk.accepted({ firstName: 'Ada', lastName: 'Moss' })
    await expectOk(desk.native('PATCH', `/leads/${id}`, { body: { value: '1200' } }))
    const page = await desk.visit(`/leads/${id}`, { locale })
    const form = await openOffice(page)
    const value = form.getByLabel('Value', { exact: true })
    expect((await value.inputValue()).replace(/\s/g, ' ')).toBe(before)
    await form.getByRole('button', { name: 'Save' }).click()
    await form.waitFor({ state: 'detached' })
    expect(await desk.lead(id)).toMatchObject({ value: '1200.00' })
    await openOffice(page)
    await retype(value, typed)
    await form.getByRole('button', { name: 'Save' }).click()
    await form.waitFor({ state: 'detached' })
    expect(await desk.lead(id)).toMatchObject({ value: '18500.50' })
    await officeOf(page).getByText(shown).waitFor()
    await openOffice(page)
    await value.fill('')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.waitFor({ state: 'detached' })
    expect(await desk.lead(id)).toMatchObject({ value: null })
    await page.context().close()
  })

  it.each([
    ['de-DE', '2.500,75'],
    ['en-CA', '2,500.75'],
  ])('of a new lead, in %s', async (locale, typed) => {
    const page = await desk.visit('/', { locale })
    await page.keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: 'New lead' })
    await dialog.getByLabel('First name').fill('Rosalie')
    await dialog.getByRole('button', { name: 'Value, assignee and more' }).click()
    await retype(dialog.getByLabel('Estimated value'), typed)
    await dialog.getByRole('button', { name: 'Create lead' }).click()
    await page.getByRole('heading', { level: 1, name: 'Rosalie' }).waitFor()
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    expect(await desk.lead(id)).toMatchObject({ value: '2500.75' })
    await page.context().close()
  })
})

it('refuses an amount and a day of a report in the user’s notation', async () => {
  const id = await desk.accepted({ firstName: 'Ines', lastName: 'Okafor' })
  const page = await desk.visit(`/leads/${id}`, GERMAN)
  await page.getByRole('button', { name: 'Report what happened' }).click()
  const form = page.getByRole('form', { name: 'Report a status' })
  await form.getByRole('combobox', { name: 'What happened?' }).fill(STATUS_WORDS.LEAD_WON)
  await page.getByRole('option', { name: STATUS_WORDS.LEAD_WON, exact: true }).click()
  await retype(form.getByLabel('Job amount'), '1.000.000.000.000')
  await form.getByRole('textbox', { name: 'Estimated start' }).fill('0001-01-01')
  await form.getByRole('button', { name: 'Report', exact: true }).click()
  await form.getByText('Less than 1.000.000.000.000.').waitFor()
  await form.getByText(/^Not before \d{1,2}\.\d{1,2}\.\d{4}\.$/).waitFor()
  await page.context().close()
})

it('shows both sides of a conflict in the user’s notation', async () => {
  const id = await desk.accepted({ firstName: 'Max', lastName: 'Berg' })
  await expectOk(desk.native('PATCH', `/leads/${id}`, { body: { value: '1200', openedDate: '2027-05-02' } }))
  const page = await desk.visit(`/leads/${id}`, GERMAN)
  const form = await openOffice(page)
  await retype(form.getByLabel('Value', { exact: true }), '18.500,50')
  await form.getByLabel('Opened').fill('2027-05-04')
  await expectOk(desk.native('PATCH', `/leads/${id}`, { body: { value: '2400', openedDate: '2027-05-03' } }))
  await page.getByText('This lead was changed meanwhile').waitFor()
  await form.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: /changed this too$/ })
  await dialog.getByText(/^Before: 1\.200\s\$$/).waitFor()
  await dialog.getByText(/^18\.500,50\s\$$/).waitFor()
  await dialog.getByText(/^2\.400\s\$$/).waitFor()
  await dialog.getByText('Before: 02.05.2027').waitFor()
  await dialog.getByText('04.05.2027', { exact: true }).waitFor()
  await dialog.getByText('03.05.2027', { exact: true }).waitFor()
  await page.context().close()
})

it('takes one amount for the same however many decimals were typed', async () => {
  const id = await desk.accepted({ firstName: 'Una', lastName: 'Boyle' })
  const page = await desk.visit(`/leads/${id}`, CANADIAN)
  const form = await openOffice(page)
  await retype(form.getByLabel('Value', { exact: true }), '2,400.5')
  await expectOk(desk.native('PATCH', `/leads/${id}`, { body: { value: '2400.50' } }))
  await page.getByText('This lead was changed meanwhile').waitFor()
  await form.getByRole('button', { name: 'Save' }).click()
  await form.waitFor({ state: 'detached' })
  expect(await desk.lead(id)).toMatchObject({ value: '2400.50' })
  await page.context().close()
})

it.each([
  ['de-DE', '02.05.2027', 'Mai 2027', 'Mo', '2. Mai 2027'],
  ['en-CA', 'May 2, 2027', 'May 2027', 'Sun', 'May 2, 2027'],
  ['fr-CA', '2 mai 2027', 'mai 2027', 'dim.', '2 mai 2027'],
])('the calendar of the reports speaks %s', async (locale, shown, month, firstDay, day) => {
  const page = await desk.visit('/reports?from=2027-05-02&to=2027-05-04', { locale })
  const days = page.getByRole('button', { name: 'Days', exact: true })
  expect((await days.textContent())?.startsWith(shown)).toBe(true)
  await days.click()
  const calendar = page.getByRole('table')
  await page.getByRole('button', { name: month, exact: true }).waitFor()
  expect(await calendar.locator('thead th').first().textContent()).toBe(firstDay)
  await calendar.getByRole('button', { name: day, exact: true }).waitFor()
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
