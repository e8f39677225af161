import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { STATUS_WORDS } from '../../portal/words.ts'
import { expectOk, makeDesk } from './desk.ts'
import { settled, signIn } from './support.ts'
import { violations } from './violations.ts'

const desk = await makeDesk({ SECRET_KEY: 'a key of at least 32 characters for tests' })
afterAll(() => desk.close())

const offer = await desk.offered({ category: 'Deck' })
const lead = await desk.accepted({ firstName: 'Robin', lastName: 'Vance' })
const { company } = desk
const account = { kind: 'constructiononline', baseUrl: 'https://upstream.invalid', name: 'Head office', enabled: false }
const credentials = { email: 'office@elm.example', password: 'a password', apiKey: 'a-key' }
await expectOk(desk.native('POST', '/connections', { body: { ...account, credentials } }))
const hook = { url: 'https://crm.invalid/hook', description: 'CRM' }
const endpoint = (await expectOk(desk.native('POST', '/webhook-endpoints', { body: hook }))).body['id']
const file = new FormData()
file.append('file', new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }), 'offer.pdf')
await expectOk(desk.vendor('POST', `/general-leads/${lead}/attachments`, { body: file }))

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const choose = (name: string) => (page: Page) => page.getByRole('menuitem', { name }).click()

/** What opens, where, and each press on the way: everything is looked at after each of them. */
const OPENED: readonly [what: string, at: string, ...steps: ((page: Page) => Promise<void>)[]][] = [
  ['palette', '/', (page) => page.keyboard.press('Control+k')],
  ['shortcuts', '/', (page) => page.keyboard.press('?')],
  ['own menu', '/', (page) => page.locator('nav[aria-label="Pages"] button[aria-haspopup="menu"]').click()],
  ['new lead', '/', press('New lead')],
  ['decline on Today', '/', press('Decline Deck')],
  ['report on Today', '/', press('Report on Robin Vance')],
  ['decline of an offer', `/leads/${offer}`, press('Decline')],
  ['request as a form', `/leads/${lead}`, press('Edit request')],
  ['customer as a form', `/leads/${lead}`, press('Edit customer'), press('More fields')],
  ['office as a form', `/leads/${lead}`, press('Edit office')],
  ['note', `/leads/${lead}`, press('Write a note')],
  ['more of a lead', `/leads/${lead}`, press('More actions')],
  [
    'a half-typed form',
    `/leads/${lead}`,
    press('Edit customer'),
    (page) => page.getByLabel('First name').fill('Other'),
    (page) => page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name: 'Board' }).click(),
  ],
  [
    'two editors of one field',
    `/leads/${lead}`,
    press('Edit customer'),
    async (page) => {
      await page.getByLabel('City').fill('Okotoks')
      await expectOk(desk.native('PATCH', `/leads/${lead}`, { body: { city: `City ${Math.random()}` } }))
      await page.getByText('This lead was changed meanwhile').waitFor()
    },
    press('Save'),
  ],
  ['end of a file', `/leads/${lead}`, press('Delete offer.pdf')],
  ['picture of a file', `/leads/${lead}`, press(/^offer.pdf/)],
  ['move menu', '/board', press('Move Robin Vance to…'), choose('Won')],
  ['accept on the board', '/board', press('Accept')],
  ['decline on the board', '/board', press('Decline')],
  ['filters', '/leads', press('Filters'), (page) => page.getByRole('combobox', { name: 'Status' }).click()],
  ['columns', '/leads', press('Columns')],
  ['views', '/leads', press('Views'), press('Save this view…')],
  ['more of the list', '/leads', press('More')],
  ['several leads', '/leads', assignMany],
  ['table of a report', '/reports', press('Show table')],
  ['invitation', '/settings/users', press('Invite somebody'), invite],
  ['more of a user', '/settings/users', press('More about')],
  [
    'role',
    '/settings/users',
    (page) =>
      page
        .getByRole('combobox', { name: /^Role of/ })
        .first()
        .click(),
  ],
  ['token', '/settings/access', press('Issue a token'), issue],
  ['key', '/settings/access', press('Issue a key'), issue],
  ['end of a key', '/settings/access', press('Revoke key')],
  [
    'new connection',
    '/settings/connections',
    press('Connect'),
    choose('ConstructionOnline'),
    press('When both sides changed a field'),
    press('How often'),
  ],
  ['history of a connection', '/settings/connections', press('More about'), choose('History')],
  ['changed connection', '/settings/connections', press('More about'), choose('Edit'), press('Replace')],
  ['end of a connection', '/settings/connections', press('More about'), choose('Remove')],
  [
    'a lead by its number',
    '/settings/connections',
    (page) => page.keyboard.press('Control+k'),
    (page) => page.getByRole('textbox', { name: 'Search leads and commands' }).fill('accept or link'),
    (page) => page.keyboard.press('Enter'),
  ],
  ['changed endpoint', `/settings/webhooks/${endpoint}`, press('More about'), choose('Change')],
  [
    'new secret of an endpoint',
    `/settings/webhooks/${endpoint}`,
    press('More about'),
    choose('New secret'),
    press('Make a new secret'),
  ],
  ['end of an endpoint', `/settings/webhooks/${endpoint}`, press('More about'), choose('Delete')],
  ['new address of the form', '/settings/form', press('Renew the address')],
]

