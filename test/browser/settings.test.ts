import { readFile } from 'node:fs/promises'
import { afterAll, expect, it } from 'vitest'
import { makeStage } from './support.ts'

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

it('overwrites nothing that somebody else set meanwhile, and shows it', async () => {
  const page = await stage.openSignedIn('/settings/lists')
  const type = async (text: string) => {
    await page.getByLabel('New word for Types').fill(text)
    await page.getByLabel('New word for Types').press('Enter')
    await page.getByRole('button', { name: 'Save' }).click()
  }
  await setElsewhere({ types: ['Commercial'] })
  await type('Residential')
  await page.getByText('Somebody else changed these settings meanwhile').waitFor()
  await page.getByRole('button', { name: 'Remove Commercial' }).waitFor()
  expect(await page.getByRole('button', { name: 'Remove Residential' }).count()).toBe(0)
  // What stands on another page is in nobody's way.
  await setElsewhere({ name: 'Elm & Sons' })
  await type('Residential')
  await page.getByText('Lists saved').waitFor()
  const words = await page.getByRole('group', { name: 'Types' }).getByRole('listitem').allTextContents()
  expect(words).toEqual(['Commercial', 'Residential'])
  await page.context().close()
})

async function setElsewhere(settings: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${stage.server.baseUrl}/v1/company`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${stage.company.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  })
  expect(response.status).toBe(200)
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
