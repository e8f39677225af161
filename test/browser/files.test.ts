import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'
import { PHONE } from './support.ts'

const desk = await makeDesk()
afterAll(() => desk.close())

/** Four pixels. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFUlEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg==',
  'base64',
)

const filesOf = (page: Page) => page.getByRole('region', { name: 'Files' })
const choose = (files: Locator, name: string, mimeType: string, buffer: Buffer) =>
  files.getByLabel('Choose files to attach').setInputFiles({ name, mimeType, buffer })

async function vendorFiles(id: number): Promise<unknown[]> {
  const { body } = await expectOk(desk.vendor('GET', `/general-leads/${id}`))
  return (body['data'] as { attachments: { displayFilename: string }[] }).attachments.map(
    (file) => file.displayFilename,
  )
}

it('attaches a picture, shows it, and deletes it; the RenovationFind API follows', async () => {
  const id = await desk.accepted({ firstName: 'Mila', lastName: 'Stone' })
  const page = await desk.visit(`/leads/${id}`)
  const files = filesOf(page)
  await choose(files, 'kitchen plan.png', 'image/png', PICTURE)
  await page.getByText('The file is attached.').waitFor()
  expect(await vendorFiles(id)).toEqual(['kitchen plan.png'])
  const small = files.locator('img')
  await expect.poll(() => small.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2)
  await files.getByRole('button', { name: 'kitchen plan.png', exact: true }).click()
  const preview = page.getByRole('dialog', { name: 'kitchen plan.png' })
  const large = preview.getByRole('img', { name: 'kitchen plan.png' })
  await expect.poll(() => large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2)
  const download = page.waitForEvent('download')
  await preview.getByRole('link', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toBe('kitchen plan.png')
  await page.keyboard.press('Escape')
  await preview.waitFor({ state: 'detached' })
  await files.getByRole('button', { name: 'Delete kitchen plan.png' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText('kitchen plan.png is deleted.').waitFor()
  await files.getByRole('listitem').waitFor({ state: 'detached' })
  expect(await vendorFiles(id)).toEqual([])
  await page.context().close()
})

/** Drags a file from outside over the page and, on wish, lets go of it. Tells which of the events the page took. */
function drag(page: Page, name: string, kinds: readonly string[]): Promise<string[]> {
  const told = { name, kinds, bytes: [...PICTURE] }
  return page.evaluate(({ name, kinds, bytes }) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([Uint8Array.from(bytes)], name, { type: 'image/png' }))
    const place = document.querySelector('main') ?? document.body
    return kinds.filter((kind) => {
      const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true })
      return !place.dispatchEvent(event)
    })
  }, told)
}

it('attaches a file that is dropped anywhere on the page, and shows before where it goes', async () => {
  const id = await desk.accepted({ firstName: 'Lou', lastName: 'Hart' })
  const page = await desk.visit(`/leads/${id}`)
  const files = filesOf(page)
  await files.getByText('Choose files').waitFor()
  const place = files.getByRole('group', { name: 'Add files' })
  expect(await drag(page, 'site.png', ['dragenter', 'dragover'])).toContain('dragover')
  await expect.poll(() => place.getAttribute('data-over')).toBe('true')
  await drag(page, 'site.png', ['dragleave'])
  await expect.poll(() => place.getAttribute('data-over')).toBe(null)
  await drag(page, 'site.png', ['dragenter', 'dragover'])
  await expect.poll(() => place.getAttribute('data-over')).toBe('true')
  expect(await drag(page, 'site.png', ['drop'])).toEqual(['drop'])
  await files.getByRole('button', { name: 'site.png', exact: true }).waitFor()
  expect(await place.getAttribute('data-over')).toBe(null)
  expect(await vendorFiles(id)).toEqual(['site.png'])
  await page.context().close()
})

it('takes a photo by the camera of a phone', async () => {
  const id = await desk.accepted({ firstName: 'Kit', lastName: 'Rowe' })
  const page = await desk.visit(`/leads/${id}`, { viewport: PHONE, isMobile: true, hasTouch: true })
  const files = filesOf(page)
  const camera = files.getByLabel('Take a photo to attach')
  expect(await camera.getAttribute('capture')).toBe('environment')
  expect(await camera.getAttribute('accept')).toBe('image/*')
  const chooser = page.waitForEvent('filechooser')
  await files.getByRole('button', { name: 'Take a photo', exact: true }).click()
  await (await chooser).setFiles({ name: 'photo.png', mimeType: 'image/png', buffer: PICTURE })
  await files.getByRole('button', { name: 'photo.png', exact: true }).waitFor()
  expect(await vendorFiles(id)).toEqual(['photo.png'])
  await page.context().close()
})