const AREAS = [...new Set(OPENED.map(([, at]) => at))]

async function assignMany(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /shown so far/ }).check()
  await press('Assign')(page)
}

async function invite(page: Page): Promise<void> {
  await page.getByRole('dialog').getByLabel('E-mail').fill(`sam${Math.random()}@elm.example`)
  await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('dialog', { name: /is invited$/ }).waitFor()
}

async function issue(page: Page): Promise<void> {
  await page.getByRole('dialog').getByLabel('Name').fill('A program')
  await page.getByRole('dialog').getByRole('button', { name: 'Issue' }).click()
  await page.getByRole('dialog', { name: /^Your new/ }).waitFor()
}

async function look(page: Page): Promise<string[]> {
  const open = '[role=dialog]:visible, [role=menu]:visible, [role=listbox]:visible, [aria-expanded=true], form:visible'
  await page.locator(open).first().waitFor()
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  return violations(page)
}

// Half faded in, everything has too little contrast.
describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  const options = { colorScheme, reducedMotion: 'reduce' } as const

  it.each(AREAS)('nothing that opens on %s has a serious violation', async (area) => {
    const page = await desk.visit('/', options)
    const found: Record<string, readonly string[]> = {}
    for (const [what, at, ...steps] of OPENED.filter((opening) => opening[1] === area)) {
      await page.goto(at)
      await settled(page)
      for (const [place, step] of steps.entries()) {
        await step(page)
        const here = await look(page)
        if (here.length > 0) found[`${what}, step ${place + 1}`] = here
      }
    }
    expect(found).toEqual({})
    await page.context().close()
  })

  it('the status form has none in any of its shapes', async () => {
    const page = await desk.visit(`/leads/${lead}`, options)
    await page.getByRole('button', { name: 'Report what happened' }).click()
    const form = page.getByRole('form', { name: 'Report a status' })
    const status = form.getByRole('combobox', { name: 'What happened?' })
    await status.click()
    const shapes = await page.getByRole('option').allTextContents()
    expect(shapes.length).toBeGreaterThan(10)
    expect(await violations(page)).toEqual([])
    const found: Record<string, readonly string[]> = {}
    for (const shape of shapes) {
      await status.fill(shape)
      await page.getByRole('option', { name: shape, exact: true }).click()
      await form.getByRole('button', { name: 'Report', exact: true }).waitFor()
      const here = await violations(page)
      if (here.length > 0) found[shape] = here
    }
    expect(found).toEqual({})
    // A form that lacks something says so beside its fields.
    await status.fill(STATUS_WORDS.LEAD_WON)
    await page.getByRole('option', { name: STATUS_WORDS.LEAD_WON, exact: true }).click()
    await form.getByRole('button', { name: 'Report', exact: true }).click()
    await form.getByText('Write the amount of the job.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })

  it('the set-up of the second factor has none, from the password to the recovery codes', async () => {
    const page = await desk.open(options)
    const person = await desk.server.company()
    await signIn(page, person, '/settings/profile')
    await press('Turn on')(page)
    const found = await look(page)
    const dialog = page.getByRole('dialog', { name: 'Turn on two-factor sign-in' })
    await dialog.getByLabel('Password', { exact: true }).fill(person.password)
    await dialog.getByRole('button', { name: 'Go on' }).click()
    const secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(' ', '')
    found.push(...(await look(page)))
    await dialog.getByLabel('Digit 1 of 6').pressSequentially('000000')
    await dialog.getByRole('alert').waitFor()
    found.push(...(await look(page)))
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    await dialog.getByLabel('Digit 1 of 6').pressSequentially(code)
    await page.getByRole('dialog', { name: 'Keep your recovery codes' }).waitFor()
    found.push(...(await look(page)))
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await press('Turn off')(page)
    found.push(...(await look(page)))
    expect(found).toEqual([])
    await page.context().close()
  })

  it('the dialogs of the operator have none', async () => {
    const page = await desk.open(options)
    await signIn(page, await desk.server.operator(), '/operator')
    await settled(page)
    await press('Offer a lead')(page)
    const found = await look(page)
    await page.keyboard.press('Escape')
    await press('Add a company')(page)
    await page.getByRole('dialog', { name: 'Add a company' }).waitFor()
    found.push(...(await look(page)))
    await page.getByLabel('Company', { exact: true }).fill(`Company in ${colorScheme}`)
    await page.getByLabel('E-mail of its first admin').fill(`first@${colorScheme}.example`)
    await page.getByLabel('First password').fill('a few long words')
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click()
    await page.getByRole('dialog', { name: /is added$/ }).waitFor()
    found.push(...(await look(page)))
    expect(found).toEqual([])
    await page.context().close()
  })

  it('a session that has ended asks in a dialog without one', async () => {
    const page = await desk.open(options)
    await signIn(page, company, '/settings/company')
    await page.getByLabel('Name', { exact: true }).fill('Elm')
    await page.context().clearCookies()
    await press('Save')(page)
    await page.getByRole('dialog', { name: 'Please sign in again' }).waitFor()
    expect(await look(page)).toEqual([])
    expect(desk.faults()).toEqual([])
    await page.context().close()
  })
})
