import type { Locator, Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import { expectOk, makeDesk } from './desk.ts'

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

it('shows what a program attaches, and what a page drops or pastes is attached', async () => {
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
