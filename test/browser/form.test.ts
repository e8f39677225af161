import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { BrowserContextOptions, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'
import { PHONE } from './support.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

/** Sends as often as it takes: a form that comes back within three seconds is taken for a program's. */
async function send(form: Page | FrameLocator): Promise<void> {
  const thanks = form.getByText('We will call you tomorrow.')
  while ((await thanks.count()) === 0) {
    // The form that comes back is another one than the one that was sent.
    await form.locator('form').evaluate((sent) => sent.setAttribute('data-sent', ''))
    await form.getByRole('button', { name: 'Send' }).click()
    await thanks.or(form.locator('form:not([data-sent])')).first().waitFor()
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
  site = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const above = '<p style="height: 30rem">Elm Builders builds.</p>'
    const snippet = request.url === '/fixed' ? shown.snippet.replace(' async', ' data-height="500"') : shown.snippet
    response.end(`<!doctype html><title>Elm Builders</title><h1>Elm Builders</h1>${above}${snippet}<p>Footer</p>`)
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

/** The site's page in a browser of its own. */
async function openSite(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
  const address = site.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const visitor = await desk.open(options)
  await visitor.goto(`http://localhost:${port}${path}`)
  return visitor
}

/** How high the form's frame is, and how much of the form it does not show. */
async function heightsOf(visitor: Page): Promise<{ frame: number; hidden: number }> {
  const height = (await visitor.locator('iframe[title="Ask for a quote"]').boundingBox())?.height ?? 0
  const inside = await visitor.frames()[1]?.evaluate<number>('document.documentElement.scrollHeight')
  return { frame: height, hidden: (inside ?? 0) - height }
}

it('has a frame as high as what it shows: more on a phone and with faults, less with thanks', async () => {
  const heights: number[] = []
  const fits = async (visitor: Page, isDue: (height: number) => boolean) => {
    await expect.poll(async () => isDue((await heightsOf(visitor)).frame)).toBe(true)
    await expect.poll(async () => (await heightsOf(visitor)).hidden).toBe(0)
    heights.push((await heightsOf(visitor)).frame)
  }
  const visitor = await openSite()
  const form = visitor.frameLocator('iframe[title="Ask for a quote"]')
  await form.getByLabel('First name').fill('Only a name')
  await fits(visitor, (height) => height !== 980)
  await form.getByRole('button', { name: 'Send' }).click()
  await form.getByText('leave an e-mail address or a phone number').first().waitFor()
  await fits(visitor, (height) => height > (heights[0] ?? 0))
  await fill(form, 'Fitted')
  await send(form)
  await fits(visitor, (height) => height < (heights[0] ?? 0) / 2)
  // The thanks are in sight, wherever the visitor had scrolled to.
  const top = () => visitor.locator('iframe').boundingBox()
  await expect.poll(async () => (await top())?.y).toBeGreaterThanOrEqual(0)
  const phone = await openSite('/', { viewport: PHONE })
  await fits(phone, (height) => height > (heights[0] ?? 0))
  for (const page of [visitor, phone]) await page.context().close()
})

it('keeps the height that the site gives it, and is a link for who runs no script', async () => {
  const fixed = await openSite('/fixed')
  await fixed.frameLocator('iframe').getByLabel('First name').fill('Fixed')
  await expect.poll(async () => (await heightsOf(fixed)).hidden).toBeGreaterThan(0)
  expect((await heightsOf(fixed)).frame).toBe(500)
  const plain = await openSite('/', { javaScriptEnabled: false })
  await plain.getByRole('link', { name: 'Ask for a quote' }).click()
  await fill(plain, 'Plain')
  await send(plain)
  for (const page of [fixed, plain]) await page.context().close()
})

it('works in another site’s page, where the snippet puts it', async () => {
  const visitor = await openSite()
  const { origin } = new URL(visitor.url())
  const frame = visitor.frameLocator('iframe[title="Ask for a quote"]')
  await fill(frame, 'Embedded')
  await send(frame)
  expect(new URL(visitor.url()).origin).toBe(origin)
  await visitor.getByText('Footer').waitFor()
  const { body } = await expectOk(desk.native('GET', '/leads?q=embedded'))
  expect(body['leads']).toMatchObject([
    { name: 'Embedded Visitor', source: 'form', boardStage: 'New', category: 'Sunroom' },
  ])
  expect(desk.faults()).toEqual([])
  await visitor.context().close()
})
