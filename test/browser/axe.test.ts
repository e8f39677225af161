import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { openBrowser, signIn as signInToApi } from '../native/accounts/browser.ts'
import { clientOf } from '../native/client.ts'
import { expectOk } from './desk.ts'
import { makeStage, PHONE, settled, signIn } from './support.ts'
import { violations } from './violations.ts'

const stage = await makeStage({ SECRET_KEY: 'a key of at least 32 characters for tests' })
afterAll(() => stage.close())

const call = clientOf(stage.server, stage.company)
const offer = await stage.server.offer(stage.company.companyId)
const [lead, declined, deleted] = [
  await accepted('Robin'),
  await stage.server.offer(stage.company.companyId),
  await accepted('Gone'),
]
await expectOk(call('POST', `/leads/${declined}/decline`, { body: { reason: 'Too far away' } }))
await expectOk(call('DELETE', `/leads/${deleted}`))
const hook = { url: 'https://crm.invalid/hook', description: 'CRM' }
const endpoint = (await expectOk(call('POST', '/webhook-endpoints', { body: hook }))).body['id']

const member = await joined('Omar Reyes')

/** A colleague who has followed the admin's link. */
async function joined(name: string): Promise<{ email: string; password: string }> {
  const email = 'omar.reyes@example.com'
  const password = 'a few words of his own'
  const admin = await signInToApi(stage.server.baseUrl, stage.company)
  const invited = await expectOk(admin.call('POST', '/invitations', { body: { email, role: 'member' } }))
  const token = String(invited.body['link']).split('/').at(-1)
  const colleague = openBrowser(stage.server.baseUrl)
  await expectOk(colleague.call('POST', `/invitations/by-token/${token}`, { body: { name, password } }))
  return { email, password }
}

async function accepted(firstName: string): Promise<number> {
  const id = await stage.server.offer(stage.company.companyId, { firstName })
  await expectOk(call('POST', `/leads/${id}/accept`))
  return id
}

/** The path of the company's public form. */
async function publicForm(): Promise<string> {
  const form = { enabled: true, title: 'Ask for a quote', intro: 'In a few words.', categories: ['Sunroom'] }
  const { body } = await expectOk(call('PATCH', '/company', { body: { form } }))
  return `/forms/${(body['form'] as { slug: string }).slug}`
}

const INSIDE = [
  '/',
  '/board',
  '/leads',
  '/leads?deleted=true',
  '/leads?q=nobody',
  `/leads/${lead}`,
  `/leads/${offer}`,
  `/leads/${declined}`,
  `/leads/${deleted}`,
  '/leads/999999999',
  '/reports',
  '/settings/profile',
  '/settings/company',
  '/settings/follow-up',
  '/settings/lists',
  '/settings/users',
  '/settings/access',
  '/settings/webhooks',
  `/settings/webhooks/${endpoint}`,
  '/settings/connections',
  '/settings/form',
  '/settings/health',
  '/conflicts',
]
const SETTINGS = INSIDE.filter((address) => address.startsWith('/settings/'))
const PAGES = INSIDE.filter((address) => !SETTINGS.includes(address))
const UNKNOWN = '/no/such/page'
const OUTSIDE = ['/sign-in', '/forgot-password', '/reset-password/unknown', '/invitation/unknown', UNKNOWN]

/** What is found on each page, under its address: all of it at once, and nothing of pages that are in order. */
async function findings<T>(page: Page, addresses: readonly string[], look: (page: Page) => Promise<readonly T[]>) {
  const found: Record<string, readonly T[]> = {}
  for (const address of addresses) {
    await page.goto(address)
    await settled(page)
    const here = await look(page)
    if (here.length > 0) found[address] = here
  }
  return found
}

/** Pixels that the page is wider than the screen. */
async function overflow(page: Page): Promise<number[]> {
  const pixels = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  return pixels > 0 ? [pixels] : []
}

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  it('no page that is open to all has a serious violation', async () => {
    const page = await stage.open({ colorScheme })
    expect(await findings(page, OUTSIDE, violations)).toEqual({})
    await page.context().close()
  })

  it.each([
    ['page behind the log-in', PAGES],
    ['part of the settings', SETTINGS],
  ])('no %s has a serious violation', async (_what, addresses) => {
    const page = await stage.openSignedIn('/', { colorScheme })
    expect(await findings(page, addresses, violations)).toEqual({})
    await page.context().close()
  })

  it('no page has one for a member, who sees and may not change', async () => {
    const page = await stage.open({ colorScheme })
    await signIn(page, member)
    expect(await findings(page, SETTINGS, violations)).toEqual({})
    await page.context().close()
  })

  it('no page of the operator has a serious violation', async () => {
    const page = await stage.open({ colorScheme })
    await signIn(page, await stage.server.operator(), '/operator')
    expect(await findings(page, ['/operator', '/settings/profile'], violations)).toEqual({})
    await page.context().close()
  })
})

it('the list of pages above lacks none that the portal leads to', async () => {
  const page = await stage.openSignedIn('/settings')
  const links = page.locator('nav a[href]')
  const linked = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  expect(linked.filter((address) => address !== '/settings' && !INSIDE.includes(address))).toEqual([])
  expect(linked).toContain('/settings/health')
  await page.context().close()
})

it.each([PHONE, { width: 360, height: 740 }])('no page is wider than a phone of $width pixels', async (viewport) => {
  const page = await stage.open({ viewport, isMobile: true, hasTouch: true })
  expect(await findings(page, OUTSIDE, overflow)).toEqual({})
  await page.goto(await publicForm())
  expect(await overflow(page)).toEqual([])
  await page.getByLabel('First name').fill('Only a name')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Please check what you entered').waitFor()
  expect(await overflow(page)).toEqual([])
  await signIn(page, stage.company)
  expect(await findings(page, [...INSIDE, UNKNOWN], overflow)).toEqual({})
  await page.context().clearCookies()
  await signIn(page, await stage.server.operator(), '/operator')
  expect(await findings(page, ['/operator', '/settings/profile', UNKNOWN], overflow)).toEqual({})
  expect(stage.faults()).toEqual([])
  await page.context().close()
})
