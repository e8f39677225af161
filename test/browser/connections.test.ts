import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { type Client, clientOf } from '../native/client.ts'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'
import { expectOk, makeDesk } from './desk.ts'
import { isFocused, settled } from './support.ts'
import { violationsInBoth } from './violations.ts'

const desk = await makeDesk({
  SYNC_ALLOW_PRIVATE_ADDRESSES: 'true',
  SECRET_KEY: 'a key of at least 32 characters for tests',
})
const upstream = await startServer({ CONSTRUCTIONONLINE_LIMITS: 'hour:500', RENOVATIONFIND_LIMITS: '5m:250' })
afterAll(async () => {
  await desk.close()
  await upstream.close()
})
const account: TestCompany = await upstream.company()
const there: Client = clientOf(upstream, account)

/** A lead that the upstream company works on; gives its number there. */
async function leadThere(server: TestServer, fields: Record<string, unknown>): Promise<number> {
  const id = await server.offer(account.companyId, fields)
  await expectOk(there('POST', `/leads/${id}/accept`))
  return id
}

/** The lead here that a lead there has become. */
async function leadHere(name: string): Promise<number> {
  const { body } = await expectOk(desk.native('GET', `/leads?q=${encodeURIComponent(name)}`))
  return (body as { leads: { id: number }[] }).leads[0]?.id ?? -1
}

