import { afterAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'
import { violationsInBoth } from './violations.ts'

const desk = await makeDesk({ SECRET_KEY: 'a key of at least 32 characters for tests' })
afterAll(() => desk.close())

it('accepts an offer, whose customer can be called from then on', async () => {
  const id = await desk.offered({ category: 'Deck', firstName: 'Ada', lastName: 'Moss', phone: '403-555-0101' })
  const page = await desk.visit('/')
  const offers = page.getByRole('region', { name: 'Offers waiting for your answer' })
  const row = offers.getByRole('listitem').filter({ hasText: 'Deck' })
  expect(await row.textContent()).not.toContain('Moss')
  await row.getByRole('button', { name: 'Accept Deck' }).click()
  await page.getByText('Ada Moss is yours: the contact details are open now.').waitFor()
  await row.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Ada Moss' }).waitFor()
  expect(await page.getByRole('link', { name: 'Call (403) 555-0101' }).getAttribute('href')).toBe('tel:4035550101')
  expect((await desk.vendor('GET', `/general-leads/${id}`)).body['data']).toMatchObject({
    vendorLeadAction: 'ACCEPTED',
  })
  await page.context().close()
})

it('declines an offer, and wants a reason for it', async () => {
  const id = await desk.offered({ category: 'Roofing', lastName: 'Pike' })
  const page = await desk.visit('/')
  await page.getByRole('button', { name: 'Decline Roofing' }).click()
  const dialog = page.getByRole('dialog', { name: 'Decline this offer' })
  const decline = dialog.getByRole('button', { name: 'Decline', exact: true })
  await dialog.getByLabel('Reason').fill('   ')
  expect(await decline.isDisabled()).toBe(true)
  await dialog.getByText('Fully booked').click()
  // Browsers differ in where a text that was put there leaves the caret.
  await dialog.getByLabel('Reason').press('End')
  await dialog.getByLabel('Reason').pressSequentially(' until May')
  await decline.click()
  await page.getByText('Roofing was declined.').waitFor()
  await page.getByRole('button', { name: 'Decline Roofing' }).waitFor({ state: 'detached' })
  expect(await desk.lead(id)).toMatchObject({ action: 'DECLINED', declineReason: 'Fully booked until May' })
  await page.goto(`/leads/${id}`)
  await page.getByText('Reason: Fully booked until May').waitFor()
  expect(await page.content()).not.toContain('Pike')
  await page.context().close()
})

it('says what happened with a new lead, from the list itself', async () => {
  const id = await desk.accepted({ firstName: 'Noor', lastName: 'Haddad' })
  const page = await desk.visit('/')
  const newest = page.getByRole('region', { name: 'Newest' })
  await newest.getByRole('button', { name: 'Report on Noor Haddad' }).click()
  const dialog = page.getByRole('dialog', { name: 'Report: Noor Haddad' })
  await dialog.getByLabel('What happened?').fill('Contact')
  await page.getByRole('option', { name: 'Contact made' }).click()
  await dialog.getByRole('button', { name: 'Report', exact: true }).click()
  await page.getByText('Noor Haddad: contact made.').waitFor()
  await newest.getByRole('link', { name: 'Open Noor Haddad' }).waitFor()
  expect(await desk.lead(id)).toMatchObject({ status: 'CONTACT_MADE', boardStage: 'In conversation' })
  expect(desk.faults()).toEqual([])
  await page.context().close()
})

it('tells an admin, and nobody else, of what has stopped by itself', async () => {
  const url = 'https://crm.invalid/hook'
  const made = await expectOk(desk.native('POST', '/webhook-endpoints', { body: { url } }))
  const { id } = made.body as { id: number }
  await desk.server.db.query({
    text: `UPDATE webhook_endpoint SET disabled_at = now(), disabled_reason = 'gone' WHERE id = $1`,
    values: [id],
  })
  const page = await desk.visit('/')
  const trouble = page.getByRole('alert', { name: 'Not everything gets through' })
  await trouble.getByText(`The webhook to ${url} was switched off: the receiver says that it is gone.`).waitFor()
  expect(await violationsInBoth(page)).toEqual([])
  await trouble.getByRole('link', { name: 'Look at it' }).click()
  await page.getByRole('heading', { name: 'Webhooks' }).waitFor()
  await page.context().close()
  const member = await desk.visitAs('Omar Reyes', '/')
  await member.getByRole('region', { name: 'Newest' }).waitFor()
  expect(await member.getByRole('alert').count()).toBe(0)
  await member.context().close()
})
