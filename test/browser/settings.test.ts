import { readFile } from 'node:fs/promises'
import { afterAll, expect, it } from 'vitest'
import { clientOf } from '../native/client.ts'
import { makeStage } from './support.ts'
import { violationsInBoth } from './violations.ts'

const stage = await makeStage()
afterAll(() => stage.close())

it('invites somebody by a link that is shown once, who then works here as a member', async () => {
  const page = await stage.openSignedIn('/settings/users')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  const asking = page.getByRole('dialog', { name: 'Invite somebody' })
  await asking.getByLabel('E-mail').fill('sam')
  await asking.getByRole('button', { name: 'Invite' }).click()
  await asking.getByText('Enter an e-mail address.').waitFor()
  await asking.getByLabel('E-mail').fill('sam@elm.example')
  await asking.getByRole('button', { name: 'Invite' }).click()
  const issued = page.getByRole('dialog', { name: 'sam@elm.example is invited' })
  const link = (await issued.locator('code').textContent()) ?? ''
  await issued.getByRole('button', { name: 'I have passed it on' }).click()
  await page.getByRole('button', { name: 'Withdraw the invitation of sam@elm.example' }).waitFor()

  const invited = await stage.open()
  await invited.goto(link)
  await invited.getByLabel('Your name').fill('Sam Elm')
  await invited.getByLabel('Password').first().fill('a few long words')
  await invited.keyboard.press('Enter')
  await invited.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  await invited.goto('/settings/company')
  await invited.getByText('Only an admin can change the company').waitFor()
  await invited.goto('/settings/access')
  await invited.getByText('Only an admin can see, issue and revoke').waitFor()
  await invited.context().close()

  await page.reload()
  await page.getByRole('combobox', { name: 'Role of Sam Elm' }).waitFor()
  await page.context().close()
})

it('shows the token of a first try whose answer was lost, and issues no second one', async () => {
  const page = await stage.openSignedIn('/settings/access')
  let isLost = false
  await page.route('**/v1/tokens', async (route) => {
    if (isLost || route.request().method() !== 'POST') return route.continue()
    isLost = true
    await route.fetch()
    await route.abort()
  })
  await page.getByRole('button', { name: 'Issue a token' }).click()
  const asking = page.getByRole('dialog', { name: 'Issue a token' })
  await asking.getByLabel('Name').fill('Lost and found')
  await asking.getByRole('button', { name: 'Issue' }).click()
  await asking.getByText('The server cannot be reached').waitFor()
  await asking.getByRole('button', { name: 'Issue' }).click()
  const token = (await page.getByRole('dialog').locator('code').first().textContent()) ?? ''
  expect((await clientOf(stage.server, { token })('GET', '/company')).status).toBe(200)
  const issued = await stage.server.db.query({
    text: 'SELECT 1 FROM api_token WHERE name = $1',
    values: ['Lost and found'],
  })
  expect(issued).toHaveLength(1)
  await page.context().close()
})

it('does not lose what was typed: it asks before the page is left', async () => {
  const page = await stage.openSignedIn('/settings/lists')
  const word = page.getByLabel('New word for Categories')
  await word.fill('Decks, Roofing')
  await word.press('Enter')
  await page.getByRole('button', { name: 'Move Roofing up' }).click()
  await page.getByRole('link', { name: 'Company', exact: true }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Lists saved').waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Remove Roofing' }).waitFor()
  const words = await page.getByRole('group', { name: 'Categories' }).getByRole('listitem').allTextContents()
  expect(words).toEqual(['Roofing', 'Decks'])
  await page.context().close()
})

it('loses nothing that was typed and overwrites nothing unasked, should somebody else set the same meanwhile', async () => {
  const page = await stage.openSignedIn('/settings/lists')
  const clash = page.getByRole('alert', { name: 'Somebody else changed this, too' })
  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click()
  const add = async (text: string) => {
    await page.getByLabel('New word for Types').fill(text)
    await page.getByLabel('New word for Types').press('Enter')
  }
  const types = () => page.getByRole('group', { name: 'Types' }).getByRole('listitem').allTextContents()
  await setElsewhere({ types: ['Commercial'], sources: ['Fair'] })
  await add('Residential')
  await save()
  await clash.getByText('Nothing of yours is saved yet').waitFor()
  expect(await types()).toEqual(['Residential'])
  expect((await companyNow())['types']).toEqual(['Commercial'])
  expect(await violationsInBoth(page)).toEqual([])
  await clash.getByRole('button', { name: 'Take theirs' }).click()
  await clash.getByText('This is what they saved').waitFor()
  expect(await types()).toEqual(['Commercial'])
  await clash.getByRole('button', { name: 'Back to mine' }).click()
  expect(await types()).toEqual(['Residential'])
  await save()
  await page.getByText('Lists saved').waitFor()
  await clash.waitFor({ state: 'detached' })
  // Their other list was nobody's to overwrite, and is shown now.
  expect(await companyNow()).toMatchObject({ types: ['Residential'], sources: ['Fair'] })
  await page.getByRole('button', { name: 'Remove Fair' }).waitFor()

  await setElsewhere({ types: ['Strata'] })
  await add('Commercial')
  await save()
  await clash.getByRole('button', { name: 'Take theirs' }).click()
  await add('Residential')
  await save()
  await clash.waitFor({ state: 'detached' })
  expect((await companyNow())['types']).toEqual(['Strata', 'Residential'])
  await page.context().close()
})

