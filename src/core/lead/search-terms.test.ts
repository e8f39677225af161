import { describe, expect, it } from 'vitest'
import { searchTerms } from './search-terms.ts'

function textsOf(line: string): (readonly string[])[] {
  return searchTerms(line).map((term) => term.texts)
}

describe('searchTerms', () => {
  it('asks for every word', () => {
    expect(textsOf('  Jordan   Miller ')).toEqual([['Jordan'], ['Miller']])
    expect(searchTerms('   ')).toEqual([])
  })

  it.each([
    ['(416) 555-0101', '4165550101'],
    ['416 555 0101', '4165550101'],
    ['416-555-0101', '4165550101'],
    ['416.555.0101', '4165550101'],
    ['+1 416 555 0101', '4165550101'],
    ['+14165550101', '4165550101'],
    ['+1 (416) 555-0101', '4165550101'],
    ['1 416 555 0101', '4165550101'],
    ['001 416 555 0101', '4165550101'],
    ['555-0101', '5550101'],
    ['416.555', '416555'],
    ['+1 416 555', '416555'],
  ])('takes %s as the digits %s', (line, digits) => {
    const terms = searchTerms(line)
    expect(terms).toHaveLength(1)
    expect(terms[0]?.texts).toContain(digits)
  })

  it('keeps numbers that are no phone number as they are', () => {
    expect(textsOf('12 Elm')).toEqual([['12'], ['Elm']])
    expect(textsOf('12345-6789')[0]).toContain('12345-6789')
    expect(textsOf('12 4165550101')).toEqual([['12'], ['4165550101']])
    expect(textsOf('416 555')).toEqual([['416'], ['555']])
  })

  it('takes a lone whole number as an id, too', () => {
    expect(searchTerms('1000123')[0]).toEqual({ texts: ['1000123'], atWordStart: false, leadId: 1_000_123 })
    expect(searchTerms('#7')[0]).toEqual({ texts: ['7'], atWordStart: true, leadId: 7 })
    expect(searchTerms('7 Elm')[0]?.leadId).toBeNull()
    expect(searchTerms('4165550101x')[0]?.leadId).toBeNull()
  })

  it.each([
    ['9 Birch Road, Airdrie', ['9', 'Birch', 'Road', 'Airdrie']],
    ['Smith, John', ['Smith', 'John']],
    ['Smith;John ,', ['Smith', 'John']],
    ['Elm & Sons - Roofs', ['Elm', 'Sons', 'Roofs']],
    ['12, 555-0101', ['12', '5550101']],
  ])('parts %s into its words', (line, words) => {
    expect(searchTerms(line).map(({ texts }) => texts.at(-1))).toEqual(words)
  })

  it('keeps a line of marks alone as it is, which finds nothing rather than everything', () => {
    expect(textsOf('%%% &')).toEqual([['%%%'], ['&']])
  })

  it('takes the first eight of many words', () => {
    expect(textsOf('a b c d e f g h i j')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((word) => [word]))
  })

  it.each([
    '403-555-0142 ext. 3',
    '403-555-0142 ext',
    '403 555 0142 EXT 3',
    '403-555-0142, ext. 3',
    '(403) 555-0142 x3',
    '(403) 555-0142 x 3',
    '4035550142x3',
    '4035550142 extension 31',
  ])('leaves the extension of %s out', (line) => {
    expect(searchTerms(line)).toHaveLength(1)
    expect(textsOf(line)[0]).toContain('4035550142')
  })

  it('keeps an x that is no extension', () => {
    expect(textsOf('403-555-0142 Xavier')).toHaveLength(2)
    expect(textsOf('12 ext 3')).toEqual([['12'], ['ext'], ['3']])
  })

  it('looks for short terms at the beginning of words', () => {
    expect(searchTerms('Jo Mil').map((term) => term.atWordStart)).toEqual([true, false])
    expect(searchTerms('Zoë')[0]?.atWordStart).toBe(false)
  })
})
