import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

/** Sends as often as it takes: a form that comes back within three seconds is taken for a program's. */
async function send(form: Page | FrameLocator): Promise<void> {
  const thanks = form.getByText('We will call you tomorrow.')
  while ((await thanks.count()) === 0) {
    await form.getByRole('button', { name: 'Send' }).click()
    await thanks.or(form.getByText('press Send again')).waitFor()
  }
}

async function fill(form: Page | FrameLocator, firstName: string): Promise<void> {
  await form.getByLabel('First name').fill(firstName)
  await form.getByLabel('Last name').fill('Visitor')
  await form.getByLabel('Phone').fill('403 555 0123')
  await form.getByLabel('What is it about?').selectOption('Sunroom')
  await form.getByLabel('Tell us about your project').fill('As soon as you can.')
}

/** Opens the company's form; resolves to its address and to the snippet, as the settings show them. */
async function openForm(): Promise<{ address: string; snippet: string }> {
  const form = {
    enabled: true,
    title: 'Ask for a quote',
    thanks: 'We will call you tomorrow.',
    categories: ['Sunroom'],
  }
  await expectOk(desk.native('PATCH', '/company', { body: { form } }))
  const page = await desk.visit('/settings/form')
  await page.getByText('Link to the address, or put the form into a page of yours.').waitFor()
  const [address = '', snippet = ''] = await page.locator('code').allTextContents()
  await page.context().close()
  return { address, snippet }
}

let site: Server
let shown = { address: '', snippet: '' }
beforeAll(async () => {
  shown = await openForm()
  site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>Elm Builders</title><h1>Elm Builders</h1>${shown.snippet}<p>Footer</p>`)
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
})
afterAll(() => site.close())

it('takes a visitor’s lead, which stands on the open board as New at once', async () => {
  const board = await desk.visit('/board')
  await board.getByText('Changes arrive live').waitFor()
  const visitor = await desk.open()
  await visitor.goto(shown.address)
  await visitor.getByRole('heading', { level: 1, name: 'Ask for a quote' }).waitFor()
  await visitor.getByLabel('First name').fill('Only a name')
  await visitor.getByRole('button', { name: 'Send' }).click()
  await visitor.getByText('leave an e-mail address or a phone number').first().waitFor()
  expect(await visitor.getByLabel('First name').inputValue()).toBe('Only a name')
  await fill(visitor, 'Hosted')
  await send(visitor)
  const fresh = board.getByRole('region', { name: 'New', exact: true })
  await fresh.getByRole('link', { name: 'Hosted Visitor' }).click()
  await board.getByRole('region', { name: 'Timeline' }).getByText('through the web form').waitFor()
  await board.getByRole('region', { name: 'Request' }).getByText('As soon as you can.').waitFor()
  for (const page of [board, visitor]) await page.context().close()
})

it('works in another site’s page, where the snippet puts it', async () => {
  const address = site.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const visitor = await desk.open()
  await visitor.goto(`http://localhost:${port}/`)
  const frame = visitor.frameLocator('iframe[title="Ask for a quote"]')
  await fill(frame, 'Embedded')
  await send(frame)
  expect(new URL(visitor.url()).port).toBe(String(port))
  await visitor.getByText('Footer').waitFor()
  const { body } = await expectOk(desk.native('GET', '/leads?q=embedded'))
  expect(body['leads']).toMatchObject([
    { name: 'Embedded Visitor', source: 'form', boardStage: 'New', category: 'Sunroom' },
  ])
  expect(desk.faults()).toEqual([])
  await visitor.context().close()
})
