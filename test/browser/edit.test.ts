import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

interface Change {
  readonly actor: { readonly name: string }
}

const customerOf = (page: Page) => page.getByRole('region', { name: 'Customer' })

async function openCustomer(page: Page) {
  await customerOf(page).getByRole('button', { name: 'Edit customer' }).click()
  return page.getByRole('form', { name: 'Customer' })
}

it('edits in place, and tells who changed what from what to what', async () => {
  const id = await desk.accepted({ firstName: 'Hana', lastName: 'Kolar', city: 'Calgary' })
  const page = await desk.visitAs('Omar Reyes', `/leads/${id}`)
  const form = await openCustomer(page)
  await form.getByLabel('City').fill('Okotoks')
  await form.getByLabel('E-mail').fill('not an address')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => form.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')
  await form.getByLabel('E-mail').fill('hana@example.com')
  await form.getByLabel('Phone', { exact: true }).fill('')
  await page.keyboard.press('Enter')
  await page.getByText('Saved.').waitFor()
  await form.waitFor({ state: 'detached' })
  expect(await desk.lead(id)).toMatchObject({ city: 'Okotoks', email: 'hana@example.com', phone: null })
  const entry = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').first()
  await entry.getByText('Omar Reyes').waitFor()
  expect(await entry.textContent()).toContain('City: Calgary → Okotoks')
  expect(await entry.textContent()).toContain('Phone: (403) 555-0142 (emptied)')
  await page.context().close()
})

it('lets two editors of one lead keep what the other did not touch, and asks where both changed a field', async () => {
  const id = await desk.accepted({ firstName: 'Max', lastName: 'Berg', phone: '403-555-0100', city: 'Calgary' })
  const [first, second] = [await desk.visit(`/leads/${id}`), await desk.visitAs('Omar Reyes', `/leads/${id}`)]
  const [mine, theirs] = [await openCustomer(first), await openCustomer(second)]
  await theirs.getByLabel('Phone', { exact: true }).fill('403-555-0177')
  await theirs.getByLabel('Last name').fill('Bergmann')
  await theirs.getByLabel('Address').fill('9 Birch Road')
  await mine.getByLabel('Phone', { exact: true }).fill('403-555-0188')
  await mine.getByLabel('Last name').fill('Berger')
  await mine.getByLabel('City').fill('Airdrie')
  await mine.getByRole('button', { name: 'Save' }).click()
  await first.getByText('Saved.').waitFor()

  await theirs.getByText('This lead was changed meanwhile.').waitFor()
  await theirs.getByRole('button', { name: 'Save' }).click()
  const { entries } = (await desk.native('GET', `/leads/${id}/timeline?limit=1`)).body as { entries: Change[] }
  const who = entries[0]?.actor.name ?? ''
  const dialog = second.getByRole('dialog', { name: `${who} changed this too` })
  const phone = dialog.getByRole('radiogroup', { name: 'Phone' })
  const lastName = dialog.getByRole('radiogroup', { name: 'Last name' })
  await dialog.getByText('Before: 403-555-0100').waitFor()
  expect(await dialog.getByRole('radiogroup').count()).toBe(2)
  const take = dialog.getByRole('button', { name: 'Take these' })
  expect(await take.isDisabled()).toBe(true)
  await phone.getByRole('radio', { name: 'Yours 403-555-0177' }).click()
  await lastName.getByRole('radio', { name: new RegExp(`^${who}, .*Berger$`) }).click()
  await take.click()
  await dialog.waitFor({ state: 'detached' })
  expect(await theirs.getByLabel('City').inputValue()).toBe('Airdrie')
  expect(await theirs.getByLabel('Last name').inputValue()).toBe('Berger')
  await theirs.getByRole('button', { name: 'Save' }).click()
  await second.getByText('Saved.').waitFor()
  expect(await desk.lead(id)).toMatchObject({
    phone: '403-555-0177',
    lastName: 'Berger',
    city: 'Airdrie',
    address: '9 Birch Road',
  })
  await customerOf(first).getByText('9 Birch Road, Airdrie').waitFor()
  for (const page of [first, second]) await page.context().close()
})

it('asks before something typed is left behind', async () => {
  const id = await desk.accepted({ firstName: 'Ola', lastName: 'Nord' })
  const page = await desk.visit(`/leads/${id}`)
  const form = await openCustomer(page)
  await form.getByLabel('City').fill('Banff')
  await page.getByRole('link', { name: 'Board' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await form.getByLabel('City').inputValue()).toBe('Banff')
  await page.getByRole('link', { name: 'Board' }).first().click()
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('heading', { level: 1, name: 'Board' }).waitFor()
  expect(await desk.lead(id)).toMatchObject({ city: 'Calgary' })
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
