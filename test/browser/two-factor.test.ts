import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { makeStage, signIn } from './support.ts'

const stage = await makeStage({ SECRET_KEY: 'a key of at least 32 characters for tests' })
afterAll(() => stage.close())

const PERIOD_MS = 30_000

/** What the authenticator shows `ahead` periods from now: a code lets in once only. */
function codeOf(secret: string, ahead = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * PERIOD_MS })
}

async function turnOn(page: Page): Promise<{ secret: string; recoveryCodes: string[] }> {
  await page.getByRole('button', { name: 'Turn on' }).click()
  const dialog = page.getByRole('dialog', { name: 'Turn on two-factor sign-in' })
  await dialog.getByLabel('Password', { exact: true }).fill('not the password')
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await dialog.getByText('This is not the password of this user.').waitFor()
  await dialog.getByLabel('Password', { exact: true }).fill(stage.company.password)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(' ', '')
  await dialog.getByLabel('Digit 1 of 6').pressSequentially('000000')
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Digit 1 of 6').pressSequentially(codeOf(secret))
  const codes = page.getByRole('dialog', { name: 'Keep your recovery codes' })
  await codes.waitFor()
  const recoveryCodes = await codes.locator('li').allTextContents()
  await codes.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('Password and code').waitFor()
  return { secret, recoveryCodes: recoveryCodes.map((code) => code.trim()) }
}

it('is turned on with a phone, asks for its code or a recovery code, and is turned off', async () => {
  const page = await stage.openSignedIn('/settings/profile')
  const { secret, recoveryCodes } = await turnOn(page)
  expect(new Set(recoveryCodes).size).toBeGreaterThanOrEqual(8)
  await page.context().close()

  const phone = await stage.open()
  await signInWith(phone, codeOf(secret, 1))
  await phone.context().close()

  const [first = ''] = recoveryCodes
  const lost = await stage.open()
  await beginSignIn(lost)
  await answer(lost, '000000')
  await lost.getByRole('alert').waitFor()
  await lost.getByRole('button', { name: 'Use a recovery code' }).click()
  await lost.getByLabel('Recovery code').fill(first)
  await lost.keyboard.press('Enter')
  await lost.waitForURL('**/settings/profile')

  await lost.getByRole('button', { name: 'Turn off' }).click()
  const dialog = lost.getByRole('dialog', { name: 'Turn off two-factor sign-in?' })
  await dialog.getByLabel('Password', { exact: true }).fill('not the password')
  await dialog.getByRole('button', { name: 'Turn off' }).click()
  await dialog.getByText('This is not the password of this user.').waitFor()
  await dialog.getByLabel('Password', { exact: true }).fill(stage.company.password)
  await dialog.getByRole('button', { name: 'Turn off' }).click()
  await lost.getByText('Password only').waitFor()
  await lost.context().close()

  const plain = await stage.open()
  await signIn(plain, stage.company)
  expect(stage.faults()).toEqual([])
  await plain.context().close()
})

async function beginSignIn(page: Page): Promise<void> {
  await page.goto('/settings/profile')
  await page.getByLabel('E-mail address').fill(stage.company.email)
  await page.getByLabel('Password', { exact: true }).fill(stage.company.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function answer(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code from your authenticator app').fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function signInWith(page: Page, code: string): Promise<void> {
  await beginSignIn(page)
  await answer(page, code)
  await page.waitForURL('**/settings/profile')
}
