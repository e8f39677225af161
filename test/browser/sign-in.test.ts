import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { makeStage, signIn } from './support.ts'

const stage = await makeStage()
afterAll(() => stage.close())

/** As a session ends by time: the browser still has its cookie. */
async function endSession(page: Page): Promise<void> {
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const { baseUrl } = stage.server
  const ended = await fetch(`${baseUrl}/v1/session`, { method: 'DELETE', headers: { cookie, origin: baseUrl } })
  expect(ended.status).toBe(204)
}

it('sends whoever is not signed in to the log-in, and on to the wanted page afterwards', async () => {
  const page = await stage.open()
  await page.goto('/settings/company')
  await page.waitForURL('**/sign-in?**')
  await page.getByLabel('E-mail address').fill(stage.company.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(stage.company.password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/company')
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await page.context().close()
})

it('keeps no secret where scripts could read it', async () => {
  const page = await stage.openSignedIn()
  const kept = await page.evaluate<string[]>(
    '[document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]',
  )
  expect(kept.join(' ')).not.toContain(stage.company.password)
  expect(kept[0]).toBe('')
  const cookies = await page.context().cookies()
  expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
    { httpOnly: true, sameSite: 'Lax' },
  ])
  await page.context().close()
})

it('asks to sign in again when the session has ended, and carries out what was begun', async () => {
  const page = await stage.openSignedIn('/settings/company')
  await page.getByLabel('Name', { exact: true }).fill('Renamed Renovations')
  await endSession(page)
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' })
  await dialog.getByLabel('Password', { exact: true }).fill(stage.company.password)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('Company saved').waitFor()
  const rows = await stage.server.db.query<{ name: string }>({
    text: 'SELECT name FROM company WHERE id = $1',
    values: [stage.company.companyId],
  })
  expect(rows[0]?.name).toBe('Renamed Renovations')
  await page.context().close()
})

it('signs out', async () => {
  const page = await stage.open()
  await signIn(page, stage.company)
  await page.request.delete('/v1/session', { headers: { origin: stage.server.baseUrl } })
  await page.goto('/board')
  await page.waitForURL('**/sign-in?**')
  expect(stage.faults()).toEqual([])
  await page.context().close()
})

it('says of what the page asks for by itself that nobody is there, so that the session can end', async () => {
  const page = await stage.open()
  await page.clock.install()
  await signIn(page, stage.company)
  const askLater = async () => {
    const asking = page.waitForRequest(/\/v1\/conflicts/)
    await page.clock.runFor(21_000)
    const request = await asking
    await request.response()
    return request.headers()['x-leadwright-unattended'] ?? 'no'
  }
  const asked: string[] = []
  for (let i = 0; i < 5; i += 1) asked.push(await askLater())
  expect([asked[0], asked.at(-1)]).toEqual(['no', 'true'])
  await page.keyboard.press('Shift')
  expect(await askLater()).toBe('no')
  await page.context().close()
})