it('shows what a program attaches, and what a page pastes is attached', async () => {
  const id = await desk.accepted({ firstName: 'Gil', lastName: 'Ames' })
  const page = await desk.visit(`/leads/${id}`)
  const files = filesOf(page)
  await files.getByText('Choose files').waitFor()
  const form = new FormData()
  form.append('file', new Blob(['%PDF-1.4\n%%EOF\n'], { type: 'application/pdf' }), 'offer.pdf')
  await expectOk(desk.vendor('POST', `/general-leads/${id}/attachments`, { body: form }))
  await files.getByRole('button', { name: 'offer.pdf', exact: true }).waitFor()
  await page.evaluate(
    (bytes) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(bytes)], 'pasted.png', { type: 'image/png' }))
      window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    },
    [...PICTURE],
  )
  await files.getByRole('button', { name: 'pasted.png', exact: true }).waitFor()
  expect(await vendorFiles(id)).toEqual(['offer.pdf', 'pasted.png'])
  await page.context().close()
})

/** A page of 300 points each way, red all over. */
const RED_PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<>>>>endobj
4 0 obj<</Length 26>>stream
1 0 0 rg 0 0 300 300 re f
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
`

async function withPdf(lastName: string): Promise<number> {
  const id = await desk.accepted({ firstName: 'Ina', lastName })
  const form = new FormData()
  form.append('file', new Blob([RED_PDF], { type: 'application/pdf' }), 'offer.pdf')
  await expectOk(desk.vendor('POST', `/general-leads/${id}/attachments`, { body: form }))
  return id
}

/** How much of a picture is red, from 0 to 1: the page itself has nothing like it. */
async function redShare(page: Page, picture: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    if (context === null) return 0
    context.drawImage(bitmap, 0, 0)
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    let red = 0
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at] ?? 0) > 220 && (data[at + 1] ?? 255) < 40 && (data[at + 2] ?? 255) < 40) red += 1
    }
    return (red * 4) / data.length
  }, picture.toString('base64'))
}

it('shows the content of a PDF, where the browser has a viewer', async () => {
  const page = await desk.visit(`/leads/${await withPdf('Holt')}`)
  await filesOf(page).getByRole('button', { name: 'offer.pdf', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'offer.pdf' })
  const address = await dialog.getByRole('link', { name: 'Open in a new tab' }).getAttribute('href')
  expect(address).toMatch(/inline=1$/)
  const hasViewer = await page.evaluate(() => navigator.pdfViewerEnabled)
  // The viewer draws a while after its frame is there.
  const shows = async () => (hasViewer ? redShare(page, await dialog.locator('iframe').screenshot()) : 1)
  await expect.poll(shows, { timeout: 20_000 }).toBeGreaterThan(0.3)
  expect(desk.faults()).toEqual([])
  await page.context().close()
})

it.each([
  ['with', true],
  ['without', false],
])('offers a PDF in a browser %s a viewer of its own', async (_words, hasViewer) => {
  const id = await withPdf('Marsh')
  const page = await desk.visit('/')
  await page.addInitScript((value) => {
    Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { get: () => value })
  }, hasViewer)
  await page.goto(`/leads/${id}`)
  await filesOf(page).getByRole('button', { name: 'offer.pdf', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'offer.pdf' })
  await dialog.getByRole('link', { name: 'Download' }).waitFor()
  await dialog.getByRole('link', { name: 'Open in a new tab' }).waitFor()
  expect(await dialog.locator('iframe').count()).toBe(hasViewer ? 1 : 0)
  expect(await dialog.getByText('This browser shows no PDF within a page').count()).toBe(hasViewer ? 0 : 1)
  await page.context().close()
})

it('says why a file is refused, and leaves the lead as it is', async () => {
  const id = await desk.accepted({ firstName: 'Bo', lastName: 'Quist' })
  const page = await desk.visit(`/leads/${id}`)
  const files = filesOf(page)
  await choose(files, 'empty.png', 'image/png', Buffer.alloc(0))
  const refused = files.getByRole('alert').filter({ hasText: 'empty.png was not attached' })
  await refused.waitFor()
  expect(await vendorFiles(id)).toEqual([])
  await refused.getByRole('button', { name: 'Dismiss' }).click()
  await refused.waitFor({ state: 'detached' })
  expect(desk.faults()).toEqual([])
  await page.context().close()
})

it('goes on asking for the contract of a won lead until a file is there', async () => {
  const id = await desk.accepted({ firstName: 'Una', lastName: 'Boyle' })
  const body = { status: 'LEAD_WON', jobAmount: 12000, startDateTbd: true, completionDateTbd: true }
  await expectOk(desk.vendor('PUT', `/general-leads/${id}/status`, { body }))
  const page = await desk.visit('/')
  const due = page.getByRole('region', { name: 'Requires action' })
  await due.getByRole('listitem').filter({ hasText: 'Una Boyle' }).getByRole('link', { name: 'Attach a file' }).click()
  await page.getByText('A won lead needs its contract or proposal').waitFor()
  await choose(filesOf(page), 'contract.png', 'image/png', PICTURE)
  await page.getByText('A won lead needs its contract or proposal').waitFor({ state: 'detached' })
  expect(await desk.lead(id)).toMatchObject({ requiresAction: false })
  await page.context().close()
})
