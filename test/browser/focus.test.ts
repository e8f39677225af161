import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'
import { isFocused, settled } from './support.ts'

const desk = await makeDesk({ SECRET_KEY: 'a key of at least 32 characters for tests' })
afterAll(() => desk.close())

await desk.offered({ category: 'Deck' })
const lead = await desk.accepted({ firstName: 'Robin', lastName: 'Vance' })
const file = new FormData()
file.append('file', new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }), 'offer.pdf')
await expectOk(desk.vendor('POST', `/general-leads/${lead}/attachments`, { body: file }))
const account = { kind: 'constructiononline', baseUrl: 'https://upstream.invalid', name: 'Head office', enabled: false }
const credentials = { email: 'office@elm.example', password: 'a password', apiKey: 'a-key' }
await expectOk(desk.native('POST', '/connections', { body: { ...account, credentials } }))
const hook = { url: 'https://crm.invalid/hook', description: 'CRM' }
const endpoint = (await expectOk(desk.native('POST', '/webhook-endpoints', { body: hook }))).body['id']
// The second one can be switched off: nobody may switch off themselves.
const colleague = await desk.visitAs('Omar Reyes', '/')
await colleague.context().close()

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, exact: true }).first()

/** What is opened, where, by which button, and by which item where the button has a menu. */
const OPENED: readonly [what: string, at: string, by: (page: Page) => Locator, item?: string][] = [
  ['a new lead', '/', button('New lead')],
  ['a decline', '/', button('Decline Deck')],
  ['a report', '/', button('Report on Robin Vance')],
  ['filters', '/leads', button('Filters')],
  ['a move', '/board', button('Move Robin Vance to…'), 'Contacting'],
  ['the end of a file', `/leads/${lead}`, button('Delete offer.pdf')],
  ['a preview', `/leads/${lead}`, button('offer.pdf')],
  ['an invitation', '/settings/users', button('Invite somebody')],
  ['the end of a user', '/settings/users', button('More about Omar Reyes'), 'Switch off'],
  ['a token', '/settings/access', button('Issue a token')],
  ['a key', '/settings/access', button('Issue a key')],
  ['the end of a key', '/settings/access', button(/^Revoke key/)],
  ['an endpoint', '/settings/webhooks', button('Add an endpoint')],
  ['a replay', `/settings/webhooks/${endpoint}`, button('Send again…')],
  ['a changed endpoint', `/settings/webhooks/${endpoint}`, button('More about the endpoint'), 'Change'],
  ['a connection', '/settings/connections', button('Connect'), 'ConstructionOnline'],
  ['a changed connection', '/settings/connections', button('More about Head office'), 'Edit'],
  ['a history', '/settings/connections', button('More about Head office'), 'History'],
  ['the end of a connection', '/settings/connections', button('More about Head office'), 'Remove'],
  ['a new address of the form', '/settings/form', button('Renew the address')],
  ['the second factor', '/settings/profile', button('Turn on')],
]

const holdsFocus = (place: Locator) => place.evaluate((element) => element.contains(document.activeElement))

it.each(OPENED)('%s opens and closes by keyboard, and gives the focus back', async (_what, at, by, item) => {
  const page = await desk.visit(at)
  await settled(page)
  // Its code comes the first time only.
  for (const _time of ['first', 'second']) {
    await by(page).focus()
    await page.keyboard.press('Enter')
    if (item !== undefined) {
      await page.getByRole('menuitem', { name: item }).focus()
      await page.keyboard.press('Enter')
    }
    const dialog = page.getByRole('dialog')
    await expect.poll(() => holdsFocus(dialog)).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => isFocused(by(page))).toBe(true)
  }
  await page.context().close()
})

it('a dialog that takes the place of another gives the focus back to what opened the first', async () => {
  const page = await desk.visit('/settings/access')
  const opener = button('Issue a token')(page)
  await opener.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Issue a token' }).getByLabel('Name').fill('A program')
  await page.keyboard.press('Enter')
  const issued = page.getByRole('dialog', { name: 'Your new token' })
  await expect.poll(() => holdsFocus(issued)).toBe(true)
  await issued.getByRole('button', { name: 'I have kept it' }).press('Enter')
  await issued.waitFor({ state: 'detached' })
  await expect.poll(() => isFocused(opener)).toBe(true)
  await page.context().close()
})

it('who saves a view goes on at the list of views, and who runs a command from the palette at what had the focus', async () => {
  const page = await desk.visit('/leads')
  await settled(page)
  const views = button('Views')(page)
  await views.focus()
  await page.keyboard.press('Enter')
  await button('Save this view…')(page).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Save this view' })
  await expect.poll(() => holdsFocus(dialog)).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => isFocused(views)).toBe(true)
  for (const _time of ['first', 'second']) {
    await page.keyboard.press('Control+k')
    const search = page.getByRole('textbox', { name: 'Search leads and commands' })
    await expect.poll(() => isFocused(search)).toBe(true)
    await page.keyboard.press('Escape')
    await search.waitFor({ state: 'detached' })
    await expect.poll(() => isFocused(views)).toBe(true)
  }
  await page.context().close()
})

it('who signs in again after the end of a session goes on in the page', async () => {
  const page = await desk.visit('/settings/company')
  await page.getByLabel('Name', { exact: true }).fill('Elm')
  await page.context().clearCookies()
  await button('Save')(page).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' })
  await dialog.getByLabel('Password', { exact: true }).fill(desk.company.password)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => holdsFocus(page.locator('main'))).toBe(true)
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
