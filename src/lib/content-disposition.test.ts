import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachmentDisposition } from './content-disposition.ts'

describe('attachmentDisposition', () => {
  it.each([
    ['contract.pdf', 'attachment; filename="contract.pdf"'],
    ['a b;c.txt', 'attachment; filename="a b;c.txt"'],
    ['say "hi".txt', `attachment; filename="say _hi_.txt"; filename*=UTF-8''say%20%22hi%22.txt`],
    ['100%.txt', `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`],
    ['Küche.pdf', `attachment; filename="K?che.pdf"; filename*=UTF-8''K%C3%BCche.pdf`],
    [
      "plan (it's) 😀*.png",
      `attachment; filename="plan (it's) ?*.png"; filename*=UTF-8''plan%20%28it%27s%29%20%F0%9F%98%80%2A.png`,
    ],
  ])('offers %s as %s', (name, header) => expect(attachmentDisposition(name)).toBe(header))

  it('is one line of ASCII for any name, from which the name can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
        const header = attachmentDisposition(name)
        expect(header).toMatch(/^[\x20-\x7e]*$/)
        const extended = /filename\*=UTF-8''(.*)$/.exec(header)?.[1]
        const plain = /filename="([^"\\]*)"/.exec(header)?.[1]
        expect(extended === undefined ? plain : decodeURIComponent(extended)).toBe(name.toWellFormed())
      }),
    )
  })
})