async function pick(page: Page, connection: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${connection}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

describe('an account of ConstructionOnline', () => {
  it('is connected by the dialog: its leads come in, and what opens it is never seen again', async () => {
    await leadThere(upstream, { firstName: 'Nadia', lastName: 'Stone', city: 'Canmore', phone: '403-555-0101' })
    await leadThere(upstream, { firstName: 'Piet', lastName: 'Vos' })
    const page = await desk.visit('/settings/connections')
    await page.getByText('Nothing is connected yet').waitFor()
    await page.getByRole('button', { name: 'Connect ConstructionOnline' }).click()
    const dialog = page.getByRole('dialog', { name: 'Connect ConstructionOnline' })
    await dialog.getByLabel('Name').fill('Head office')
    await dialog.getByLabel('Address').fill('https://user:secret@example.com')
    await dialog.getByLabel('E-mail').fill(account.email)
    await dialog.getByLabel('API key').fill(account.apiKey)
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await dialog.getByText('Fill this in.').waitFor()
    await dialog.getByLabel('Password', { exact: true }).fill(account.password)
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await dialog.getByText('must not hold a user or a password').waitFor()
    await dialog.getByLabel('Address').fill(`${upstream.baseUrl}/api/Leads`)
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await dialog.waitFor({ state: 'detached' })
    const row = page.getByRole('listitem', { name: 'Head office' })
    await row.getByText('Healthy').waitFor()
    await row.getByText('2 made here').waitFor()
    await row.getByRole('meter', { name: 'Head office, calls a month' }).waitFor({ state: 'attached' })
    expect(await page.content()).not.toContain(account.apiKey)
    expect(await page.content()).not.toContain(account.password)

    await page.goto(`/leads/${await leadHere('Nadia Stone')}`)
    await page.getByRole('list', { name: 'Linked to' }).getByText('Both sides agreed').waitFor()
    await page.context().close()
  })

  it('shows what both sides changed, and a click settles it on both', async () => {
    const id = await leadHere('Nadia Stone')
    const { links } = (await desk.native('GET', `/leads/${id}/links`)).body as { links: { upstreamId: string }[] }
    const number = links[0]?.upstreamId
    const page = await desk.visit('/settings/connections')
    await pick(page, 'Head office', 'Pause')
    const row = page.getByRole('listitem', { name: 'Head office' })
    await row.getByText('Paused').waitFor()
    await expectOk(
      desk.native('PATCH', `/leads/${id}`, { body: { city: 'Cochrane', phone: '403-555-0188', notes: 'Ours' } }),
    )
    await expectOk(
      there('PATCH', `/leads/${number}`, { body: { city: 'Airdrie', phone: '587-555-0109', type: 'Repair' } }),
    )
    await page.getByRole('button', { name: 'Go on: Head office' }).click()
    await row.getByRole('link', { name: '2 to settle' }).waitFor()

    await page.goto('/conflicts')
    await page.getByRole('region', { name: 'Nadia Stone' }).getByRole('listitem', { name: 'City' }).waitFor()
    expect(await violationsInBoth(page)).toEqual([])
    await page.getByRole('link', { name: 'Nadia Stone' }).click()
    const card = page.getByRole('region', { name: 'Conflicts' })
    const city = card.getByRole('listitem', { name: 'City' })
    await city.getByText('Before, both had: Canmore').waitFor()
    await city.getByText('Cochrane').waitFor()
    expect(await violationsInBoth(page)).toEqual([])
    await city.getByRole('button', { name: 'Take theirs' }).press('Enter')
    await city.waitFor({ state: 'detached' })
    const ours = card.getByRole('listitem', { name: 'Phone' }).getByRole('button', { name: 'Keep ours' })
    await expect.poll(() => isFocused(ours)).toBe(true)
    await page.getByRole('region', { name: 'Customer' }).getByText('Airdrie').waitFor()
    await ours.press('Enter')
    await card.waitFor({ state: 'detached' })
    await expect.poll(() => isFocused(page.getByRole('main'))).toBe(true)
    await page.getByRole('link', { name: 'Conflicts' }).waitFor({ state: 'detached' })

    const fields = { city: 'Airdrie', phone: '403-555-0188', notes: 'Ours', type: 'Repair' }
    expect(await desk.lead(id)).toMatchObject(fields)
    const told = async () => (await there('GET', `/leads/${number}`)).body
    // The account's limits keep half a minute between two lists.
    await expect.poll(told, { timeout: 60_000, interval: 200 }).toMatchObject(fields)
    await page.context().close()
  }, 150_000)

  it('is edited without its credentials, says what is wrong with new ones, and keeps a history', async () => {
    const page = await desk.visit('/settings/connections')
    await pick(page, 'Head office', 'Edit')
    const edit = page.getByRole('dialog', { name: 'Edit “Head office”' })
    await edit.getByText('kept encrypted').waitFor()
    await edit.getByRole('button', { name: 'When both sides changed a field' }).click()
    await edit.getByRole('combobox', { name: 'A field with a rule of its own' }).click()
    await page.getByRole('option', { name: 'Notes' }).click()
    await edit.getByRole('combobox', { name: 'Rule for Notes' }).waitFor()
    await edit.getByRole('button', { name: 'Save' }).click()
    await edit.waitFor({ state: 'detached' })
    const { connections } = (await desk.native('GET', '/connections')).body as { connections: object[] }
    expect(connections).toMatchObject([{ fieldRules: { '*': 'ask', notes: 'ours' }, state: 'healthy' }])

    await pick(page, 'Head office', 'Edit')
    await edit.getByLabel('Address').fill('http://127.0.0.1:1')
    await edit.getByText('The kept credentials belong to the old address').waitFor()
    await edit.getByLabel('Address').fill(upstream.baseUrl)
    await edit.getByRole('button', { name: 'Replace' }).click()
    await edit.getByLabel('E-mail').fill(account.email)
    await edit.getByLabel('Password', { exact: true }).fill('not the right one')
    await edit.getByLabel('API key').fill(account.apiKey)
    await edit.getByRole('button', { name: 'Save' }).click()
    const row = page.getByRole('listitem', { name: 'Head office' })
    await row.getByText('Broken').waitFor()
    await row.getByText('Put in the credentials that hold now.').waitFor()
    expect(await violationsInBoth(page)).toEqual([])
    await pick(page, 'Head office', 'History')
    const history = page.getByRole('dialog', { name: 'History of Head office' })
    await history.getByText('2 made here').waitFor()
    await history.getByText('Failed').first().waitFor()
    await history.getByRole('button', { name: 'Close' }).click()
    await history.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('is removed after a word on what stays', async () => {
    const page = await desk.visit('/settings/connections')
    await pick(page, 'Head office', 'Remove')
    const dialog = page.getByRole('dialog', { name: 'Remove “Head office”?' })
    await dialog.getByText('every lead, here and there').waitFor()
    await dialog.getByRole('button', { name: 'Remove connection' }).click()
    await page.getByText('Nothing is connected yet').waitFor()
    await page.goto(`/leads/${await leadHere('Nadia Stone')}`)
    await page.getByRole('heading', { level: 1, name: 'Nadia Stone' }).waitFor()
    await settled(page)
    expect(await page.getByRole('list', { name: 'Linked to' }).count()).toBe(0)
    await page.context().close()
  })
})

it('brings a lead of RenovationFind in by its number, from the command palette', async () => {
  const number = await upstream.offer(account.companyId, { firstName: 'Iris', lastName: 'Hahn' })
  const page = await desk.visit('/settings/connections')
  await page.getByRole('button', { name: 'Connect RenovationFind' }).click()
  const connect = page.getByRole('dialog', { name: 'Connect RenovationFind' })
  await connect.getByLabel('Address').fill(`${upstream.baseUrl}/rest-api-v1`)
  await connect.getByLabel('Token').fill(account.token)
  await connect.getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('listitem', { name: 'RenovationFind' }).getByText('Healthy').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Search leads and commands' }).fill('accept or link')
  await page.getByText('Accept or link a lead of RenovationFind').click()
  const dialog = page.getByRole('dialog', { name: 'Bring a lead in from RenovationFind' })
  await dialog.getByLabel('Number of the lead').fill('seven')
  await dialog.getByRole('button', { name: 'Accept and bring in' }).click()
  await dialog.getByText('Enter the number of the lead there.').waitFor()
  await dialog.getByLabel('Number of the lead').fill(String(number))
  await dialog.getByRole('button', { name: 'Accept and bring in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Iris Hahn' }).waitFor()
  await page.getByRole('list', { name: 'Linked to' }).getByText(`no. ${number}`).waitFor()
  expect((await there('GET', `/leads/${number}`)).body).toMatchObject({ action: 'ACCEPTED' })
  expect(desk.faults()).toEqual([])
  await page.context().close()
})

it('a member sees how connections are doing, and asks an admin for more', async () => {
  const page = await desk.visitAs('Omar Reyes', '/settings/connections')
  await page.getByText('Only an admin can add, change and remove connections').waitFor()
  await page.getByRole('listitem', { name: 'RenovationFind' }).getByText('Healthy').waitFor()
  expect(await page.getByRole('button', { name: 'Connect' }).count()).toBe(0)
  expect(await violationsInBoth(page)).toEqual([])
  await page.context().close()
})
