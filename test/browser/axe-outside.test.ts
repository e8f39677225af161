import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { signIn as signInToApi } from '../native/accounts/browser.ts'
import { openMailServer } from '../native/accounts/mail-server.ts'
import { expectOk, makeDesk } from './desk.ts'
import { settled, signIn } from './support.ts'
import { violations, violationsInBoth } from './violations.ts'

const mail = await openMailServer()
const desk = await makeDesk({
  SECRET_KEY: 'a key of at least 32 characters for tests',
  SMTP_URL: mail.url,
  MAIL_FROM: 'desk@lead.example',
  PUBLIC_URL: 'https://lead.example',
})
afterAll(async () => {
  await desk.close()
  await mail.close()
})

const { baseUrl } = desk.server

/** The path of the link in a message. */
async function linkIn(message: ReturnType<typeof mail.next>): Promise<string> {
  const [link = ''] = (await message).text.match(/https:\S+/) ?? []
  return new URL(link).pathname
}

/** Notes under a name what is found on the page, in both colours; nothing where it is in order. */
async function look(page: Page, found: Record<string, readonly string[]>, what: string): Promise<void> {
  await settled(page)
  const here = await violationsInBoth(page)
  if (here.length > 0) found[what] = here
}

it('an invitation that is good has no serious violation, and its form none with its refusals', async () => {
  const admin = await signInToApi(baseUrl, desk.company)
  await expectOk(admin.call('POST', '/invitations', { body: { email: 'sam@elm.example', role: 'member' } }))
  const page = await desk.open()
  await page.goto(await linkIn(mail.next('sam@elm.example')))
  await page.getByRole('heading', { level: 1, name: /^Join / }).waitFor()
  const found: Record<string, readonly string[]> = {}
  await look(page, found, 'invitation')
  await page.getByLabel('Your name').fill('Sam')
  await page.getByLabel('Password', { exact: true }).fill('password1234')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBeGreaterThan(0)
  await look(page, found, 'refusal')
  expect(found).toEqual({})
  await page.context().close()
})

it('the way to a new password has none, from the question to the changed password', async () => {
  const person = await desk.server.company()
  const page = await desk.open()
  const found: Record<string, readonly string[]> = {}
  await page.goto('/forgot-password')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await look(page, found, 'look into your mail')
  await page.goto(await linkIn(mail.next(person.email)))
  await page.getByLabel('New password').fill('password1234')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect.poll(() => page.locator('[aria-invalid=true]').count()).toBeGreaterThan(0)
  await look(page, found, 'refusal')
  await page.getByLabel('New password').fill('a few quite other words')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByRole('heading', { name: 'Your password is changed' }).waitFor()
  await look(page, found, 'your password is changed')
  expect(found).toEqual({})
  await page.context().close()
})

it('signing in has none, with a wrong password, at the code, and with a wrong code', async () => {
  const person = await desk.server.company()
  const admin = await signInToApi(baseUrl, person)
  const begun = await expectOk(admin.call('POST', '/me/two-factor', { body: { password: person.password } }))
  const code = new TOTP({ secret: Secret.fromBase32(String(begun.body['secret'])) }).generate()
  await expectOk(admin.call('POST', '/me/two-factor/confirm', { body: { code } }))
  const page = await desk.open()
  const found: Record<string, readonly string[]> = {}
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  await look(page, found, 'wrong password')
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Code from your authenticator app').waitFor()
  await look(page, found, 'code')
  await page.getByLabel('Code from your authenticator app').fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  await look(page, found, 'wrong code')
  await page.getByRole('button', { name: 'Use a recovery code' }).click()
  await page.getByLabel('Recovery code').waitFor()
  await look(page, found, 'recovery code')
  expect(found).toEqual({})
  await page.context().close()
})

it('an address that nobody knows has none, and leads on, whoever asks', async () => {
  const found: Record<string, readonly string[]> = {}
  const operator = await desk.open()
  await signIn(operator, await desk.server.operator(), '/operator')
  const [visitor, user] = [await desk.open(), await desk.visit('/')]
  for (const [who, page, next] of [
    ['visitor', visitor, '/sign-in'],
    ['user', user, '/'],
    ['operator', operator, '/operator'],
  ] as const) {
    const response = await page.goto('/no/such/page')
    expect(response?.status()).toBe(404)
    await page.getByRole('main').getByRole('heading', { level: 1, name: 'There is no page at this address' }).waitFor()
    await expect.poll(() => page.title()).toBe('There is no page at this address · Leadwright')
    await look(page, found, who)
    await page.getByRole('link', { name: 'Go to the first page' }).click()
    await page.waitForURL((url) => url.pathname === next)
    await page.context().close()
  }
  expect(found).toEqual({})
})

describe.each(['light', 'dark'] as const)('in %s colours the public form', (colorScheme) => {
  it('has none: empty, refused, sent, and where there is none', async () => {
    const form = { enabled: true, title: 'Ask for a quote', thanks: 'We will call you.', categories: ['Sunroom'] }
    const { body } = await expectOk(desk.native('PATCH', '/company', { body: { form } }))
    const path = `/forms/${(body['form'] as { slug: string }).slug}`
    const page = await desk.open({ colorScheme })
    const found: Record<string, readonly string[]> = {}
    const lookHere = async (what: string) => {
      const here = await violations(page)
      if (here.length > 0) found[what] = here
    }
    await page.goto(path)
    await lookHere('empty')
    await page.getByLabel('First name').fill('Only a name')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('leave an e-mail address or a phone number').first().waitFor()
    await lookHere('refused')
    await page.getByLabel('Phone').fill('403 555 0123')
    const thanks = page.getByText('We will call you.')
    while ((await thanks.count()) === 0) {
      await page.getByRole('button', { name: 'Send' }).click()
      await thanks.or(page.getByText('press Send again')).waitFor()
      await lookHere('sent')
    }
    await page.goto(`${path}-no-more`)
    await lookHere('no form')
    expect(found).toEqual({})
    expect(desk.faults()).toEqual([])
    await page.context().close()
  })
})
