import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ContentProbe, contentTypeOf, HEAD_BYTES } from './content-type.ts'

function typeOf(bytes: Buffer): Promise<string | null> {
  const probe = new ContentProbe()
  probe.see(bytes)
  return contentTypeOf(probe.content())
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex')

describe('contentTypeOf', () => {
  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n'), 'application/pdf'],
    ['a PNG', PNG, 'image/png'],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'image/jpeg'],
    ['plain text', Buffer.from('Quote for a kitchen, 12 m²\n'), 'text/plain'],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/plain'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'text/plain'],
    ['XML', Buffer.from('<?xml version="1.0"?><a/>'), 'text/plain'],
    ['XML in UTF-16', Buffer.from('\ufeff<?xml version="1.0"?><a/>', 'utf16le'), 'application/octet-stream'],
    ['HTML that is not UTF-8', Buffer.from('<html>\xe9</html>', 'latin1'), 'application/octet-stream'],
    ['text with a NUL', Buffer.from('a\u0000b'), 'application/octet-stream'],
    ['text that begins like a program', Buffer.from('MZ Construction: offer'), 'text/plain'],
    ['text that begins like a picture', Buffer.from('BM is our supplier'), 'text/plain'],
    ['unknown bytes', Buffer.from([0xfe, 0x01, 0xf2, 0x99]), 'application/octet-stream'],
  ])('stores %s as %s', async (_, bytes, type) => expect(await typeOf(bytes)).toBe(type))

  it.each([
    ['a Windows program', Buffer.from(`MZ\u0090\u0000\u0003${'\u0000'.repeat(60)}PE`, 'latin1')],
    ['a Linux program', Buffer.from('7f454c4602010100', 'hex')],
    ['a macOS program', Buffer.from('cffaedfe07000001', 'hex')],
    ['a universal macOS program', Buffer.from('cafebabe0000000200000000', 'hex')],
    ['a script with an interpreter line', Buffer.from('#!/bin/sh\nrm -rf ~\n')],
    ['WebAssembly', Buffer.from('0061736d01000000', 'hex')],
  ])('refuses %s', async (_, bytes) => expect(await typeOf(bytes)).toBeNull())

  it('never throws, whatever the bytes, and never names a type that a browser runs', async () => {
    const marks = fc.constantFrom('', '504b0304', '89504e470d0a1a0a', '25504446', '1f8b', '494433', '52494646', 'fffe')
    const bytes = fc.tuple(marks, fc.uint8Array({ maxLength: 300 }))
    await fc.assert(
      fc.asyncProperty(bytes, async ([mark, tail]) => {
        const type = await typeOf(Buffer.concat([Buffer.from(mark, 'hex'), tail]))
        expect(type ?? '').not.toMatch(/html|svg|xml$|javascript/)
      }),
    )
  })
})

describe('ContentProbe', () => {
  it('sees text across any cut between chunks', () => {
    const text = Buffer.from('Küche, 12 m², 😀 ready')
    for (let cut = 0; cut <= text.length; cut += 1) {
      const probe = new ContentProbe()
      probe.see(text.subarray(0, cut))
      probe.see(text.subarray(cut))
      expect(probe.content().isText).toBe(true)
      expect(Buffer.from(probe.content().head).equals(text)).toBe(true)
    }
  })

  it('does not take a character that is cut off at the end for text', () => {
    const probe = new ContentProbe()
    probe.see(Buffer.from('Küche').subarray(0, 2))
    expect(probe.content().isText).toBe(false)
  })

  it('keeps no more than the head of a large file and judges the whole of it', () => {
    const probe = new ContentProbe()
    for (let i = 0; i < 5; i += 1) probe.see(Buffer.alloc(100_000, 'a'))
    probe.see(Buffer.from([0xff]))
    const { head, isText } = probe.content()
    expect(head).toHaveLength(HEAD_BYTES)
    expect(isText).toBe(false)
  })
})
