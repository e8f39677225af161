import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { databaseUrl, documentOf, run } from '../cli/harness.ts'
import { makeDesk } from './desk.ts'
import { signIn } from './support.ts'

const SECRET_KEY = 'a key of at least 32 characters for tests'
const desk = await makeDesk({ SECRET_KEY })
afterAll(() => desk.close())

it('a deleted lead lies in the trash, and comes back from there', async () => {
  const id = await desk.accepted({ firstName: 'Tess', lastName: 'Binns' })
  const page = await desk.visit(`/leads/${id}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete lead' }).click()
  await page.waitForURL('**/leads')
  await page.getByText('Tess Binns is deleted.').waitFor()
  expect(await desk.lead(id)).toMatchObject({ deletedAt: expect.any(String) })
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Show the trash' }).click()
  await page.getByRole('heading', { level: 1, name: 'Trash' }).waitFor()
  await page.getByRole('checkbox', { name: 'Select Tess Binns' }).check()
  await page.getByRole('region', { name: 'Selected leads' }).getByRole('button', { name: 'Restore' }).click()
  await page.getByText('The trash is empty').waitFor()
  expect(await desk.lead(id)).toMatchObject({ deletedAt: null })
  await page.getByRole('button', { name: 'Back to the leads' }).click()
  await page.getByRole('table').getByRole('link', { name: 'Tess Binns' }).waitFor()
  await page.context().close()
})

/** Past the time that a finger has to rest before it takes a card, and well before a drag is taken for a scroll. */
const HELD_MS = 500

/** A finger that rests on a card, takes it along and lets go. */
async function dragByTouch(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  const finger = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  await touch('touchStart', [from])
  await sleep(HELD_MS)
  for (let step = 1; step <= 10; step += 1) {
    const part = step / 10
    await touch('touchMove', [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }])
  }
  await page.getByText('Over Contacting.').waitFor({ state: 'attached' })
  await touch('touchEnd', [])
  await finger.detach()
}

it('a card that a finger rests on can be dragged, on a phone held sideways', async () => {
  const id = await desk.accepted({ firstName: 'Lena', lastName: 'Touch' })
  const viewport = { width: 932, height: 430 }
  const page = await desk.visit('/board', { viewport, hasTouch: true, isMobile: true, deviceScaleFactor: 2 })
  const column = page.getByRole('region', { name: 'Contacting', exact: true })
  const card = page.locator(`[data-card="${id}"]`)
  await card.waitFor()
  const overhang = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  expect(await page.evaluate<number>(overhang)).toBe(0)
  await column.scrollIntoViewIfNeeded()
  const [start, end] = [await card.boundingBox(), await column.boundingBox()]
  if (start === null || end === null) throw new Error('The board is not there.')
  const from = { x: start.x + 40, y: start.y + start.height - 12 }
  await dragByTouch(page, from, { x: Math.min(end.x + end.width / 2, viewport.width - 60), y: end.y + 120 })
  const dialog = page.getByRole('dialog', { name: 'Move Lena Touch to Contacting' })
  await dialog.getByRole('radio', { name: 'Homeowner contacted' }).check()
  await dialog.getByRole('button', { name: 'Report', exact: true }).tap()
  await column.locator(`[data-card="${id}"]`).waitFor()
  expect(await desk.lead(id)).toMatchObject({ status: 'HOMEOWNER_CONTACTED' })
  await page.context().close()
})

it('an operator adds a company and offers it a lead, which its admin finds and accepts', async () => {
  const page = await desk.open()
  await signIn(page, await desk.server.operator(), '/operator')
  await page.getByRole('button', { name: 'Add a company' }).first().click()
  const adding = page.getByRole('dialog', { name: 'Add a company' })
  const [email, password] = ['first@birch.example', 'a few long words']
  await adding.getByLabel('Company', { exact: true }).fill('Birch Builders')
  await adding.getByLabel('E-mail of its first admin').fill(email)
  await adding.getByLabel('First password').fill(password)
  await adding.getByRole('button', { name: 'Add' }).click()
  const added = page.getByRole('dialog', { name: 'Birch Builders is added' })
  const token = await added.locator('code').filter({ hasText: /^eyJ/ }).textContent()
  await added.getByRole('button', { name: /^I have/ }).click()
  await page.getByRole('button', { name: 'Offer a lead to Birch Builders' }).click()
  const offering = page.getByRole('dialog', { name: 'Offer a lead' })
  await offering.getByLabel('First name').fill('Mara')
  await offering.getByLabel('Last name').fill('Hill')
  await offering.getByLabel('Phone').fill('403-555-0177')
  await offering.getByLabel('Category').fill('Sunroom')
  await offering.getByRole('button', { name: 'Offer', exact: true }).click()
  await page.getByText(/^Lead \d+ is offered$/).waitFor()
  await page.context().close()

  const office = await desk.open()
  await signIn(office, { email, password })
  const offers = office.getByRole('region', { name: 'Offers waiting for your answer' })
  const row = offers.getByRole('listitem').filter({ hasText: 'Sunroom' })
  expect(await row.textContent()).not.toContain('Hill')
  await row.getByRole('button', { name: 'Accept Sunroom' }).click()
  await office.getByRole('button', { name: 'Open', exact: true }).click()
  await office.getByRole('heading', { level: 1, name: 'Mara Hill' }).waitFor()
  await office.getByRole('link', { name: 'Call (403) 555-0177' }).waitFor()
  const id = new URL(office.url()).pathname.split('/').at(-1)
  const headers = { authorization: `Bearer ${token}` }
  const seen = await fetch(`${desk.server.baseUrl}/rest-api-v1/general-leads/${id}`, { headers })
  expect(await seen.json()).toMatchObject({ data: { vendorLeadAction: 'ACCEPTED' } })
  await office.context().close()
})

it('whoever forgot the password gets in by the link of the operator’s command, which works once', async () => {
  const { email } = desk.company
  const env = { DATABASE_URL: databaseUrl(desk.server.db.connection), PUBLIC_URL: desk.server.baseUrl, SECRET_KEY }
  const { link } = documentOf(await run(env, ['user', 'reset-link', '--email', email, '--json']))
  const page = await desk.open()
  await page.goto(String(link))
  await page.getByLabel('New password').fill('password1234')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page
    .getByText(/most common/)
    .first()
    .waitFor()
  await page.getByLabel('New password').fill('four words of my own')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByRole('heading', { name: 'Your password is changed' }).waitFor()
  await signIn(page, { email, password: 'four words of my own' })
  await page.goto(String(link))
  await page.getByLabel('New password').fill('another few words')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('This link was used already').waitFor()
  expect(desk.faults()).toEqual([])
  await page.context().close()
})
