import { once } from 'node:events'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { makeOwnLead } from '../../../test/support/lead-fixtures.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { listText } from './list-text.ts'
import { toRecord } from './map-out.ts'

async function* pagesOf(...pages: Lead[][]): AsyncGenerator<readonly Lead[], void, void> {
  for (const page of pages) yield page
}

const leads = (count: number) => Array.from({ length: count }, (_, index) => makeOwnLead({ id: index + 1 }))

test.each([
  ['no page', []],
  ['an empty page', [[]]],
  ['one lead', [leads(1)]],
  ['pages that fill several pieces', [leads(200), [], leads(200)]],
])('%s makes a whole JSON array', async (_, pages) => {
  let text = ''
  for await (const piece of listText(pagesOf(...pages))) text += piece
  expect(JSON.parse(text)).toEqual(pages.flat().map(toRecord))
})

test('whoever stops reading stops the pages', async () => {
  let begun = 0
  let stopped = false
  async function* endless(): AsyncGenerator<readonly Lead[], void, void> {
    try {
      for (;;) {
        begun += 1
        yield leads(100)
      }
    } finally {
      stopped = true
    }
  }
  const stream = Readable.from(listText(endless()))
  await once(stream, 'data')
  stream.destroy()
  await once(stream, 'close')
  expect(stopped).toBe(true)
  expect(begun).toBeLessThan(10)
})

test('a fault in a page ends the text without its closing bracket', async () => {
  async function* broken(): AsyncGenerator<readonly Lead[], void, void> {
    yield leads(100)
    throw new Error('the store is away')
  }
  let text = ''
  const read = async () => {
    for await (const piece of listText(broken())) text += piece
  }
  await expect(read()).rejects.toThrow('the store is away')
  expect(text).toMatch(/^\[\{/)
  expect(text).not.toMatch(/\]$/)
})
