import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { characterCount, isStorableText, oneLine } from './text.ts'

describe('characterCount', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 2],
    ['😀', 1],
    ['👨‍👩‍👧', 5],
    ['\ud800', 1],
  ])('counts code points of %j as %d', (text, count) => {
    expect(characterCount(text)).toBe(count)
  })

  it('counts as many characters as code points went in, astral ones included', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), (characters) => {
        expect(characterCount(characters.join(''))).toBe(characters.length)
      }),
    )
  })
})

describe('isStorableText', () => {
  it.each(['', 'plain', 'line\nbreak\t', '😀', '\u0001', '\uffff', '\ufeff'])('takes %j', (text) => {
    expect(isStorableText(text)).toBe(true)
  })

  it.each(['\u0000', 'a\u0000b', '\ud83d', '\ude00', 'x\ude00\ud83d', '\ud83d\ud83d\ude00'])('refuses %j', (text) => {
    expect(isStorableText(text)).toBe(false)
  })

  it('takes a text without NUL exactly when UTF-8 gives it back unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units)
        expect(isStorableText(text)).toBe(Buffer.from(text, 'utf8').toString('utf8') === text)
      }),
    )
  })
})

it('keeps a text in its line, without what cannot be seen', () => {
  expect(oneLine('  Ada\r\nBcc: everybody@example.com\u202e\u0000 Lovelace\u2028')).toBe(
    'Ada Bcc: everybody@example.com Lovelace',
  )
})
