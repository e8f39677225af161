import { afterAll, expect, it } from 'vitest'
import { makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

it('creates a lead, and says on the way that the customer is known already', async () => {
  await desk.accepted({ firstName: 'Rosa', lastName: 'Lindt', email: 'rosa@example.com', phone: '403-555-0166' })
  const page = await desk.visit('/')
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'New lead' })
  const create = dialog.getByRole('button', { name: 'Create lead' })
  await create.click()
  await dialog.getByText('Write at least a name, a company, a phone number or an e-mail address.').waitFor()
  await dialog.getByLabel('Phone').fill('+1 (403) 555 0166')
  await dialog.getByText('This customer may be known already').waitFor()
  await dialog.getByRole('link', { name: 'Rosa Lindt' }).waitFor()
  await dialog.getByLabel('Phone').fill('403-555-0199')
  await dialog.getByText('This customer may be known already').waitFor({ state: 'detached' })
  await dialog.getByLabel('First name').fill('Rosalie')
  await dialog.getByLabel('E-mail').fill('nobody')
  await create.click()
  await expect.poll(() => dialog.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true')
  await dialog.getByLabel('E-mail').fill('rosalie@example.com')
  await dialog.getByRole('button', { name: 'Value, assignee and more' }).click()
  await dialog.getByLabel('Estimated value').fill('2500.75')
  await create.click()
  await page.getByRole('heading', { level: 1, name: 'Rosalie' }).waitFor()
  const id = Number(new URL(page.url()).pathname.split('/').at(-1))
  expect(await desk.lead(id)).toMatchObject({
    source: 'portal',
    boardStage: 'New',
    value: '2500.75',
    action: 'ACCEPTED',
  })
  expect(await desk.online.read(id)).toMatchObject({ EMAIL: 'rosalie@example.com', LEAD_STATUS: 'Open' })
  await page.context().close()
})

it('deletes a lead, and brings it back on wish, at once and later', async () => {
  const id = await desk.accepted({ firstName: 'Vera', lastName: 'Malik' })
  const page = await desk.visit(`/leads/${id}`)
  const remove = async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete lead' }).click()
    await page.getByText('Vera Malik is deleted.').waitFor()
  }
  await remove()
  expect((await desk.vendor('GET', `/general-leads/${id}`)).status).toBe(404)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('heading', { level: 1, name: 'Vera Malik' }).waitFor()
  await page.getByRole('region', { name: 'Timeline' }).getByText('restored this lead').waitFor()
  expect((await desk.vendor('GET', `/general-leads/${id}`)).status).toBe(200)

  await remove()
  await page.goto('/leads?deleted=true')
  await page.getByRole('link', { name: 'Vera Malik' }).click()
  await page.getByText('This lead is deleted').waitFor()
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByText('This lead is deleted').waitFor({ state: 'detached' })
  expect(await desk.lead(id)).toMatchObject({ deletedAt: null })
  expect(desk.faults()).toEqual([])
  await page.context().close()
})

it('shows HTML of a lead as text and links, and runs nothing of it', async () => {
  const projectDetailsHtml =
    '<p>Two <b>bay</b> windows</p><script>window.hacked = 1</script><img src="x" onerror="window.hacked = 1">' +
    '<a href="javascript:window.hacked = 1">bad</a> <a href="https://example.com/plan">plan</a>'
  const id = await desk.accepted({ firstName: 'Html', lastName: 'Sender', projectDetailsHtml })
  const page = await desk.visit(`/leads/${id}`)
  const request = page.getByRole('region', { name: 'Request' })
  await request.locator('b').getByText('bay').waitFor()
  expect(await request.getByRole('link', { name: 'plan' }).getAttribute('rel')).toContain('noopener')
  expect(await request.getByText('bad').getAttribute('href')).toBeNull()
  expect(await request.locator('img, script').count()).toBe(0)
  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
  await page.context().close()
})
