import { afterAll, expect, it } from 'vitest'
import { makeStage } from './support.ts'

const stage = await makeStage({ CONSTRUCTIONONLINE_LIMITS: 'hour:500,day:10000,week:50000,month:200000' })
afterAll(() => stage.close())

const listLeads = (token: string) =>
  fetch(`${stage.server.baseUrl}/rest-api-v1/general-leads`, { headers: { authorization: `Bearer ${token}` } })

it('issues a token, shows it once, and revokes it: its next call is refused', async () => {
  const page = await stage.openSignedIn('/settings/access')
  await page.getByRole('button', { name: 'Issue a token' }).click()
  const asking = page.getByRole('dialog', { name: 'Issue a token' })
  await asking.getByRole('button', { name: 'Issue' }).click()
  await asking.getByText('Name the program that will use it.').waitFor()
  await asking.getByLabel('Name').fill('Website sync')
  await asking.getByRole('button', { name: 'Issue' }).click()
  const issued = page.getByRole('dialog', { name: 'Your new token' })
  const token = (await issued.locator('code').first().textContent()) ?? ''
  expect(await issued.locator('code').nth(1).textContent()).toContain(token)
  await page.keyboard.press('Escape')
  await issued.getByRole('button', { name: 'I have kept it' }).click()
  await issued.waitFor({ state: 'hidden' })
  expect((await page.content()).includes(token)).toBe(false)
  expect((await listLeads(token)).status).toBe(200)

  await page.getByRole('button', { name: 'Revoke token Website sync' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click()
  await page.getByText('Token “Website sync” is revoked').waitFor()
  expect((await listLeads(token)).status).toBe(401)
  await page.context().close()
})

it('issues a key that works at once, counts its calls, and revokes it', async () => {
  const page = await stage.openSignedIn('/settings/access')
  await page.getByRole('button', { name: 'Issue a key' }).click()
  const asking = page.getByRole('dialog', { name: 'Issue a key' })
  await asking.getByLabel('Name').fill('Accounting export')
  await page.keyboard.press('Enter')
  const issued = page.getByRole('dialog', { name: 'Your new key' })
  const key = (await issued.locator('code').first().textContent()) ?? ''
  await issued.getByRole('button', { name: 'I have kept it' }).click()
  const { email, password } = stage.company
  const headers = { apikey: key, authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}` }
  const listBy = () => fetch(`${stage.server.baseUrl}/api/Leads?skip=0&take=5`, { headers })
  expect((await listBy()).status).toBe(200)

  await page.reload()
  const hour = page.getByRole('meter', { name: 'Calls of Accounting export, this hour' })
  expect(await hour.getAttribute('aria-valuetext')).toBe('1 of 500')

  await page.getByRole('button', { name: 'Revoke key Accounting export' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click()
  await page.getByText('Key “Accounting export” is revoked').waitFor()
  expect((await listBy()).status).toBe(401)
  expect(stage.faults()).toEqual([])
  await page.context().close()
})
