import type { Page } from 'playwright-core'
import { STATUS_WORDS } from '../../portal/words.ts'
import type { Caller } from './demo-caller.ts'
import type { Form, Place, Who } from './shots.ts'

/** Something done on a page; `call` is a program of the same company. */
export type Step = (page: Page, call: Caller) => Promise<unknown>

/** What opens on a page, or stands there after something was done. */
export interface State {
  readonly name: string
  readonly address: string | Place
  readonly who?: Who
  /** Every form when absent. */
  readonly forms?: readonly Form[]
  readonly steps: readonly Step[]
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const choose = (name: string | RegExp) => (page: Page) => page.getByRole('menuitem', { name }).click()
const keys = (name: string) => (page: Page) => page.keyboard.press(name)
const fill = (label: string, text: string) => (page: Page) => page.getByLabel(label, { exact: true }).first().fill(text)
const inDialog = (name: string) => (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

/** The dialogs and forms of the pages, and what stands there when nothing was found or something is wrong. */
export const STATES: readonly State[] = [
  { name: 'sign-in-refused', address: '/sign-in', who: 'visitor', steps: [refuseSignIn] },
  { name: 'palette', address: '/', steps: [keys('Control+k'), fill('Search leads and commands', 'mar')] },
  { name: 'shortcuts', address: '/', forms: ['desktop'], steps: [keys('?')] },
  { name: 'own-menu', address: '/', steps: [(page) => page.locator('button[aria-haspopup="menu"]:visible').click()] },
  { name: 'new-lead', address: '/', steps: [press('New lead')] },
  { name: 'report', address: '/', steps: [press(/^Report on/)] },
  { name: 'decline', address: 'offer', steps: [press('Decline')] },
  { name: 'accepted', address: '/', steps: [press(/^Accept/)] },
  { name: 'move-menu', address: '/board', steps: [pressInNew] },
  { name: 'move-won', address: '/board', steps: [pressInNew, choose('Won')] },
  { name: 'board-nothing-found', address: '/board?q=nobody+of+this+name', steps: [] },
  { name: 'leads-nothing-found', address: '/leads?q=nobody+of+this+name', steps: [] },
  { name: 'leads-filtered', address: '/leads?boardStage=Estimate&requiresAction=true', steps: [] },
  { name: 'filters', address: '/leads', steps: [press('Filters')] },
  { name: 'views', address: '/leads', steps: [press('Views')] },
  { name: 'columns', address: '/leads', forms: ['desktop'], steps: [press('Columns')] },
  { name: 'selected', address: '/leads', forms: ['desktop'], steps: [selectRows] },
  { name: 'selected', address: '/leads', forms: ['phone'], steps: [press('More'), choose('Select leads'), selectRows] },
  { name: 'status-refused', address: 'lead', steps: [press('Report what happened'), reportWonOfNothing] },
  { name: 'edit-customer', address: 'lead', steps: [press('Edit customer'), press('More fields')] },
  { name: 'edit-conflict', address: 'lead', steps: [press('Edit customer'), editMeanwhile, press('Save')] },
  { name: 'preview-picture', address: 'won', steps: [press(/^Kitchen.*jpg$/)] },
  { name: 'preview-pdf', address: 'won', steps: [press(/^Contract.*pdf$/), drawPdf] },
  { name: 'delete-file', address: 'won', steps: [press(/^Delete Contract/)] },
  { name: 'report-table', address: '/reports', steps: [press('Show table')] },
  { name: 'settings-changed', address: '/settings/company', steps: [fill('Name', 'Maple Ridge')] },
  { name: 'invite', address: '/settings/users', steps: [press('Invite somebody')] },
  {
    name: 'token',
    address: '/settings/access',
    steps: [press('Issue a token'), fill('Name', 'Website'), inDialog('Issue')],
  },
  { name: 'two-factor', address: '/settings/profile', steps: [press('Turn on')] },
  { name: 'connect', address: '/settings/connections', steps: [press('Connect ConstructionOnline')] },
  { name: 'endpoint-new', address: '/settings/webhooks', steps: [press('Add an endpoint')] },
  { name: 'endpoint-attempt', address: 'endpoint', steps: [press(/lead \d+/)] },
  { name: 'endpoint-replay', address: 'endpoint', steps: [press('Send again…')] },
  { name: 'operator-offer', address: '/operator', who: 'operator', steps: [press('Offer a lead')] },
  { name: 'operator-add', address: '/operator', who: 'operator', steps: [press('Add a company')] },
  { name: 'public-form-refused', address: 'public-form', who: 'visitor', steps: [sendForm] },
  { name: 'public-form-sent', address: 'public-form', who: 'visitor', steps: [takeTime, sendForm] },
]

/** What opens on the pages of a connected company. */
export const CONNECTED_STATES: readonly State[] = [
  { name: 'connection-runs', address: '/settings/connections', steps: [press('More about'), choose('History')] },
  { name: 'connection-edit', address: '/settings/connections', steps: [press('More about'), choose('Edit')] },
]

async function refuseSignIn(page: Page): Promise<void> {
  await fill('E-mail address', 'somebody@example.com')(page)
  await fill('Password', 'not the right one')(page)
  await press('Sign in')(page)
  await page.getByRole('alert').first().waitFor()
}

async function pressInNew(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'New', exact: true }).getByRole('button', { name: /^Move/ }).first().click()
}

async function selectRows(page: Page): Promise<void> {
  const boxes = page.getByRole('checkbox', { name: /^Select (?!the )/ })
  for (const place of [0, 1, 2]) await boxes.nth(place).check()
}

async function reportWonOfNothing(page: Page): Promise<void> {
  const form = page.getByRole('form', { name: 'Report a status' })
  await form.getByRole('combobox', { name: 'What happened?' }).fill(STATUS_WORDS.LEAD_WON)
  await page.getByRole('option', { name: STATUS_WORDS.LEAD_WON, exact: true }).click()
  await form.getByRole('button', { name: 'Report', exact: true }).click()
}

async function editMeanwhile(page: Page, call: Caller): Promise<void> {
  const before = await page.getByLabel('City', { exact: true }).inputValue()
  await fill('City', 'Okotoks')(page)
  await call('PATCH', new URL(page.url()).pathname, { city: before === 'Airdrie' ? 'Cochrane' : 'Airdrie' })
  await page.getByText('This lead was changed meanwhile').waitFor()
}

/** The browser's viewer takes a while, and says nothing when it is done. */
async function drawPdf(page: Page): Promise<void> {
  await page.locator('iframe').waitFor()
  await page.waitForTimeout(4000)
}

/** Who sends at once is taken for a program. */
async function takeTime(page: Page): Promise<void> {
  await page.waitForTimeout(5000)
}

async function sendForm(page: Page): Promise<void> {
  await page.getByLabel('First name').fill('Noor')
  await page.getByLabel('Phone').fill('(403) 555-0177')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.waitForLoadState()
}