it('saves over what somebody else set elsewhere without asking', async () => {
  const page = await stage.openSignedIn('/settings/lists')
  const word = page.getByLabel('New word for Stages')
  await setElsewhere({ name: 'Elm & Sons', categories: ['Decks'] })
  await word.fill('Visited')
  await word.press('Enter')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Lists saved').waitFor()
  expect(await companyNow()).toMatchObject({ name: 'Elm & Sons', categories: ['Decks'], stages: ['Visited'] })
  await page.context().close()
})

it('gives the form one new address where two ask for it at once', async () => {
  const page = await stage.openSignedIn('/settings/form')
  const address = page.getByText(/\/forms\/[0-9a-f]{16}$/)
  const before = await address.textContent()
  const renew = page.getByRole('button', { name: 'Renew the address' })
  await renew.click()
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Renew the address' })
  await confirm.waitFor()
  // Only now has the page surely read the settings that it goes by.
  await callElsewhere('POST', '/company/form/new-slug')
  await confirm.click()
  await page.getByText('Somebody else has just given the form a new address').waitFor()
  const { slug } = (await companyNow())['form'] as { slug: string }
  await page.getByText(new RegExp(`/forms/${slug}$`)).waitFor()
  expect(before).not.toContain(slug)
  // What was changed elsewhere is in nobody's way.
  await setElsewhere({ name: 'Elm & Daughters' })
  await confirm.waitFor({ state: 'detached' })
  await renew.click()
  await confirm.click()
  await page.getByText('The form has a new address', { exact: true }).waitFor()
  await page.context().close()
})

const setElsewhere = (settings: Record<string, unknown>) => callElsewhere('PATCH', '/company', settings)
const companyNow = () => callElsewhere('GET', '/company')

async function callElsewhere(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await clientOf(stage.server, stage.company)(method, path, body === undefined ? {} : { body })
  expect(answer.status).toBe(200)
  return answer.body
}

it('keeps follow-up times, and says beside the field what is wrong with one', async () => {
  const page = await stage.openSignedIn('/settings/follow-up')
  const amount = page.getByLabel('Quote sent: how many days')
  await amount.fill('400')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('At most a year: 365 days.').waitFor()
  const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")')
  await expect.poll(focused).toBe('Quote sent: how many days')
  await amount.fill('5')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Follow-up times saved').waitFor()
  await page.reload()
  expect(await page.getByLabel('Quote sent: how many days').inputValue()).toBe('5')
  await page.context().close()
})

it('reports stand in the address, and each has its table and its file', async () => {
  await stage.server.offer(stage.company.companyId, { category: '=HYPERLINK("http://example.com")' })
  const page = await stage.openSignedIn('/reports')
  await page.getByRole('combobox', { name: 'Leads that came' }).click()
  await page.getByRole('option', { name: 'This year' }).click()
  await page.waitForURL('**/reports?period=this-year')
  const funnel = page.getByRole('region', { name: 'Funnel' })
  await funnel.getByRole('img', { name: 'Of 1 lead, 0 reached Won.' }).waitFor()
  await funnel.getByRole('button', { name: 'Show table' }).click()
  await funnel.getByRole('rowheader', { name: 'Offered' }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    funnel.getByRole('button', { name: 'Download “Funnel” as CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^leadwright-funnel-\d{4}-01-01-to-[\d-]+\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  expect(text).toContain('\r\nOffered,1,100,1,0\r\n')
  await page.goto('/reports?from=2001-01-01&to=2001-12-31')
  await page.getByText('No lead came in this period').waitFor()
  expect(stage.faults()).toEqual([])
  await page.context().close()
})
